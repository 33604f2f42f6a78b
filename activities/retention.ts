import type { Client } from '@temporalio/client';

/** How long the namespace keeps what has ended, in milliseconds; asked once. */
export function namespaceRetention({ workflowService, options }: Client): () => Promise<number> {
  let known: Promise<number> | undefined;
  const ask = async () => {
    const { config } = await workflowService.describeNamespace({ namespace: options.namespace });
    return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1000;
  };
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
