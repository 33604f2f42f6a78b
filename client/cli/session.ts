import { existsSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import type { ClientConfig } from '../../config/assemble';
import { connectChannel } from '../../config/connect';
import { loadClientConfig } from '../../config/load';
import { amazonOrderIdPattern } from '../../domain/order';
import { channelHash, type KeyedHash } from '../../integrations/temporal/keyed-hash';
import { createIntakes, type Intakes } from '../intakes';
import { createOrders, type Orders } from '../orders';
import { CliError } from './errors';

/** What a command works with while it runs. */
export interface Session {
  readonly config: ClientConfig;
  readonly client: Client;
  readonly orders: Orders;
  readonly intakes: Intakes;
  readonly hash: KeyedHash;
}

/** Connects, runs the command, and closes the connection, which would keep the process alive. */
export async function withSession(
  options: { readonly config?: string },
  command: (session: Session) => Promise<void>,
): Promise<void> {
  const config = await loadClientConfig({ path: options.config });
  // A new key would open nothing; only the processes that write orders make one.
  if (!existsSync(config.keyRingFile)) {
    throw new CliError(
      `There is no key ring at ${config.keyRingFile}: the channel has not run with these settings.`,
    );
  }
  const { client, keyRing, close } = await connectChannel(config);
  try {
    const hash = channelHash(keyRing);
    const { accounts, taskQueue } = config;
    const orders = createOrders(client, hash, { taskQueue });
    await command({ config, client, orders, intakes: createIntakes(client, { accounts }), hash });
  } finally {
    await close();
  }
}

/** @throws CliError for what Amazon would not call an order id. */
export function requireOrderId(id: string): string {
  if (amazonOrderIdPattern.test(id)) return id;
  throw new CliError(`"${id}" is not an Amazon order id, like 113-1234567-1234567.`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));
