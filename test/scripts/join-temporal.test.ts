import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { silentStep } from '../../scripts/progress';
import { findTemporal, realProbes } from '../../scripts/temporal/find';
import { openTemporal } from '../../scripts/temporal/open';
import { freePort } from '../../scripts/temporal/ports';
import { searchAttributes } from '../../scripts/temporal/search-attributes';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();

async function options() {
  const folder = tempFolder();
  return {
    folder,
    ports: { grpc: await freePort() },
    searchAttributes,
    retention: '648h',
    logFile: join(folder, 'temporal.log'),
    inMemory: true,
  } as const;
}

describe('a server that others run', () => {
  it('gets the search attributes, keeps its retention and is left running', async () => {
    const source = await findTemporal({ ...realProbes(silentStep), address: () => undefined });
    const theirs = await openTemporal(source, {
      ...(await options()),
      searchAttributes: [],
      retention: '24h',
    });
    const joined = await openTemporal({ kind: 'address', address: theirs.address }, await options());
    expect(joined).toMatchObject({
      address: theirs.address,
      warnings: [
        'The namespace keeps closed workflows 24 hours instead of 648: finished orders leave the list earlier.',
      ],
    });
    await joined.stop();

    const connection = await Connection.connect({ address: theirs.address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    expect(Object.keys(customAttributes)).toEqual(
      expect.arrayContaining(searchAttributes.map(({ name }) => name)),
    );
    await connection.close();
    await theirs.stop();
  });

  it('is told by its address when it does not answer', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const failure = openTemporal({ kind: 'address', address }, await options());
    await expect(failure).rejects.toThrow(
      `No Temporal server answers at ${address}, which TEMPORAL_ADDRESS names`,
    );
  });
});
