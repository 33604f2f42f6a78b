import { endTestServer } from './test-server';

/** Runs once after all tests, in jest's own process. */
export default async function tearDown(): Promise<void> {
  await endTestServer();
}
