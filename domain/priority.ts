import type { AmazonOrder } from './order';

/** What the buyer is promised sooner than usual. */
const urgentLevels = ['EXPEDITED', 'NEXT_DAY', 'SAME_DAY', 'PRIORITY'];

/**
 * Of an order's workflow and its activities, 1 to 5 as Temporal counts; 3 is that of everything else. Prime comes
 * first: Amazon measures those orders hardest.
 */
export function priorityOf({ programs, serviceLevel, fulfilledBy }: AmazonOrder): 1 | 2 | 3 | 4 {
  if (fulfilledBy === 'AMAZON') return 4;
  if (programs.includes('PRIME') || programs.includes('PREMIUM')) return 1;
  return serviceLevel !== undefined && urgentLevels.includes(serviceLevel) ? 2 : 3;
}
