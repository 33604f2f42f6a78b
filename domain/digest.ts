import type { Trouble } from './alerts';

/** News of one order, or of an account's intake and shipments where there is no order id. */
export interface News {
  readonly account: string;
  readonly amazonOrderId?: string;
  readonly shipBy?: string;
  readonly troubles: readonly Pick<Trouble, 'reason' | 'note'>[];
}

/** What people are told at once. Without personal data. */
export interface Digest {
  readonly at: string;
  /** Orders with news; `late` of them too late for Amazon. */
  readonly orders: number;
  readonly late: number;
  /** The most urgent of these orders. */
  readonly first: readonly News[];
  readonly intakes: readonly News[];
}

/** As many as a person reads; and Standard Webhooks asks for messages below 20 kB. */
export const mostShown = 20;

/** One digest of two that nobody has had yet. An order of both counts twice. */
export function together(one: Digest, other: Digest): Digest {
  const first = [...one.first, ...other.first];
  return {
    at: other.at,
    orders: one.orders + other.orders,
    late: one.late + other.late,
    first: [...first.filter(isLate), ...first.filter((news) => !isLate(news))].slice(0, mostShown),
    intakes: [...one.intakes, ...other.intakes].slice(0, mostShown),
  };
}

export const isLate = ({ troubles }: News): boolean => troubles.some(({ reason }) => reason === 'late');
