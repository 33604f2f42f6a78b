import { type Accounts, createAccounts } from '../../client/accounts';
import { createIntakes, type Intakes } from '../../client/intakes';
import { createOrders, type Orders } from '../../client/orders';
import type { Config } from '../../config/config';
import { connectChannel } from '../../config/connect';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import type { OpenTemporal } from '../temporal/open';

/** A worker that has just started has much to do. */
const answerWithinMs = 60_000;

export interface Facades {
  readonly orders: Orders;
  readonly intakes: Intakes;
  readonly accounts: Accounts;
}

/** What CLI and page use as well, on the server that was just opened. */
export async function connectFacades(
  config: Config,
  { address, namespace }: OpenTemporal,
): Promise<Facades & { close: () => Promise<void> }> {
  const environment = { ...process.env, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const { client, keyRing, close } = await connectChannel(config, environment);
  const orders = createOrders(client, channelHash(keyRing), { taskQueue: config.taskQueue });
  const intakes = createIntakes(client, { accounts: config.accounts });
  const accounts = createAccounts({ client, config, orders, intakes, answerWithinMs });
  return { orders, intakes, accounts, close };
}
