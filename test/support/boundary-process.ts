import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from './channel';
import { temporalVariables } from './channel-settings';
import { workflowBundle } from './workflow-bundle';

/** An activity of an order is about to begin, or has done its work and not told it yet. */
export interface Boundary {
  /** Of this one worker. */
  readonly id: number;
  readonly amazonOrderId: string;
  readonly activity: string;
  readonly moment: 'before' | 'after';
}

const root = join(__dirname, '..', '..');

/** A worker of the channel in a process of its own; where `stops` says so, it stays at the boundary for ever. */
export async function startBoundaryWorker(
  { config }: Channel,
  folder: string,
  stops: (boundary: Boundary) => boolean,
): Promise<ChildProcess> {
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const { codePath } = await workflowBundle();
  const worker = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'boundary-worker.ts'), file, codePath],
    {
      cwd: root,
      env: { ...process.env, ...temporalVariables() },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  // What else comes is the loader's.
  const isBoundary = (message: unknown): message is Boundary =>
    typeof message === 'object' && message !== null && 'activity' in message;
  worker.on('message', (message) => {
    if (isBoundary(message) && !stops(message)) worker.send(message.id);
  });
  await new Promise<void>((runs, fail) => {
    worker.on('message', (message) => message === 'running' && runs());
    worker.once('exit', () => fail(new Error('The worker has ended')));
  });
  return worker;
}

export async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}
