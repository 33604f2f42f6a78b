import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seedOrders } from '../../sandbox/seed';

const root = join(__dirname, '..', '..');
const seed = `test-${process.pid}`;
const orders = 8;
const folder = join(root, '.data', 'once', `${seed}-${orders}`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm start -- --once', () => {
  it('carries all orders to their end although its worker is killed hard, and leaves no buyer in the clear', async () => {
    const args = ['scripts/bootstrap.mjs', 'start', '--once', '--seed', seed, '--orders', String(orders)];
    const run = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let shown = '';
    let planned = false;
    let killed = 0;
    run.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    run.stderr.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (planned || !text.includes('Carrying')) return;
      planned = true;
      const killing = setInterval(() => {
        killed = killWorker();
        if (killed > 0) clearInterval(killing);
      }, 4_000);
      run.once('close', () => clearInterval(killing));
    });
    const code = await new Promise<number | null>((done) => run.once('close', done));

    const lines = said.trim().split('\n');
    expect({ code, killed, shown }).toMatchObject({ code: 0, killed: 1 });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ orders, pending: 0, differences: 0 });
    expect(said).toContain('The worker ended by itself and is started again.');
    expect(buyersFoundIn(clearFiles())).toEqual([]);
  });
});

/** Kills this run's worker; answers how many there were. */
function killWorker(): number {
  const workers = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isWorker(pid));
  for (const pid of workers) process.kill(Number(pid), 'SIGKILL');
  return workers.length;
}

function isWorker(pid: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes('worker/main.ts') && command.includes(`${seed}-${orders}`);
  } catch {
    // It has ended in between.
    return false;
  }
}

/** The Temporal server's database and all logs. The sandbox's own store is Amazon's and Commerce's, not ours. */
function clearFiles(): { path: string; content: string }[] {
  const files = ['temporal', 'logs'].flatMap((part) =>
    readdirSync(join(folder, part)).map((name) => join(folder, part, name)),
  );
  return files.map((path) => ({ path, content: readFileSync(path, 'utf8') }));
}

/** What of a buyer may nowhere be read: name, e-mail, street, phone number, gift message. */
function buyersFoundIn(files: readonly { path: string; content: string }[]): string[] {
  const placed = seedOrders({ seed, count: orders, startAt: new Date(), spreadMs: 1 });
  const words = placed.flatMap(({ buyer, address, lines }) => [
    buyer?.buyerName,
    buyer?.buyerEmail,
    ...[address?.name, address?.addressLine1, address?.addressLine2, address?.phone],
    ...lines.map(({ giftMessage }) => giftMessage),
  ]);
  const wanted = [...new Set(words)].filter((word) => word !== undefined);
  expect(wanted.length).toBeGreaterThan(orders);
  expect(files.length).toBeGreaterThan(3);
  return files.flatMap(({ path, content }) =>
    wanted.filter((word) => content.includes(word)).map((word) => `${word} in ${path}`),
  );
}
