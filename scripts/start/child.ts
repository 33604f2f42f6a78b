import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { SetUpError } from '../set-up-error';

const root = join(__dirname, '..', '..');
const guard = join(root, 'scripts', 'end-with-parent.mjs');
/** Twice the worker's own grace would be lost on a machine that hangs; a killed process loses nothing here. */
const graceMs = 20_000;
const restartAfterMs = 1_000;

export interface Program {
  readonly name: string;
  /** TypeScript file, from the project's folder. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface RunningProgram {
  /** The JSON line that it printed when it was ready. */
  readonly ready: unknown;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/**
 * Runs one of our programs as a process group of its own, so that Ctrl-C leaves the order of ending to us; it ends
 * with this process in any case. One that dies is started again, and `onRestart` is told.
 *
 * @throws SetUpError with the program's own sentence when it ends before it is ready.
 */
export async function runProgram(
  program: Program,
  onRestart: (sentence: string) => void,
): Promise<RunningProgram> {
  let stopping = false;
  let current = launch(program);
  const ready = await readyLine(program, current);

  const watch = async (child: ChildProcess): Promise<void> => {
    await exitOf(child);
    if (stopping) return;
    onRestart(`The ${program.name} ended by itself and is started again.`);
    await delay(restartAfterMs);
    if (stopping) return;
    current = launch(program);
    await readyLine(program, current).catch(() => {});
    await watch(current);
  };
  void watch(current);

  return {
    ready,
    pid: () => current.pid,
    stop: async () => {
      stopping = true;
      if (current.exitCode !== null || current.signalCode !== null) return;
      current.kill('SIGTERM');
      const killer = setTimeout(() => current.kill('SIGKILL'), graceMs);
      await exitOf(current);
      clearTimeout(killer);
    },
  };
}

function launch({ script, args, env }: Program): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--import', guard, join(root, script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
}

async function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** The first line that is JSON; what else a program says before it is shown when it fails. */
async function readyLine({ name }: Program, child: ChildProcess): Promise<unknown> {
  const said: string[] = [];
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('A program without output cannot say that it is ready');
  stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const lines = createInterface({ input: stdout });
  const line = await new Promise<string | undefined>((done) => {
    lines.once('line', done);
    child.once('exit', () => done(undefined));
  });
  if (line !== undefined) return JSON.parse(line);
  throw new SetUpError(said.join('').trim() || `The ${name} ended before it was ready.`);
}
