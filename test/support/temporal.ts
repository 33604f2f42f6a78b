import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

/**
 * Joins the Temporal server of this test run; `teardown()` closes the connections and leaves the server to
 * the other tests. They share it, so each test takes a task queue and workflow ids of its own.
 */
export function connectToTestServer(): Promise<TestWorkflowEnvironment> {
  quieten();
  return TestWorkflowEnvironment.createFromExistingServer({
    address: required('TEST_TEMPORAL_ADDRESS'),
    namespace: required('TEST_TEMPORAL_NAMESPACE'),
  });
}

let quiet = false;

/** Tests make workers fail on purpose; what they log then is not news. */
export function quieten(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  });
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is set by test/support/global-setup.ts; run the tests by jest`);
  return value;
}
