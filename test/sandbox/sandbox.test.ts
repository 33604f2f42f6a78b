import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox';
import type { Exchange } from '../../sandbox/server';
import { tempFolders } from '../support/temp-folder';
import { sendSigned } from './commerce-client';
import { orderEntity } from './commerce-orders';
import { openListener, postSigned, submitted } from './erp-shop';
import { runSandbox } from './sandbox-process';

const tempFolder = tempFolders();
const hour = 3_600_000;
const opened: Sandbox[] = [];

afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close();
});

async function open(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await openSandbox(options);
  opened.push(sandbox);
  return sandbox;
}

const read = async <T>(url: string) => (await (await fetch(url)).json()) as T;
const command = async (url: string, method: string, body: object) => {
  const answer = await fetch(url, { method, body: JSON.stringify(body) });
  expect([answer.status, await answer.text()]).toEqual([
    expect.any(Number),
    expect.not.stringContaining('error'),
  ]);
};

interface Books {
  orders: { orderId: string; orderKey: string; status: string }[];
}

/** Asks until the answer is right; the test's own time-out ends it otherwise. */
async function until<T>(ask: () => Promise<T> | T, isRight: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    await new Promise((done) => setTimeout(done, 50));
  }
}

describe('the sandbox', () => {
  it('serves the books of all three systems on loopback', async () => {
    const { urls } = await open();
    for (const url of Object.values(urls)) {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(await read(`${url}/_sandbox/orders`)).toMatchObject({ orders: [] });
    }
    expect(new Set(Object.values(urls)).size).toBe(3);
  });

  it('never ends an idle connection, which could be just when the next request is on its way', async () => {
    const { urls } = await open();
    for (const url of Object.values(urls)) {
      const { status, headers } = await fetch(`${url}/_sandbox/orders`);
      expect([status, headers.get('keep-alive')]).toEqual([200, null]);
    }
  });

  it('runs all three by one clock', async () => {
    const { urls, clock } = await open({ speed: 1 });
    await command(`${urls.erp}/_sandbox/clock`, 'PATCH', { advanceMs: 5 * hour, speed: 2 });
    for (const url of Object.values(urls)) {
      expect(await read(`${url}/_sandbox/clock`)).toMatchObject({ speed: 2 });
    }
    expect(clock.now().getTime()).toBeGreaterThan(Date.now() + 4 * hour);
  });

  it('has demo orders, the same for the same seed, placed over the hours it is told', async () => {
    const demo = { seed: 'one', orders: 10, spreadHours: 4 };
    const [first, same, other] = [
      await open({ demo }),
      await open({ demo }),
      await open({ demo: { ...demo, seed: 'two' } }),
    ];
    const ids = ({ amazon }: Sandbox) => amazon.orders().map(({ orderId, total }) => [orderId, total]);
    expect(ids(first)).toHaveLength(10);
    expect(ids(same)).toEqual(ids(first));
    expect(ids(other)).not.toEqual(ids(first));
    const waiting = () => first.amazon.orders().filter(({ status }) => status === 'NOT_PLACED').length;
    expect(waiting()).toBe(9);
    first.clock.advance(4 * hour);
    expect(waiting()).toBe(0);
  });

  it('goes on where it was, with the orders of its first start and no others', async () => {
    const folder = tempFolder();
    const before = await open({ folder, speed: 7, demo: { seed: 'one', orders: 3, spreadHours: 1 } });
    before.clock.advance(2 * hour);
    const [startedAt, orders, stoppedAt] = [before.startedAt, before.amazon.orders(), before.clock.now()];
    await before.close();
    await before.close();
    const after = await open({ folder, demo: { seed: 'two', orders: 5, spreadHours: 1 } });
    expect(after.startedAt).toEqual(startedAt);
    expect(after.amazon.orders()).toEqual(orders);
    expect(after.clock.speed()).toBe(7);
    expect(after.clock.now().getTime() - stoppedAt.getTime()).toBeLessThan(60_000);
    expect(after.clock.now().getTime()).toBeGreaterThanOrEqual(stoppedAt.getTime());
  });

  it('ships from the warehouse and acknowledges from the ERP by itself', async () => {
    const channel = await openListener();
    const { urls, clock, commerce } = await open({ speed: 1, erpCallback: channel.url });
    await postSigned(`${urls.erp}/webhooks/channel`, submitted());
    const body = { entity: orderEntity('W-1', [{ sku: 'MUG-BLUE-350', qty: 1 }]) };
    await sendSigned(commerce, { method: 'POST', path: '/rest/V1/orders', body });
    clock.advance(4 * hour);
    await until(channel.kinds, (kinds) => kinds.includes('order.accepted'));
    await until(
      () => read<{ orders: { shipments: object[] }[] }>(`${urls.commerce}/_sandbox/orders`),
      ({ orders }) => orders[0]?.shipments.length === 1,
    );
    await channel.close();
  });

  it('tells what crosses the wires', async () => {
    const exchanges: Exchange[] = [];
    const { urls } = await open({ onExchange: (exchange) => exchanges.push(exchange) });
    await fetch(`${urls.amazon}/orders/2026-01-01/orders`);
    await fetch(`${urls.commerce}/rest/V1/orders/1`);
    await postSigned(`${urls.erp}/webhooks/channel`, submitted());
    expect(exchanges.map(({ system, status }) => [system, status])).toEqual([
      ['amazon', 403],
      ['commerce', 401],
      ['erp', 202],
    ]);
  });

  it('leaves no port open where one of them is taken', async () => {
    const other = await open();
    const taken = Number(new URL(other.urls.erp).port);
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => probe.once('listening', done));
    const { port: amazon } = probe.address() as AddressInfo;
    await new Promise((done) => probe.close(done));
    const folder = tempFolder();
    await expect(openSandbox({ folder, ports: { amazon, erp: taken } })).rejects.toThrow(
      `Port ${taken} is in use`,
    );
    await expect(fetch(`http://127.0.0.1:${amazon}/`)).rejects.toThrow();
    expect((await open({ folder, ports: { amazon } })).urls.amazon).toBe(`http://127.0.0.1:${amazon}`);
  });
});

