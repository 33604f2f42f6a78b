import { createOrders, type Orders } from '../../client/orders';
import type { Config } from '../../config/config';
import { connectChannel } from '../../config/connect';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import type { OpenTemporal } from '../temporal/open';

/** The façade that CLI and page use as well, on the server that was just opened. */
export async function connectOrders(
  config: Pick<Config, 'keyRingFile' | 'taskQueue'>,
  { address, namespace }: OpenTemporal,
): Promise<{ orders: Orders; close: () => Promise<void> }> {
  const environment = { ...process.env, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const { client, keyRing, close } = await connectChannel(config, environment);
  return { orders: createOrders(client, channelHash(keyRing), { taskQueue: config.taskQueue }), close };
}
