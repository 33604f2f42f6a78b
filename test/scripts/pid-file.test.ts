import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  endServer,
  isRunning,
  readRunning,
  removeRecord,
  writeRecord,
} from '../../scripts/temporal/pid-file';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts a program that waits, and resolves once it says that it is ready. */
async function startProgram(code: string) {
  const command = [process.execPath, '-e', `${code}; console.log('ready'); setInterval(() => {}, 1000)`];
  const child = spawn(process.execPath, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await new Promise((done) => child.stdout.once('data', done));
  return { child, record: { pid: child.pid ?? 0, owner: process.pid, command } };
}

/** The signal that ended a program; node hears of the end a moment after it. */
const signalOf = async (child: ChildProcess) =>
  child.signalCode ?? new Promise((done) => child.once('exit', (_code, signal) => done(signal)));

describe('the pid file', () => {
  it('names a server that still runs', async () => {
    const folder = tempFolder();
    const { record } = await startProgram('');
    await writeRecord(folder, record);
    expect(await readRunning(folder)).toEqual(record);
    await removeRecord(folder);
    expect(await readRunning(folder)).toBeUndefined();
  });

  it('does not take another program under that process id for the server', async () => {
    const folder = tempFolder();
    const { child, record } = await startProgram('');
    const changed = { ...record, command: ['temporal', 'server', 'start-dev'] };
    await writeRecord(folder, changed);
    expect(await readRunning(folder)).toBeUndefined();
    await endServer(changed);
    expect(child.exitCode).toBeNull();
    expect(isRunning(record)).toBe(true);
  });

  it.each(['', '{"pid":', '{"pid":1}'])('is passed over when it holds %j', async (text) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'temporal.pid.json'), text);
    expect(await readRunning(folder)).toBeUndefined();
  });
});

describe('ending a server', () => {
  it('asks it to go', async () => {
    const { child, record } = await startProgram('');
    await endServer(record);
    expect(isRunning(record)).toBe(false);
    expect(await signalOf(child)).toBe('SIGTERM');
  });

  it('kills one that does not go', async () => {
    const { child, record } = await startProgram("process.on('SIGTERM', () => {})");
    await endServer(record, 150);
    expect(isRunning(record)).toBe(false);
    expect(await signalOf(child)).toBe('SIGKILL');
  });
});
