import { Client, Connection } from '@temporalio/client';
import { createOrders, type Orders } from '../../client/orders';
import type { Config } from '../../config/config';
import { openKeyRing } from '../../config/key-ring';
import { createDataConverter } from '../../integrations/temporal/data-converter';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import type { OpenTemporal } from '../temporal/open';

/** The façade that CLI and page use as well, on the server that was just opened. */
export async function connectOrders(
  { keyRingFile, taskQueue }: Pick<Config, 'keyRingFile' | 'taskQueue'>,
  { address, namespace }: OpenTemporal,
): Promise<{ orders: Orders; close: () => Promise<void> }> {
  const connection = await Connection.connect({ address });
  const keyRing = openKeyRing(keyRingFile);
  const client = new Client({ connection, namespace, dataConverter: createDataConverter(keyRing) });
  return {
    orders: createOrders(client, channelHash(keyRing), { taskQueue }),
    close: () => connection.close(),
  };
}
