/** Why a person should look at an order; the "Error" filter of the Orders list. */
export const attentionReasons = [
  'blocked',
  'totalsDiffer',
  'numberTaken',
  'totalChanged',
  'commerceUnreachable',
  'erpUnreachable',
  'amazonUnreachable',
  'refused',
  'accountProblem',
  'readOnly',
  'incompleteOrder',
  'erpRejected',
  'notHandedOff',
  'shipmentRefused',
  'shipmentUnconfirmed',
  'notComplete',
  'cancellationRequested',
  'cancelledAfterShipping',
  'cancellationIncomplete',
  'cancelledInCommerce',
  'heldInCommerce',
  'differsFromAdopted',
  'stockCheck',
  'stockUnknown',
  'restarted',
  'shipByAtRisk',
  'late',
] as const;
export type AttentionReason = (typeof attentionReasons)[number];

export interface Attention {
  readonly reason: AttentionReason;
  /** A sentence for the operator: what is wrong and what to do. Without personal data. */
  readonly note: string;
  readonly since: string;
}

/** What only a person can settle, outside of the channel: it stays until somebody says that this is done. */
const acknowledgeable: readonly AttentionReason[] = [
  'totalChanged',
  'erpRejected',
  'notHandedOff',
  'shipmentRefused',
  'cancellationRequested',
  'cancelledAfterShipping',
  'cancellationIncomplete',
  'cancelledInCommerce',
  'differsFromAdopted',
  'stockCheck',
  'stockUnknown',
  'restarted',
];
export const isAcknowledgeable = (reason: string): boolean => acknowledgeable.some((each) => each === reason);
