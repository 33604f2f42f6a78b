import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { effects } from '../../activities/contracts/effects';
import { createWriteGuard, GuardUnreadableError, WritesOffError } from '../../activities/write-guard';
import type { AccountMode } from '../../config/config';
import { surroundingsOf } from '../../config/surroundings';
import type { Surroundings } from '../../domain/surroundings';
import { createDataConverter } from '../../integrations/temporal/data-converter';
import { createKeyRing } from '../../integrations/temporal/key-ring';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox';
import { type Activities, createActivities } from '../../worker/dependencies';
import {
  confirmedSurroundingsKey,
  orderIntakeWorkflowId,
  orderIntakeWorkflowType,
} from '../../workflows/intake/contract';
import { channelConfig } from '../support/channel-config';
import { amazonOrder, line } from '../support/orders';
import { shopStock } from '../support/stock';
import { tempFolders } from '../support/temp-folder';
import { connectToTestServer } from '../support/temporal';
import { parcel, pinnedFor } from './commerce-shop';

const here: Surroundings = {
  temporal: '127.0.0.1:7233/default',
  commerce: { main: 'https://shop.example.com' },
  installation: 'installation-1',
};
/** Failures are expected here, so their warnings are left out. */
const logger = new DefaultLogger('ERROR');
const inActivity = () => new MockActivityEnvironment({}, { logger });

const keyRing = createKeyRing();
let env: TestWorkflowEnvironment;
let client: Client;
const clientWith = (ring: ReturnType<typeof createKeyRing>) =>
  new Client({
    connection: env.connection,
    namespace: env.namespace ?? 'default',
    dataConverter: createDataConverter(ring),
  });
const started: string[] = [];

beforeAll(async () => {
  env = await connectToTestServer();
  client = clientWith(keyRing);
});
afterAll(async () => {
  for (const account of started)
    await client.workflow.getHandle(orderIntakeWorkflowId(account)).terminate('The test is over');
  await env.teardown();
});

/** An account whose intake has this as confirmed; no worker takes it up. */
async function accountWith(confirmed?: Surroundings, account = `t${randomUUID().slice(0, 8)}`) {
  await client.workflow.start(orderIntakeWorkflowType, {
    workflowId: orderIntakeWorkflowId(account),
    taskQueue: `nobody-${account}`,
    args: [{}],
    ...(confirmed && { memo: { [confirmedSurroundingsKey]: confirmed } }),
  });
  started.push(account);
  return account;
}

const guardIn = (surroundings: () => Surroundings, mode: AccountMode = 'live', through = client) =>
  createWriteGuard({ client: through, surroundingsOf: surroundings, modeOf: () => mode });

describe('the write guard', () => {
  it('lets an account write where that is confirmed, and does not ask again within a minute', async () => {
    const account = await accountWith(here);
    let present = here;
    const guard = guardIn(() => present);
    await guard(account);
    present = { ...here, installation: 'installation-2' };
    await guard(account);
    await expect(guardIn(() => present)(account)).rejects.toThrow(WritesOffError);
  });

  it.each<[string, Partial<Surroundings>, string]>([
    [
      'another Temporal',
      { temporal: '127.0.0.1:9233/copy' },
      'Temporal is at 127.0.0.1:9233/copy instead of 127.0.0.1:7233/default',
    ],
    [
      'another shop',
      { commerce: { main: 'https://staging.example.com' } },
      'Commerce main is at https://staging.example.com instead of https://shop.example.com',
    ],
    [
      'a shop that nobody confirmed',
      { commerce: { ...here.commerce, staging: 'https://staging.example.com' } },
      'Commerce staging at https://staging.example.com is new',
    ],
    [
      'another installation',
      { installation: 'installation-2' },
      'this is installation installation-2 instead of installation-1',
    ],
  ])('refuses beside %s, and says what differs and what to do', async (_, changes, difference) => {
    const account = await accountWith(here);
    await expect(guardIn(() => ({ ...here, ...changes }))(account)).rejects.toThrow(
      `This looks like a copy of another installation: ${difference}. Nothing is written until somebody confirms it with \`channel accounts confirm ${account}\`.`,
    );
  });

  it('minds no shop that is used no more', async () => {
    const account = await accountWith({
      ...here,
      commerce: { ...here.commerce, old: 'https://old.example.com' },
    });
    await guardIn(() => here)(account);
  });

  it('refuses for an account that is read-only by its settings, wherever it is', async () => {
    const account = await accountWith(here);
    const refused = guardIn(() => here, 'readOnly')(account);
    await expect(refused).rejects.toThrow(`Account ${account} is read-only by its settings.`);
    await expect(refused).rejects.toThrow(WritesOffError);
  });

  it('refuses where nobody has confirmed anything', async () => {
    await expect(guardIn(() => here)(await accountWith())).rejects.toThrow('Nobody has confirmed');
  });

  it.each<[string, () => Promise<ReturnType<typeof guardIn>>]>([
    ['no intake runs yet', async () => guardIn(() => here)],
    ['its intake cannot be decrypted', async () => guardIn(() => here, 'live', clientWith(createKeyRing()))],
  ])('refuses for now where %s', async (what, guard) => {
    const account = what.startsWith('no') ? 'nobody' : await accountWith(here);
    await expect((await guard())(account)).rejects.toThrow(GuardUnreadableError);
  });
});

