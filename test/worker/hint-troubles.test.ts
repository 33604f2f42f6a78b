import { setTimeout } from 'node:timers/promises';
import { createQueuePort } from '../../integrations/amazon/queue';
import { type HintWorld, openHintWorld } from '../support/hint-world';
import { orderChangeBody, postalCode } from '../support/order-changes';
import { newOrderId } from '../support/orders';
import { openQueues, type Queues } from '../support/queues';

let queues: Queues;
let world: HintWorld;
beforeAll(async () => {
  queues = await openQueues();
});
afterAll(() => queues.close());
beforeEach(async () => {
  world = await openHintWorld(queues);
});
afterEach(async () => {
  await world.close();
  expect(world.rawLog()).not.toContain(postalCode);
});

describe('while Temporal is away', () => {
  it('messages are kept, are no dead letters, and reach the intake once it is back', async () => {
    const deadLetters = await queues.open();
    const visible = { visibilitySeconds: 3, deadLetters: { queue: deadLetters, maxReceiveCount: 2 } };
    const { queue, account } = await world.open(await queues.open(visible));
    await world.gate.shut();
    world.start({ accounts: [account.settings] });
    const amazonOrderId = newOrderId();
    await queue.send(orderChangeBody({ amazonOrderId }));
    await world.said(1);
    await setTimeout(8_000);
    expect(await queue.isEmpty()).toBe(false);
    expect(await deadLetters.isEmpty()).toBe(true);
    await world.gate.open();
    expect(await account.until(1)).toEqual([[amazonOrderId]]);
    await queue.empty();
    const { name } = account.settings;
    await world.said(2);
    expect(world.sentences()).toEqual([
      `No notifications for account ${name}: Temporal does not answer.`,
      `Notifications for account ${name} are received again.`,
    ]);
    expect(await account.told()).toHaveLength(1);
    expect(await deadLetters.isEmpty()).toBe(true);
  });

  it('a message whose receiver ends comes again to the next', async () => {
    const { queue, account } = await world.open(await queues.open({ visibilitySeconds: 1 }));
    await world.gate.shut();
    const first = world.start({ accounts: [account.settings] });
    const amazonOrderId = newOrderId();
    await queue.send(orderChangeBody({ amazonOrderId }));
    await world.said(1);
    await first.stop();
    expect(await account.told()).toEqual([]);
    await world.gate.open();
    world.start({ accounts: [account.settings] });
    expect(await account.until(1)).toEqual([[amazonOrderId]]);
    await queue.empty();
  });

  it('the same goes for an intake that does not run', async () => {
    const queue = await queues.open();
    const account = world.account(queue);
    world.start({ accounts: [account.settings] });
    const amazonOrderId = newOrderId();
    await queue.send(orderChangeBody({ amazonOrderId }));
    await world.said(1);
    expect(world.sentences()[0]).toContain('its order intake does not run');
    await account.intake();
    expect(await account.until(1)).toEqual([[amazonOrderId]]);
  });
});

describe('the receivers', () => {
  it('do not disturb each other, and say each trouble once', async () => {
    const elsewhere = await openQueues();
    const away = await world.open(await elsewhere.open());
    const well = await world.open();
    await elsewhere.close();
    world.start({ accounts: [away.account.settings, well.account.settings] });
    await world.said(1);
    for (const round of [1, 2, 3]) {
      await well.queue.send(orderChangeBody());
      await well.account.until(round);
    }
    expect(world.sentences()).toEqual([
      expect.stringMatching(
        /^No notifications for account \w+: Queue orders-\w+: no answer to ReceiveMessage/,
      ),
    ]);
    expect(world.log()[0]?.account).toBe(away.account.settings.name);
  });

  it('end at once, though they wait for messages', async () => {
    const { account } = await world.open();
    const hints = world.start({ accounts: [account.settings] });
    await setTimeout(300);
    const other = createQueuePort((await queues.open()).address);
    const waiting = other.receive().then(() => 'nothing came');
    expect(await Promise.race([hints.stop().then(() => 'ended'), waiting])).toBe('ended');
    await waiting;
    other.close();
    expect(world.log()).toEqual([]);
  });

  it('leave the messages of an installation that is a copy to the original', async () => {
    const { queue, account } = await world.open();
    await queue.send(orderChangeBody());
    let allowed = false;
    world.start({ accounts: [account.settings], mayReceive: async () => allowed });
    await world.said(1);
    await setTimeout(500);
    expect(await queue.attributes()).toMatchObject({ messages: 1, messagesInFlight: 0 });
    expect(world.sentences()).toEqual([
      `No notifications for account ${account.settings.name}: they stay in the queue, because the account may not write here.`,
    ]);
    allowed = true;
    expect(await account.until(1)).toHaveLength(1);
  });

  it('are none for an account without a queue', async () => {
    const hints = world.start({ accounts: [{ name: 'none', sellerId: 'A1EXAMPLE' }] });
    await hints.stop();
    expect(world.log()).toEqual([]);
  });
});
