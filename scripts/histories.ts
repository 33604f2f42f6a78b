import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describeFailure } from './set-up-error';
import { findTemporal } from './temporal/find';

/** Records the replay histories anew. The flows are test code, so they run as a program of their own. */
async function main(): Promise<number> {
  await findTemporal();
  const root = join(__dirname, '..');
  const recorder = spawn(process.execPath, ['--import', 'tsx', join(root, 'test', 'replay', 'record.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((done) => {
    recorder.once('error', () => done(1));
    recorder.once('close', (code) => done(code ?? 1));
  });
}

void main()
  .catch((error: unknown) => {
    process.stderr.write(`${describeFailure(error)}\n`);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });
