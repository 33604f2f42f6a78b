import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { demoSecrets, writeDemoSettings } from '../../scripts/start/demo-settings';
import type { Channel } from './channel';
import { temporalVariables } from './channel-settings';

const root = join(__dirname, '..', '..');

/** The worker as a process of its own on the channel's sandbox, to be killed; resolves once it runs. */
export async function startWorkerProcess(channel: Channel, folder: string): Promise<ChildProcess> {
  const { name, sandbox } = channel;
  const settings = join(folder, 'channel.yaml');
  writeDemoSettings(settings, {
    name,
    folder,
    taskQueue: name,
    importSince: sandbox.startedAt.toISOString(),
    addresses: { ...sandbox.urls, page: 1, codec: 2, temporalUi: 'http://127.0.0.1:8233' },
  });
  const worker = spawn(
    process.execPath,
    ['--import', 'tsx', join(root, 'worker', 'main.ts'), '--config', settings],
    {
      cwd: root,
      env: { ...process.env, ...temporalVariables(), ...demoSecrets(name) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (!worker.stdout) throw new Error('The worker has no output');
  await once(worker.stdout, 'data');
  return worker;
}
