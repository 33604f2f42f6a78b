import { join } from 'node:path';
import { knowsFlag } from './cli';
import type { ServerOptions } from './server';

/** One partition per task queue: rate limits are kept exactly and latency is best at an order's pace. */
const dynamicConfig = {
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/** Program and arguments of the dev server; equal options give the equal command. */
export async function serverCommand(options: ServerOptions): Promise<string[]> {
  const { binary, ports, namespace = 'default' } = options;
  return [
    binary,
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(ports.grpc), '--namespace', namespace],
    ...(ports.http === undefined ? [] : ['--http-port', String(ports.http)]),
    ...(ports.metrics === undefined ? [] : ['--metrics-port', String(ports.metrics)]),
    ...(await uiArguments(options)),
    ...(options.inMemory === true ? [] : storeArguments(options.folder)),
    ...Object.entries({ ...dynamicConfig, ...options.dynamicConfig }).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${value}`,
    ]),
    ...['--log-format', 'json', '--log-level', 'warn'],
  ];
}

/**
 * `synchronous=OFF` leaves writing to the disk to the operating system: what a power cut takes is the last
 * seconds of the file, a killed process loses nothing. It more than doubles the orders per second.
 */
function storeArguments(folder: string): string[] {
  const pragmas = ['journal_mode=WAL', 'synchronous=OFF'];
  return [
    '--db-filename',
    join(folder, 'temporal.db'),
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
  ];
}

async function uiArguments({ binary, ports, codecEndpoint }: ServerOptions): Promise<string[]> {
  if (ports.ui === undefined) return ['--headless'];
  return [
    ...['--ui-port', String(ports.ui)],
    ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
    ...((await knowsFlag(binary, '--ui-disable-news-fetch')) ? ['--ui-disable-news-fetch'] : []),
  ];
}
