import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Channel, openChannel } from '../support/channel';
import { eventually } from '../support/eventually';
import { tempFolders } from '../support/temp-folder';
import { startWorkerProcess } from '../support/worker-process';

const tempFolder = tempFolders();
const sku = 'JAR-GLASS-6';

describe('settings that change while the worker runs', () => {
  const folder = tempFolder();
  const file = join(folder, 'channel.yaml');
  let channel: Channel;
  let worker: ChildProcess;
  beforeAll(async () => {
    channel = await openChannel({ folder });
    worker = await startWorkerProcess(channel, folder);
  });
  afterAll(async () => {
    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    await ended;
    await channel.close();
  });

  const changeMarketplace = (changes: object) => {
    const { accounts, ...settings } = parse(readFileSync(file, 'utf8'));
    const [{ marketplaces, ...account }] = accounts;
    const changed = { ...account, marketplaces: [{ ...marketplaces[0], ...changes }] };
    writeFileSync(file, stringify({ ...settings, accounts: [changed] }));
  };
  const logged = (part: string) => {
    const logs = join(folder, 'logs');
    const text = () => readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));
    return eventually(
      async () => text().join(''),
      (all) => all.includes(part),
    );
  };
  const changeProduct = (changes: object) =>
    fetch(`${channel.sandbox.urls.commerce}/_sandbox/products/${sku}`, {
      method: 'POST',
      body: JSON.stringify(changes),
    });

  it('are in force for a blocked order, which goes through with them by itself', async () => {
    await changeProduct({ status: 'disabled' });
    const { orderId } = channel.place({ lines: [{ sku, quantity: 1, taxMinor: 275 }] });
    await channel.move(orderId, 'verify');
    channel.sandbox.clock.advance(3 * 60_000);
    await channel.row(orderId, (row) => row?.attention.some(({ reason }) => reason === 'blocked') === true);

    changeMarketplace({ orderStatus: 'Paid!' });
    await logged('orderStatus must be default or a status code of the processing state.');
    changeMarketplace({ orderStatus: 'amazon_paid' });
    await logged(`Changed settings are in force: marketplaces of account ${channel.name}.`);
    await changeProduct({ status: 'enabled' });
    await channel.row(orderId, (row) => row?.commerceOrderNumber === orderId);
    const placed = channel.sandbox.commerce.shop.orders.findBy('increment_id', orderId);
    expect(placed.map(({ columns }) => columns.status)).toEqual(['amazon_paid']);
    expect(worker.exitCode).toBeNull();
  });
});
