import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

/** grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING */
const serving = 1;
const service = 'temporal.api.workflowservice.v1.WorkflowService';

/**
 * Connects and waits until the server's health check says SERVING; its port opens earlier. Undefined when
 * it is not there `withinMs` or `mayStillServe` says no.
 */
export async function connectWhenServing(
  address: string,
  mayStillServe: () => boolean = () => true,
  withinMs = 60_000,
): Promise<Connection | undefined> {
  const until = Date.now() + withinMs;
  while (mayStillServe() && Date.now() < until) {
    const connection = Connection.lazy({ address, interceptors: [] });
    if (await isServing(connection)) return connection;
    await connection.close();
    await delay(50);
  }
  return undefined;
}

/** A refused or silent port is an answer too: not yet. */
const isServing = (connection: Connection): Promise<boolean> =>
  connection
    .withDeadline(Date.now() + 1_000, () => connection.healthService.check({ service }))
    .then(
      ({ status }) => status === serving,
      () => false,
    );
