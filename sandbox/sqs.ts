import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { PortInUseError } from './server';

const program = join(__dirname, 'sqs-server.mjs');
const saidSchema = z.object({ port: z.int().optional(), failure: z.string().optional() });

/** An SQS server in memory. Account 000000000000; takes any credentials; the region is that of the client. */
export interface Sqs {
  /** Base address, on loopback; a queue's address is this, the account and its name. */
  endpoint: string;
  /** Ends the server, and with it all queues and messages. */
  close(): Promise<void>;
}

/**
 * Starts the server on `port`, or on a free one. It ends with this process in any case.
 *
 * @throws PortInUseError
 */
export async function startSqs(port = 0): Promise<Sqs> {
  const child = fork(program, [String(port)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const taken = await portOf(child, port);
  // The channel stays open, so that the child notices the end of this process, but keeps nothing alive.
  child.unref();
  child.channel?.unref();
  return {
    endpoint: `http://127.0.0.1:${taken}`,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function portOf(child: ChildProcess, port: number): Promise<number> {
  const message = await new Promise<unknown>((done) => {
    child.once('message', done);
    child.once('exit', () => done(undefined));
  });
  const { port: taken, failure } = saidSchema.safeParse(message).data ?? {};
  if (taken !== undefined) return taken;
  child.kill('SIGKILL');
  if (failure === 'EADDRINUSE') throw new PortInUseError(portInUse(port));
  throw new Error(`The SQS server did not start${failure === undefined ? '' : ` (${failure})`}.`);
}

const portInUse = (port: number) =>
  `Port ${port} is in use: end the program that listens there or choose another port for the queue server.`;
