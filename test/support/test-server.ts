import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findTemporal } from '../../scripts/temporal/find';
import { type OpenTemporal, openTemporal } from '../../scripts/temporal/open';
import { endServer, isAlive, readRunning } from '../../scripts/temporal/pid-file';
import { freePort } from '../../scripts/temporal/ports';
import { searchAttributes } from '../../scripts/temporal/search-attributes';

/** After so many events of one run the test server suggests to continue as new. */
export const eventsOfARun = 300;

/** One folder per test run, named after jest's process; several runs may be under way. */
const runs = join(__dirname, '..', '..', '.data', 'test-temporal');
const folderOf = (pid: number) => join(runs, String(pid));

/**
 * Starts the one server of this test run, in memory, or joins the one that `TEMPORAL_ADDRESS` names.
 *
 * @param longest events of one run after which it suggests to continue as new
 */
export async function openTestServer(longest = eventsOfARun): Promise<OpenTemporal> {
  await endKilledRuns();
  const folder = folderOf(process.pid);
  return openTemporal(await findTemporal(), {
    folder,
    ports: { grpc: await freePort() },
    searchAttributes,
    retention: '648h',
    logFile: join(folder, 'temporal.log'),
    inMemory: true,
    dynamicConfig: {
      // The server suggests to continue as new after 4,096 events by itself; tests should see it happen.
      'limit.historyCount.suggestContinueAsNew': longest,
      // Seconds by which timers may fire late so that nodes need not agree on the time; there is one.
      'history.timerProcessorMaxTimeShift': 0,
    },
  });
}

/** Ends what `openTestServer` started in the process `pid`; a server that was joined goes on. */
export async function endTestServer(pid = process.pid): Promise<void> {
  const running = await readRunning(folderOf(pid));
  if (running !== undefined) await endServer(running, 0);
  await rm(folderOf(pid), { recursive: true, force: true });
}

/** A run that was killed hard has left its server behind. */
async function endKilledRuns(): Promise<void> {
  const pids = (await readdir(runs).catch(() => [])).map(Number);
  for (const pid of pids.filter((run) => !isAlive(run))) await endTestServer(pid);
}
