import { setTimeout as delay } from 'node:timers/promises';
import type { AccountConfig } from '../../config/config';
import { createNotificationsPort } from '../../integrations/amazon/notifications';
import { amazonSettingsDefaults, type OrderSpec } from '../../sandbox/amazon';
import { intakeSnapshotQuery, orderIntakeWorkflowId } from '../../workflows/intake/contract';
import { type Channel, openChannel } from '../support/channel';
import { eventually, patiently } from '../support/eventually';
import { intakeTimings } from '../support/intake-timings';
import { openQueues, type Queues } from '../support/queues';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const minute = 60_000;
const each = 250;
const speed = 120;

let queues: Queues;
let channel: Channel;
let firstQueue: Awaited<ReturnType<Queues['open']>>;
let secondQueue: Awaited<ReturnType<Queues['open']>>;
beforeAll(async () => {
  queues = await openQueues();
  [firstQueue, secondQueue] = [await queues.open(), await queues.open()];
  channel = await openChannel({
    folder: tempFolder(),
    speed,
    moreAmazons: ['second'],
    adapt: (config, { amazonUrls }) => {
      const [account] = config.accounts;
      if (!account) throw new Error('There is no account');
      const endpoint = amazonUrls.second ?? '';
      const both: AccountConfig[] = [
        { ...account, notifications: firstQueue.address },
        {
          ...account,
          name: `${account.name}-b`,
          sellerId: 'A1SANDBOXSECOND',
          endpoint,
          tokenEndpoint: `${endpoint}/auth/o2/token`,
          notifications: secondQueue.address,
        },
      ];
      const intake = intakeTimings({ sweepEveryMs: 1_000, slowSweepEveryMs: 5_000 });
      // Only the way to Commerce is looked at here.
      const policyOf = ({ erp: _, ...policy }: AccountConfig['marketplaces'][number]['policy']) => policy;
      const withoutErp = (other: AccountConfig): AccountConfig => ({
        ...other,
        intake,
        marketplaces: other.marketplaces.map(({ id, policy }) => ({ id, policy: policyOf(policy) })),
      });
      return { ...config, accounts: both.map(withoutErp) };
    },
  });
  // What it ships is out of stock for the orders after it.
  channel.sandbox.commerce.settings.change({ warehouse: { enabled: false } });
});
afterAll(async () => {
  await channel.close();
  await queues.close();
});

const amazonUrls = () => [channel.sandbox.urls.amazon, channel.sandbox.amazonUrls.second ?? ''];
const command = async (url: string, path: string, method: string, body: object) => {
  const answer = await fetch(`${url}/_sandbox${path}`, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
};
const intakeOf = (account: string) => channel.client.workflow.getHandle(orderIntakeWorkflowId(account));
const countOf = async (query: string) => (await channel.client.workflow.count(query)).count;

/** Subscribed, and told of everything twice and out of order, with some of it lost. */
async function subscribe(): Promise<void> {
  for (const [index, account] of channel.config.accounts.entries()) {
    const queueArn = (index === 0 ? firstQueue : secondQueue).arn;
    await command(amazonUrls()[index] ?? '', '/settings', 'PATCH', {
      sqsEndpoint: queues.endpoint,
      notificationDuplicates: 2,
      notificationReorder: 3,
      notificationDropEvery: 7,
    });
    await createNotificationsPort(account).subscribe({ queueArn, name: 'orders' });
  }
}

/** Every third connection is cut, some after their effect, and 429s come in bursts. */
async function misbehave(): Promise<void> {
  for (const url of amazonUrls()) {
    await command(url, '/faults', 'POST', { path: '.*', kind: 'dropBefore', every: 6, skip: 2 });
    await command(url, '/faults', 'POST', { path: '.*', kind: 'dropAfter', every: 6, skip: 5 });
    await command(url, '/faults', 'POST', {
      path: '/orders',
      kind: 'status',
      status: 429,
      every: 20,
      burst: 4,
    });
  }
}

function placeOrders(): number {
  const { amazon, amazons, clock } = channel.sandbox;
  const start = clock.now().getTime();
  for (let number = 0; number < each; number += 1) {
    const placedAt = new Date(start + ((number * 7) % 20) * minute).toISOString();
    const verifiedAt = new Date(Date.parse(placedAt) + ((number * 3) % 25) * minute).toISOString();
    const spec: OrderSpec = { lines: [{ sku: 'JAR-GLASS-6', quantity: 1 }], plan: { placedAt, verifiedAt } };
    amazon.addOrder(spec);
    amazons.second?.addOrder(spec);
  }
  return 2 * each;
}

it('500 orders of two accounts all arrive exactly once, over bad connections, in bursts of 429 and odd notifications', async () => {
  await subscribe();
  await misbehave();
  const placed = placeOrders();
  await channel.startWorker();
  const inCommerce = `TaskQueue = '${channel.name}' AND CommerceOrderId > 0`;
  for (let looked = 0; (await countOf(inCommerce)) < placed; looked += 1) {
    if (looked > 540) throw new Error(`Only ${await countOf(inCommerce)} orders have arrived`);
    await delay(1_000);
  }
  expect(await countOf(`TaskQueue = '${channel.name}' AND WorkflowType = 'amazonOrderWorkflow'`)).toBe(
    placed,
  );
  for (const { name } of channel.config.accounts)
    expect(await countOf(`SellerAccount = '${name}' AND CommerceOrderId > 0`)).toBe(each);
  const { commerce } = await channel.books();
  const ids = commerce.orders.map(({ ext_order_id }) => ext_order_id);
  expect(ids).toHaveLength(placed);
  expect(new Set(ids).size).toBe(placed);
  expect(channel.violations()).toEqual([]);
}, 900_000);

it('an account whose token is revoked says so, and the other goes on', async () => {
  const [first, second] = channel.config.accounts.map(({ name }) => name);
  if (!first || !second) throw new Error('There are no two accounts');
  for (const url of amazonUrls()) await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' });
  await command(amazonUrls()[1] ?? '', '/settings', 'PATCH', {
    refreshToken: 'Atzr|another',
    accessTokenSeconds: 1,
  });
  const { problem } = await eventually(
    () => intakeOf(second).query(intakeSnapshotQuery),
    (state) => state.problem?.type === 'AccessDenied',
  );
  expect(problem?.sentence).toContain('the credentials are not accepted');
  const verifiedAt = channel.sandbox.clock.now().toISOString();
  const order = channel.sandbox.amazon.addOrder({
    lines: [{ sku: 'JAR-GLASS-6', quantity: 1 }],
    plan: { placedAt: verifiedAt, verifiedAt },
  });
  await channel.row(order.orderId, (row) => row?.commerceOrderNumber !== undefined);
  expect((await patiently(() => intakeOf(first).query(intakeSnapshotQuery))).problem).toBeUndefined();

  await command(amazonUrls()[1] ?? '', '/settings', 'PATCH', {
    refreshToken: amazonSettingsDefaults.refreshToken,
    accessTokenSeconds: amazonSettingsDefaults.accessTokenSeconds,
  });
  await eventually(
    () => intakeOf(second).query(intakeSnapshotQuery),
    (state) => state.problem === undefined,
  );
});
