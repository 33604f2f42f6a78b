/**
 * The closed list of activity failure types. Expected outcomes (blocked, refused parcels, not found) are
 * results, not failures. What an order does about each stands in `workflows/order/attempts.ts`.
 */
export const failureTypes = {
  /** Time-out, connection lost, 5xx: retried. The effect may have happened. */
  unreachable: 'Unreachable',
  /** 429 or 503 with a hint: retried after what the vendor said. Or no turn beside others: nothing was begun. */
  throttled: 'Throttled',
  /** Credentials or rights are missing or wrong: a person must act, so the activity does not retry. */
  accessDenied: 'AccessDenied',
  /** The vendor refuses this request for good: the activity does not retry. */
  refused: 'Refused',
  /** The vendor's answer does not parse: retried, it may have been a proxy's. */
  unexpectedAnswer: 'UnexpectedAnswer',
  /** The account, marketplace, Commerce instance or ERP is not in the settings: a person must act. */
  notConfigured: 'NotConfigured',
  /** The account is read-only, or runs where nobody confirmed it: nothing was written, a person must act. */
  writesOff: 'WritesOff',
} as const;
export type FailureType = (typeof failureTypes)[keyof typeof failureTypes];

export function isFailureType(type: string | null | undefined): type is FailureType {
  return Object.values<string>(failureTypes).includes(type ?? '');
}
