import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createOrders, type Orders } from '../../client/orders';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import { temporalVariables, writeSettings } from './channel-settings';
import { type List, openList } from './listed-orders';

const bin = join(__dirname, '..', '..', 'client', 'cli', 'channel.mjs');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line in a folder with the settings of an account that no other test has. */
export interface Cli {
  readonly list: List;
  readonly account: string;
  readonly orders: Orders;
  channel(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
}

export async function openCli(folder: string): Promise<Cli> {
  const list = await openList();
  const { account, client, keyRing } = list;
  writeSettings(folder, account, keyRing);
  return {
    list,
    account,
    orders: createOrders(client, channelHash(keyRing), { taskQueue: account }),
    channel: (args, env = {}) => runChannel(folder, args, env),
  };
}

/** One command line in the folder `cwd`. */
export function runChannel(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: process.env.PATH, TZ: 'UTC', ...temporalVariables(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    written.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    written.stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...written }));
  });
}
