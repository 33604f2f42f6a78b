import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { freePort } from '../../scripts/temporal/ports';
import { temporalVariables, writeSettings } from '../support/channel-settings';
import { type List, openList } from '../support/listed-orders';
import { tempFolders } from '../support/temp-folder';

const main = join(__dirname, '..', '..', 'client', 'http', 'main.ts');
const addresses = z.object({ page: z.url(), codec: z.url() });

describe('the process of the Orders page', () => {
  const tempFolder = tempFolders();
  let folder: string;
  let list: List;
  let settings: string;
  let ports: { page: number; codec: number };

  beforeEach(async () => {
    list = await openList();
    folder = tempFolder();
    ports = { page: await freePort(), codec: await freePort() };
    settings = writeSettings(folder, list.account, list.keyRing, {
      page: { port: ports.page },
      codec: { port: ports.codec },
    });
  });
  afterEach(() => list.close());

  const start = () => {
    const child = spawn(process.execPath, ['--import', 'tsx', main, '--config', settings], {
      env: { PATH: process.env.PATH, ...temporalVariables(), ...secretsOf(list.account) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, ended: endOf(child) };
  };

  it('serves page and codec at the addresses that it prints, and ends on SIGTERM', async () => {
    const id = await list.start({ memo: { buyer: 'Ada Sample' } });
    const { child, ended } = start();
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const { page, codec } = addresses.parse(JSON.parse(String(line)));
    expect({ page, codec }).toEqual({
      page: `http://127.0.0.1:${ports.page}`,
      codec: `http://127.0.0.1:${ports.codec}`,
    });
    const found = await fetch(`${page}/?q=ada`);
    expect(await found.text()).toContain(id);
    expect(found.headers.get('keep-alive')).toBe('timeout=72');
    expect((await fetch(`${page}/webhooks/erp/none`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${page}/nothing`)).status).toBe(404);
    const decode = (origin: string) =>
      fetch(`${codec}/decode`, { method: 'POST', headers: { origin }, body: '{"payloads":[]}' });
    expect((await decode('http://localhost:8233')).status).toBe(200);
    expect((await decode('http://127.0.0.1:8233')).status).toBe(200);
    expect((await decode(page)).status).toBe(403);

    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, stderr: '' });
    const logs = readdirSync(join(folder, 'logs'));
    expect(logs).toHaveLength(1);
    const log = logs.map((file) => readFileSync(join(folder, 'logs', file), 'utf8')).join('');
    expect(log).toContain('"msg":"Serving"');
    expect(log).not.toMatch(/\bada\b|Sample/i);
  });

  it.each(['page', 'codec'] as const)(
    'ends with one sentence when the port of the %s is taken',
    async (name) => {
      const other = createServer().listen(ports[name], '127.0.0.1');
      await once(other, 'listening');
      expect(await start().ended).toEqual({
        code: 1,
        stderr: `Port ${ports[name]} of 127.0.0.1 is in use: end the other program, or set another port.\n`,
      });
      other.close();
    },
  );
});

function endOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
}

/** All of the settings' secrets; nothing is called with them. */
const secretsOf = (account: string): NodeJS.ProcessEnv => {
  const amazon = ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map(
    (name) => `AMAZON_${account.toUpperCase()}_${name}`,
  );
  const commerce = ['CONSUMER_KEY', 'CONSUMER_SECRET', 'ACCESS_TOKEN', 'ACCESS_TOKEN_SECRET'].map(
    (name) => `COMMERCE_MAIN_${name}`,
  );
  return Object.fromEntries([...amazon, ...commerce].map((name) => [name, 'test']));
};
