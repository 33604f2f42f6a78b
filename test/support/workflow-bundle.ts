import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { withoutComments } from '../../worker/bundler';

const root = join(__dirname, '..', '..');
const folder = join(root, '.data', 'test-bundles');

/** The bundle of all workflows, made once for all test files and again when their code has changed. */
export async function workflowBundle(): Promise<{ codePath: string }> {
  const codePath = join(folder, `${fingerprint()}.js`);
  mkdirSync(folder, { recursive: true });
  if (!readdirSync(folder).includes(`${fingerprint()}.js`)) {
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(root, 'workflows', 'index.ts'),
      logger: silent,
      webpackConfigHook: withoutComments,
    });
    const part = `${codePath}.${randomUUID()}`;
    writeFileSync(part, code);
    renameSync(part, codePath);
  }
  return { codePath };
}

/** Over all that the bundle is made of, the SDK included. */
function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const part of ['workflows', 'domain', 'activities/contracts']) {
    for (const file of readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).sort()) {
      if (file.endsWith('.ts')) hash.update(file).update(readFileSync(join(root, part, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

const silent = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
