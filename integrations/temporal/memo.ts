import type { Client } from '@temporalio/client';

/**
 * One value of the memo of a workflow's latest run, to be had without a worker; undefined where it was never set.
 *
 * @throws WorkflowNotFoundError, and what the client throws where Temporal does not answer.
 */
export async function readMemo<T>(client: Client, workflowId: string, key: string): Promise<T | undefined> {
  const { memo } = await client.workflow.getHandle(workflowId).describe();
  return memo?.[key] as T | undefined;
}
