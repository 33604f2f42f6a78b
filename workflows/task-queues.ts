/** Workflows and all activities without a queue of their own; settings can name another. */
export const channelTaskQueue = 'amazon-sales-channel';

/** Activities of one Commerce instance: the worker's concurrency is what spares the shop. */
export const commerceTaskQueue = (commerce: string): string => `commerce/${commerce}`;

// One queue per account and operation, because Amazon counts so; the engine enforces the rate over all workers.
export const getOrderTaskQueue = (account: string): string => `amazon-get-order/${account}`;
export const confirmShipmentTaskQueue = (account: string): string => `amazon-confirm-shipment/${account}`;
/** All calls for cancellations, few as they are. */
export const cancellationTaskQueue = (account: string): string => `amazon-cancellation/${account}`;

export const erpTaskQueue = (erp: string): string => `erp/${erp}`;