describe('the command line', () => {
  const usual = (folder: string) => ['--folder', folder, '--orders', '4', '--seed', 'cli', '--speed', '100'];

  it.each(['SIGINT', 'SIGTERM'] as const)('prints one line and ends with 0 at %s', async (signal) => {
    const sandbox = runSandbox(...usual(tempFolder()));
    const { now, ...urls } = await sandbox.ready();
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(30_000);
    expect((await read<Books>(`${urls.amazon}/_sandbox/orders`)).orders).toHaveLength(4);
    const { code, errors, lines } = await sandbox.end(signal);
    expect({ code, errors, lines: lines.length }).toEqual({ code: 0, errors: '', lines: 1 });
    expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual(['amazon', 'commerce', 'erp', 'now']);
    for (const url of Object.values(urls)) await expect(fetch(url)).rejects.toThrow();
  });

  it('has everything again after a hard kill, and a clock that does not run back', async () => {
    const folder = tempFolder();
    const killed = runSandbox(...usual(folder));
    const before = await killed.ready();
    const ports = (['amazon', 'commerce', 'erp'] as const).flatMap((name) => [
      `--${name}-port`,
      new URL(before[name]).port,
    ]);
    const clockOf = async ({ erp }: { erp: string }) =>
      Date.parse((await read<{ now: string }>(`${erp}/_sandbox/clock`)).now);
    const booksOf = async ({ amazon, erp }: { amazon: string; erp: string }) => ({
      amazon: (await read<Books>(`${amazon}/_sandbox/orders`)).orders.map(({ orderId }) => orderId),
      erp: (await read<Books>(`${erp}/_sandbox/orders`)).orders.map(({ orderKey }) => orderKey),
    });

    await command(`${before.commerce}/_sandbox/products/NEW-SKU`, 'POST', { quantity: 5 });
    await command(`${before.amazon}/_sandbox/orders`, 'POST', {
      lines: [{ sku: 'MUG-BLUE-350', quantity: 1 }],
    });
    await postSigned(`${before.erp}/webhooks/channel`, submitted());
    const [books, clock] = [await booksOf(before), await clockOf(before)];
    expect((await killed.end('SIGKILL')).signal).toBe('SIGKILL');

    const again = runSandbox(...usual(folder), ...ports);
    const after = await again.ready();
    expect(after).toEqual(before);
    expect(await booksOf(after)).toEqual(books);
    expect(books).toMatchObject({
      amazon: expect.arrayContaining(['900-0000000-0000005']),
      erp: [submitted().subject],
    });
    const jump = (await clockOf(after)) - clock;
    expect(jump).toBeGreaterThanOrEqual(0);
    expect(jump).toBeLessThan(15_000 * 100);
    expect((await again.end('SIGTERM')).code).toBe(0);
  });

  it('says in a sentence that a port is in use, and ends with 1', async () => {
    const { urls } = await open();
    const { port } = new URL(urls.amazon);
    expect(await runSandbox('--folder', tempFolder(), '--commerce-port', port).exited).toEqual({
      code: 1,
      signal: null,
      errors: `Port ${port} is in use: end the program that listens there or choose another port for the sandbox.\n`,
      lines: [],
    });
  });

  it.each([
    ['--speed', 'fast'],
    ['--orders', '1.5'],
    ['--erp-port', '70000'],
    ['--erp-callback', 'nowhere'],
    ['--colour', 'red'],
  ])('refuses %s %s and says why', async (...args) => {
    const { code, errors } = await runSandbox(...args).exited;
    expect(code).toBe(1);
    expect(errors).toContain(args[0]);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });
});
