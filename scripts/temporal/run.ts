import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { whenProcessEnds } from './process-end';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Told each line of stderr as it comes. */
  onErrorLine?: (line: string) => void;
  /** Ended by SIGKILL when this fires. */
  signal?: AbortSignal;
}

export interface RunResult {
  /** Undefined where the program is not installed or was killed. */
  code: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end and never throws; it ends with this process. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: 'SIGKILL' as const }),
  });
  const forget = whenProcessEnds(() => child.kill('SIGTERM'));
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => out.push(chunk));
  createInterface({ input: child.stderr }).on('line', (line) => {
    err.push(line);
    options.onErrorLine?.(line);
  });
  const code = await new Promise<number | undefined>((done) => {
    child.once('error', () => done(undefined));
    child.once('close', (exitCode) => done(exitCode ?? undefined));
  });
  forget();
  return { code, stdout: out.join(''), stderr: err.join('\n') };
}
