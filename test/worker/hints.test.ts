import { Client } from '@temporalio/client';
import { createNotificationsPort } from '../../integrations/amazon/notifications';
import { fullOrder, minutes, openAmazonService } from '../support/amazon-service';
import { eventually } from '../support/eventually';
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

describe('a notification', () => {
  it('becomes a hint to the intake of its account, and leaves the queue', async () => {
    const { queue, account } = await world.open();
    const other = await world.open();
    world.start({ accounts: [account.settings, other.account.settings] });
    const amazonOrderId = newOrderId();
    await queue.send(orderChangeBody({ amazonOrderId }));
    expect(await account.until(1)).toEqual([[amazonOrderId]]);
    await queue.empty();
    expect(await other.account.told()).toEqual([]);
    expect(world.log()).toEqual([]);
  });

  it('with others that wait is one signal', async () => {
    const { queue, account } = await world.open();
    const ids = Array.from({ length: 5 }, newOrderId);
    for (const amazonOrderId of [...ids, ...ids]) await queue.send(orderChangeBody({ amazonOrderId }));
    world.start({ accounts: [account.settings] });
    const [first, ...others] = await account.until(1);
    expect(first?.toSorted()).toEqual(ids.toSorted());
    await queue.empty();
    expect(others).toEqual([]);
  });

  it('that Amazon sends ten times is signalled once', async () => {
    const { queue, account } = await world.open();
    world.start({ accounts: [account.settings] });
    const body = orderChangeBody();
    const last = newOrderId();
    for (let copy = 0; copy < 10; copy += 1) {
      await queue.send(body);
      if (copy === 4) await account.until(1);
    }
    await queue.empty();
    await queue.send(orderChangeBody({ amazonOrderId: last }));
    expect(await account.until(2)).toEqual([[expect.any(String)], [last]]);
  });

  it('is removed only after Temporal has the signal', async () => {
    const { queue, account } = await world.open();
    const seen: unknown[] = [];
    const { connection, options } = world.client;
    const client = new Client({
      connection,
      namespace: options.namespace,
      interceptors: {
        workflow: [
          {
            signal: async (input, next) => {
              seen.push(await queue.attributes(), await account.told());
              await next(input);
              seen.push(await queue.attributes(), await account.told());
            },
          },
        ],
      },
    });
    world.start({ accounts: [account.settings], client });
    const amazonOrderId = newOrderId();
    await queue.send(orderChangeBody({ amazonOrderId }));
    await queue.empty();
    const held = expect.objectContaining({ messages: 0, messagesInFlight: 1 });
    expect(seen).toEqual([held, [], held, [[amazonOrderId]]]);
  });

  it('of another seller, or of another type, is dropped with a line in the log', async () => {
    const { queue, account } = await world.open();
    await queue.send(orderChangeBody({ sellerId: 'A1OTHER' }));
    await queue.send(JSON.stringify({ NotificationType: 'FEED_PROCESSING_FINISHED', about: postalCode }));
    world.start({ accounts: [account.settings] });
    await queue.empty();
    expect(await account.told()).toEqual([]);
    expect(world.log()).toMatchObject([
      { account: account.settings.name, messageId: expect.any(String), reason: 'it is of another seller' },
      { account: account.settings.name, messageId: expect.any(String), reason: 'it is no ORDER_CHANGE' },
    ]);
  });

  it('that is not readable ends in the dead-letter queue, and holds up no other', async () => {
    const deadLetters = await queues.open();
    const visible = { visibilitySeconds: 1, deadLetters: { queue: deadLetters, maxReceiveCount: 2 } };
    const { queue, account } = await world.open(await queues.open(visible));
    const amazonOrderId = newOrderId();
    await queue.send(`{"NotificationType":"ORDER_CHANGE","Payload":"${postalCode}"}`);
    await queue.send(orderChangeBody({ amazonOrderId }));
    world.start({ accounts: [account.settings] });
    expect(await account.until(1)).toEqual([[amazonOrderId]]);
    await deadLetters.until(({ messages }) => messages === 1);
    expect(await queue.attributes()).toMatchObject({ messages: 0, messagesInFlight: 0 });
    const { messageId } = world.log()[0] ?? {};
    expect(world.log()).toMatchObject(
      Array(2).fill({ messageId, reason: expect.stringMatching(/^NotificationMetadata: /) }),
    );
    expect(messageId).toEqual(expect.any(String));
  });
});

it('what Amazon publishes, in copies and out of order, names each changed order', async () => {
  const amazon = await openAmazonService();
  const { queue, account } = await world.open();
  await amazon.command('PATCH', '/settings', {
    sqsEndpoint: queues.endpoint,
    notificationDuplicates: 3,
    notificationReorder: 2,
  });
  await createNotificationsPort(amazon.account).subscribe({ queueArn: queue.arn, name: 'orders' });
  world.start({ accounts: [account.settings] });
  const ids = [1, 2, 3, 4].map(() => amazon.place(fullOrder()).orderId);
  amazon.clock.advance(minutes(1));
  await amazon.publish();
  for (const id of ids) await amazon.command('POST', `/orders/${id}/ship`, {});
  amazon.clock.advance(minutes(1));
  await amazon.publish();
  const told = await eventually(
    async () => (await account.told()).flat(),
    (all) => ids.every((id) => all.includes(id)),
  );
  expect([...new Set(told)].toSorted()).toEqual(ids.toSorted());
  await queue.empty();
  expect(world.log()).toEqual([]);
  await amazon.close();
});
