import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { SetUpError } from '../set-up-error';

const root = join(__dirname, '..', '..');
const guard = join(root, 'scripts', 'end-with-parent.mjs');
/** Longer than what a worker usually has under way; one that is killed loses nothing. */
const graceMs = 20_000;
const restartAfterMs = 1_000;
const lastWordsLength = 2_000;

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

  const watch = async ({ child, said }: Launched): Promise<void> => {
    await exitOf(child);
    if (stopping) return;
    const lastWords = said().split('\n').at(-1) ?? '';
    onRestart(`The ${program.name} ended by itself and is started again. ${lastWords}`.trim());
    await delay(restartAfterMs);
    if (stopping) return;
    current = launch(program);
    await readyLine(program, current).catch(() => {});
    await watch(current);
  };
  void watch(current);

  return {
    ready,
    pid: () => current.child.pid,
    stop: async () => {
      stopping = true;
      const { child } = current;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exitOf(child);
      clearTimeout(killer);
    },
  };
}

interface Launched {
  readonly child: ChildProcess;
  /** The last of what it wrote to stderr. */
  said(): string;
}

function launch({ script, args, env }: Program): Launched {
  const command = ['--import', 'tsx', '--import', guard, join(root, script), ...args];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-lastWordsLength);
  });
  return { child, said: () => said.trim() };
}

async function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** The first line, which is JSON; what else a program said before it ended is the error. */
async function readyLine({ name }: Program, { child, said }: Launched): Promise<unknown> {
  if (!child.stdout) throw new Error('A program without output cannot say that it is ready');
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string | undefined>((done) => {
    lines.once('line', done);
    child.once('close', () => done(undefined));
  });
  if (line !== undefined) return JSON.parse(line);
  throw new SetUpError(said() || `The ${name} ended before it was ready.`);
}
