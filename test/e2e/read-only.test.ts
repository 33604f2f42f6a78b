import { join } from 'node:path';
import { createAccounts } from '../../client/accounts';
import { createIntakes } from '../../client/intakes';
import type { OrderRow } from '../../client/order-row';
import { startWatches } from '../../worker/watches';
import { type Channel, openChannel } from '../support/channel';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const isReadOnly = (row: OrderRow | undefined) =>
  row?.attention.some(({ reason }) => reason === 'readOnly') === true;

describe('a channel that finds itself in another installation', () => {
  let channel: Channel;
  beforeAll(async () => {
    // Long waits: only the confirmation can have the order go on.
    channel = await openChannel({ folder: tempFolder(), policy: { retryBlockedMs: [3_600_000] } });
    const original = { ...channel.config, installationFile: join(tempFolder(), 'installation') };
    await startWatches(channel.client, original);
    await channel.startWorker();
  });
  afterAll(() => channel.close());

  const writes = () =>
    channel.exchanges.filter(
      ({ method, path }) => method !== 'GET' && !path.startsWith('/_sandbox') && !path.startsWith('/auth/'),
    );

  it('lists orders and writes nothing, until somebody confirms it; then they go on at once', async () => {
    const { config, client, orders, name } = channel;
    const at = channel.sandbox.startedAt.toISOString();
    const { orderId } = channel.place({
      lines: [{ sku: 'MUG-BLUE-350', quantity: 1 }],
      plan: { placedAt: at, verifiedAt: at },
    });
    const waiting = await channel.row(orderId, isReadOnly);
    expect(waiting).toMatchObject({ channelStatus: 'Unshipped' });
    expect(waiting?.note).toContain('This looks like a copy of another installation');
    expect(waiting?.note).toContain(`channel accounts confirm ${name}`);
    expect(writes()).toEqual([]);

    const intakes = createIntakes(client, config);
    const accounts = createAccounts({ client, config, orders, intakes, answerWithinMs: 30_000 });
    expect(await accounts.list()).toMatchObject([{ writing: { kind: 'off' } }]);
    const { sentence, retried } = await accounts.confirm(name, 'Ada');
    expect(sentence).toMatch(/^Ada confirmed installation .* What was different: this is installation /);
    expect(retried).toBe(1);
    const placed = await channel.row(orderId, (row) => row?.commerceOrderNumber !== undefined);
    expect(placed?.attention).toEqual([]);
    expect(await accounts.list()).toMatchObject([{ writing: { kind: 'on' } }]);
    expect(await accounts.confirm(name, 'Ada')).toMatchObject({ retried: 0 });
  });
});
