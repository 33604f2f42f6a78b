import { priorityOf } from '../../domain/priority';
import { amazonOrder } from '../support/orders';

it.each([
  ['Prime', { programs: ['AMAZON_BUSINESS', 'PRIME'] }, 1],
  ['premium', { programs: ['PREMIUM'], serviceLevel: 'SAME_DAY' }, 1],
  ['same day', { serviceLevel: 'SAME_DAY' }, 2],
  ['next day', { serviceLevel: 'NEXT_DAY' }, 2],
  ['expedited', { serviceLevel: 'EXPEDITED' }, 2],
  ['standard', { serviceLevel: 'STANDARD' }, 3],
  ['a service level of a later time', { serviceLevel: 'BY_DRONE' }, 3],
  ['nothing said', {}, 3],
  ['shipped by Amazon', { fulfilledBy: 'AMAZON', programs: ['PRIME'] }, 4],
] as const)('an order with %s', (_, changes, priority) => {
  expect(priorityOf(amazonOrder(changes))).toBe(priority);
});
