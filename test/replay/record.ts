import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endTestServer, openTestServer } from '../support/test-server';
import { flowNames, recordFlows } from './flows';
import { committed, historiesFolder } from './histories';
import { eventsOfARecordedRun } from './order-flows';

/** The program behind `npm run histories`: records every flow anew and drops what is no flow any more. */
async function main(): Promise<void> {
  const { address, namespace } = await openTestServer(eventsOfARecordedRun);
  process.env.TEST_TEMPORAL_ADDRESS = address;
  process.env.TEST_TEMPORAL_NAMESPACE = namespace;
  try {
    for await (const { name, json } of recordFlows()) {
      await writeFile(join(historiesFolder, `${name}.json`), json);
      process.stdout.write(`${name}\n`);
    }
    for (const name of committed().filter((one) => !flowNames.includes(one))) {
      await rm(join(historiesFolder, `${name}.json`));
    }
  } finally {
    await endTestServer();
  }
}

void main();
