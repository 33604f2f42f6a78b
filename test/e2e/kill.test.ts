import type { ChildProcess } from 'node:child_process';
import { compare } from '../../scripts/start/compare';
import { type Channel, openChannel } from '../support/channel';
import { eventually } from '../support/eventually';
import { tempFolders } from '../support/temp-folder';
import { startWorkerProcess } from '../support/worker-process';

const tempFolder = tempFolders();
const hours = 3_600_000;
/** A killed worker's activity is given to another one after the heartbeat time-out of 15 seconds. */

describe('a worker that is killed hard', () => {
  const folder = tempFolder();
  let worker: ChildProcess | undefined;
  let killAt: RegExp | undefined;
  let kills = 0;
  let channel: Channel;

  beforeAll(async () => {
    channel = await openChannel({
      folder,
      onExchange: ({ method, path }) => {
        if (!killAt?.test(`${method} ${path}`)) return;
        killAt = undefined;
        kills += 1;
        worker?.kill('SIGKILL');
      },
    });
  });
  afterAll(async () => {
    worker?.kill('SIGKILL');
    expect(channel.violations()).toEqual([]);
    await channel.close();
  });

  it('between each effect and its acknowledgement leaves one Commerce order, one ERP order and one package', async () => {
    const { orderId } = channel.place({ lines: [{ sku: 'JAR-GLASS-6', quantity: 1, taxMinor: 275 }] });
    await channel.move(orderId, 'verify');
    channel.sandbox.clock.advance(3 * 60_000);
    const effects = [
      { at: /^POST .*\/V1\/orders$/, passed: 0 },
      { at: /^POST \/webhooks\/channel$/, passed: 10 * 60_000 },
      { at: /^POST .*\/shipmentConfirmation$/, passed: 5 * hours },
      { at: /^POST .*\/invoice$/, passed: 5 * hours },
    ];
    for (const { at, passed } of effects) {
      killAt = at;
      const before = kills;
      worker = await startWorkerProcess(channel, folder);
      channel.sandbox.clock.advance(passed);
      await eventually(
        async () => ({ at: String(at), kills }),
        (seen) => seen.kills > before,
      );
    }
    worker = await startWorkerProcess(channel, folder);
    await channel.row(orderId, (row) => row?.channelStatus === 'Shipped');

    expect(kills).toBe(4);
    const books = await channel.books();
    const { summary, differences } = compare(books);
    expect(summary).toMatchObject({ commerceOrders: 1, erpOrders: 1, pending: 0 });
    const packages = books.amazon.orders[0]?.packages ?? [];
    expect(packages).toHaveLength(1);
    // Amazon may have been told twice under the same reference, which edits the one package.
    expect(differences.filter((text) => !/was confirmed 2 times/.test(text))).toEqual([]);
  });
});
