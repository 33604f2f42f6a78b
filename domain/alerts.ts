import { attentionReasons } from './attention';
import { type Digest, isLate, mostShown, type News } from './digest';

/**
 * What needs a person beside the orders: some that cannot be imported, Amazon or the intake not answering, shipments that
 * are not found in Commerce.
 */
export const intakeReasons = ['parked', 'amazonSilent', 'intakeSilent', 'watchSilent'] as const;
export const alertReasons = [...attentionReasons, ...intakeReasons] as const;
export type AlertReason = (typeof alertReasons)[number];

/** One thing that needs a person. Without personal data. */
export interface Trouble {
  readonly account: string;
  /** Absent where it is the account's intake or a watch. */
  readonly amazonOrderId?: string;
  /** Whose shipment watch it is. */
  readonly commerce?: string;
  readonly reason: string;
  /** A sentence for the operator. */
  readonly note: string;
  readonly since: string;
  /** Amazon's latest ship date. */
  readonly shipBy?: string;
}

export interface Telling {
  readonly reasons: readonly AlertReason[];
  /** How long a passing trouble must have lasted. */
  readonly afterMs: number;
}

/** They go by themselves as a rule. */
const passing: readonly string[] = [
  'commerceUnreachable',
  'erpUnreachable',
  'amazonUnreachable',
  'incompleteOrder',
  'amazonSilent',
  'intakeSilent',
  'watchSilent',
];

/** Whether people want to be told of it, and now. */
export function isWorthTelling(
  { reason, since }: Trouble,
  { reasons, afterMs }: Telling,
  nowMs: number,
): boolean {
  if (!reasons.some((wanted) => wanted === reason)) return false;
  return !passing.includes(reason) || nowMs - Date.parse(since) >= afterMs;
}

const longestNote = 200;

type Urgent = Pick<Trouble, 'reason' | 'shipBy'>;

/** Late ones first, then those at risk, each by Amazon's latest ship date. */
export function byUrgency(one: Urgent, other: Urgent): number {
  const [a, b] = [urgency(one), urgency(other)];
  return a < b ? -1 : Number(a > b);
}

const urgency = ({ reason, shipBy = 'never' }: Urgent): string =>
  `${reason === 'late' ? 0 : reason === 'shipByAtRisk' ? 1 : 2} ${shipBy}`;

const short = (note: string): string => (note.length > longestNote ? `${note.slice(0, longestNote)}…` : note);

export function digestOf(troubles: readonly Trouble[], at: string): Digest {
  const news = new Map<string, News>();
  for (const { account, amazonOrderId, shipBy, reason, note } of troubles.toSorted(byUrgency)) {
    const key = `${account}/${amazonOrderId ?? ''}`;
    const known = news.get(key)?.troubles ?? [];
    news.set(key, {
      account,
      ...(amazonOrderId !== undefined && { amazonOrderId }),
      ...(shipBy !== undefined && { shipBy }),
      troubles: [...known, { reason, note: short(note) }],
    });
  }
  const all = [...news.values()];
  const orders = all.filter(({ amazonOrderId }) => amazonOrderId !== undefined);
  return {
    at,
    orders: orders.length,
    late: orders.filter(isLate).length,
    first: orders.slice(0, mostShown),
    intakes: all.filter(({ amazonOrderId }) => amazonOrderId === undefined).slice(0, mostShown),
  };
}
