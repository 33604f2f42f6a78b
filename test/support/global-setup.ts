import { openTestServer } from './test-server';

/** Runs once before all tests, in jest's own process; its workers inherit the environment. */
export default async function setUp(): Promise<void> {
  const { address, namespace } = await openTestServer();
  process.env.TEST_TEMPORAL_ADDRESS = address;
  process.env.TEST_TEMPORAL_NAMESPACE = namespace;
  // It would warn in each worker of what it needs next year.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}
