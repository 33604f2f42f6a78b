import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStartStep } from './progress';
import { describeFailure, SetUpError } from './set-up-error';
import { findTemporal } from './temporal/find';
import { run } from './temporal/run';
import { jestReportSchema, lastLine, summarize, type TestSummary } from './test-summary';

const root = join(__dirname, '..');
const program = (name: string) => join(root, 'node_modules', '.bin', name);
const startStep = createStartStep();

/** Throws when the program fails, with its output shown. */
async function check(title: string, name: string, args: string[]): Promise<void> {
  const step = startStep(title);
  const { code, stdout, stderr } = await run(program(name), args, { cwd: root });
  if (code === 0) return step.done();
  step.failed();
  process.stderr.write(`${stdout}${stderr}\n`);
  throw new SetUpError(`${title}: failed, so the tests were not run.`);
}

async function runJest(args: string[]): Promise<TestSummary> {
  const folder = await mkdtemp(join(tmpdir(), 'amazon-sales-channel-'));
  const outputFile = join(folder, 'jest.json');
  try {
    const jest = spawn(program('jest'), ['--json', `--outputFile=${outputFile}`, ...args], {
      cwd: root,
      stdio: ['inherit', 'ignore', 'inherit'],
    });
    const code = await new Promise<number>((done) => {
      jest.once('error', () => done(1));
      jest.once('close', (exitCode) => done(exitCode ?? 1));
    });
    const summary = await readSummary(outputFile);
    // Jest also fails without a failed test: no tests found, or interrupted.
    return code !== 0 && summary.failed === 0 ? { ...summary, failed: 1 } : summary;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readSummary(outputFile: string): Promise<TestSummary> {
  const report = await readFile(outputFile, 'utf8').catch(() => '{"testResults":[]}');
  return summarize(jestReportSchema.parse(JSON.parse(report)));
}

async function main(jestArguments: string[]): Promise<TestSummary> {
  try {
    await findTemporal();
    await check('Format and lint', 'biome', ['check', '.']);
    await check('Types', 'tsc', ['--noEmit']);
    return await runJest(jestArguments);
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`);
    return { passed: 0, failed: 1, skipped: [] };
  }
}

// A signal reaches our children too, as we all are one process group; the last line is printed even then.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

void main(process.argv.slice(2)).then((summary) => {
  for (const name of summary.skipped) process.stdout.write(`skipped: ${name}\n`);
  process.stdout.write(`${lastLine(summary)}\n`);
  process.exitCode = summary.failed === 0 ? 0 : 1;
});
