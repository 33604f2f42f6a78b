import { type Client, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { type AlertState, alertSnapshotQuery, alertWorkflowId } from '../workflows/alerts/contract';
import { noWorker } from './answers';
import { OrderNotFoundError, OrderUnansweredError } from './order-errors';

const answerWithinMs = 5_000;

/** What the alerts of a channel have told, and to whom they cannot. @throws OrderNotFoundError, OrderUnansweredError */
export async function readAlerts(client: Client, taskQueue: string): Promise<AlertState> {
  const handle = client.workflow.getHandle(alertWorkflowId(taskQueue));
  const look = async () => {
    // One that has ended would answer with what it knew last.
    const { status } = await handle.describe();
    return status.name === 'RUNNING' ? handle.query(alertSnapshotQuery) : undefined;
  };
  const state = await client.withDeadline(Date.now() + answerWithinMs, look).catch((error: unknown) => {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error instanceof ServiceError ? new OrderUnansweredError(`The alerts: ${noWorker}`) : error;
  });
  if (state) return state;
  throw new OrderNotFoundError('No alerts run; have the settings alerts, and is the worker running?');
}
