import { openTestServer } from './test-server';

/** Runs once before all tests, in jest's own process; its workers inherit the environment. */
export default async function setUp(): Promise<void> {
  const { address, namespace } = await openTestServer();
  process.env.TEST_TEMPORAL_ADDRESS = address;
  process.env.TEST_TEMPORAL_NAMESPACE = namespace;
}
