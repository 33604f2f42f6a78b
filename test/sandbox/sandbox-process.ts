import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(__dirname, '..', '..');

export interface Ready {
  amazon: string;
  commerce: string;
  erp: string;
  now: string;
}

/** Runs the command line; what it started is ended by `end`, `kill`, or with the tests. */
export function runSandbox(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'sandbox', 'main.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const lines: string[] = [];
  const output = createInterface(child.stdout);
  output.on('line', (line) => lines.push(line));
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal, errors, lines }));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  return {
    exited,
    end,
    ready: async (): Promise<Ready> => {
      if (lines.length === 0) await Promise.race([once(output, 'line'), exited]);
      return JSON.parse(lines[0] ?? `"ended: ${errors}"`) as Ready;
    },
  };
}

const started: ReturnType<typeof spawn>[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});