type Writing = {
  [Name in keyof typeof effects]: (typeof effects)[Name] extends 'writes' ? Name : never;
}[keyof typeof effects];

/** All activities by name. */
const flat = (activities: Activities) => ({
  ...activities.amazon,
  ...activities.commerce,
  ...activities.shipments,
  ...activities.erp,
});

function callsOf(activities: Activities, name: string): Record<Writing, () => Promise<unknown>> {
  const all = flat(activities);
  const order = amazonOrder({ lines: [line()] });
  const { amazonOrderId, marketplaceId } = order;
  const pinned = { ...pinnedFor(order), commerce: name, customer: 'newAccount' } as const;
  const ref = { account: name, commerce: name, entityId: 1 };
  const shipped = parcel(order, 'p1', 1);
  return {
    confirmShipment: () =>
      all.confirmShipment({ account: name, amazonOrderId, marketplaceId, parcel: shipped }),
    prepareCancellation: () =>
      all.prepareCancellation({
        account: name,
        amazonOrderId,
        marketplaceId,
        reason: 'NoInventory',
        lines: [{ orderItemId: '1', quantity: 1 }],
      }),
    submitCancellation: () =>
      all.submitCancellation({ account: name, amazonOrderId, marketplaceId, ticket: { documentId: '1' } }),
    placeOrder: () => all.placeOrder({ account: name, order, pinned, orderStatus: 'processing' }),
    invoiceOrder: () => all.invoiceOrder(ref),
    closeShrunkOrder: () => all.closeShrunkOrder({ ...ref, itemIds: {}, units: {}, totalMinor: null }),
    shipOrder: () => all.shipOrder({ ...ref, parcel: shipped, itemIds: {} }),
    cancelOrder: () => all.cancelOrder(ref),
    transferStock: () =>
      all.transferStock({
        account: name,
        commerce: name,
        amazonOrderId,
        marketplaceId,
        direction: 'giveBack',
        store: 'amazon_us',
        stock: shopStock,
        units: { 'MUG-BLUE-350': 1 },
      }),
    submitOrder: () => all.submitOrder({ erp: name, account: name, order, revision: 1 }),
    cancelErpOrder: () =>
      all.cancelErpOrder({ erp: name, account: name, amazonOrderId, reason: 'test', revision: 1 }),
  };
}

describe('every activity', () => {
  const tempFolder = tempFolders();
  let sandbox: Sandbox;
  let exchanges = 0;
  beforeAll(async () => {
    sandbox = await openSandbox({ onExchange: () => (exchanges += 1) });
  });
  afterAll(() => sandbox.close());

  /** Of a channel whose account is in this mode, with what its intake has as confirmed. */
  async function channel(mode: AccountMode, changes: Partial<Surroundings>) {
    const name = `t${randomUUID().slice(0, 8)}`;
    const config = channelConfig(name, tempFolder(), sandbox, {});
    const accounts = config.accounts.map((account) => ({ ...account, mode }));
    const own = { ...config, accounts };
    await accountWith({ ...surroundingsOf(own, client)(name), ...changes }, name);
    const activities = createActivities(own, client, keyRing);
    return { activities, calls: callsOf(activities, name) };
  }

  it('is declared as one that reads or one that writes', async () => {
    const { activities } = await channel('live', {});
    expect(Object.keys(flat(activities)).sort()).toEqual(Object.keys(effects).sort());
  });

  const cases: [string, AccountMode, Partial<Surroundings>][] = [
    ['a read-only account', 'readOnly', {}],
    ['a copy', 'live', { installation: 'the-original' }],
  ];
  it.each(cases)('that writes refuses in %s before a single request', async (_, mode, changes) => {
    const { calls } = await channel(mode, changes);
    const before = exchanges;
    const writing = Object.entries(effects).filter(([, effect]) => effect === 'writes');
    expect(Object.keys(calls).sort()).toEqual(writing.map(([name]) => name).sort());
    for (const call of Object.values(calls)) {
      await expect(inActivity().run(call)).rejects.toThrow(WritesOffError);
    }
    expect(exchanges).toBe(before);
  });

  it('that writes reaches the systems where all is as confirmed', async () => {
    const { calls } = await channel('live', {});
    for (const [name, call] of Object.entries(calls)) {
      const before = exchanges;
      await inActivity()
        .run(call)
        .catch(() => {});
      expect([name, exchanges > before]).toEqual([name, true]);
    }
  });
});
