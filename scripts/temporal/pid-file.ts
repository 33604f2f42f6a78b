import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const recordSchema = z.object({
  pid: z.int(),
  /** Process that started the server or took it over last. */
  owner: z.int(),
  /** Program and arguments; with them a process is known again after its id was given to another. */
  command: z.array(z.string()),
});

/** The server that was started on a folder. */
export type ServerRecord = z.infer<typeof recordSchema>;

const pidFile = (folder: string) => join(folder, 'temporal.pid.json');

export async function writeRecord(folder: string, record: ServerRecord): Promise<void> {
  await writeFile(pidFile(folder), `${JSON.stringify(record)}\n`);
}

export async function removeRecord(folder: string): Promise<void> {
  await rm(pidFile(folder), { force: true });
}

/** The server recorded for `folder` if its process still runs, known by its command line; else undefined. */
export async function readRunning(folder: string): Promise<ServerRecord | undefined> {
  const text = await readFile(pidFile(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const record = recordSchema.safeParse(parseJson(text));
  return record.success && isRunning(record.data) ? record.data : undefined;
}

/** Half a file, left by a machine that lost its power, names no server. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the process of this record is alive and is that very command; a zombie is not. */
export const isRunning = ({ pid, command }: Pick<ServerRecord, 'pid' | 'command'>): boolean =>
  commandLine(pid) === command.join(' ');

/** Whether any process has this id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1).join(' ');
  } catch {
    if (process.platform === 'linux') return undefined;
    return spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
  }
}

/** Ends the recorded process, and no other: SIGTERM, and SIGKILL when it has not gone after `graceMs`. */
export async function endServer(record: ServerRecord, graceMs = 10_000): Promise<void> {
  signalServer(record, 'SIGTERM');
  if (await hasGone(record, graceMs)) return;
  signalServer(record, 'SIGKILL');
  await hasGone(record, graceMs);
}

/** Sends a signal unless the process has gone already. */
export function signalServer(record: ServerRecord, signal: NodeJS.Signals): void {
  if (!isRunning(record)) return;
  try {
    process.kill(record.pid, signal);
  } catch {
    // It went between the look and the signal.
  }
}

async function hasGone(record: ServerRecord, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (isRunning(record)) {
    if (Date.now() > until) return false;
    await delay(20);
  }
  return true;
}
