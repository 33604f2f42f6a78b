import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { SetUpError } from '../set-up-error';

const maxLogBytes = 5_000_000;

/**
 * Starts `command` in a process group of its own, with both outputs appended to `logFile`, and returns its
 * process id. A log that has grown large is put aside first, over the one put aside before.
 */
export function launch(command: readonly string[], logFile: string): number {
  const [program = '', ...args] = command;
  if (existsSync(logFile) && statSync(logFile).size > maxLogBytes) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.once('error', () => {});
  child.unref();
  if (child.pid === undefined)
    throw new SetUpError(`The Temporal server cannot be started: ${program} does not run.`);
  return child.pid;
}

/** What a program said last before it ended. */
export function lastLogLine(logFile: string): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? '';
}
