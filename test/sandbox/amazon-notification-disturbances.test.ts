import { tempFolders } from '../support/temp-folder';
import { openQueue, queueArn, subscribe } from './amazon-queue';
import { minutes, openShop } from './amazon-shop';
import { oneLine, subscriberFixture } from './amazon-subscriber';

const { shop, queue, endpoint, subscribed, told } = subscriberFixture();

describe('on command, notifications', () => {
  const placeAll = (count: number) => {
    const placed: string[] = [];
    for (let number = 0; number < count; number += 1) placed.push(shop().place(oneLine).orderId);
    return placed;
  };
  const ids = async () => (await told()).map(({ AmazonOrderId }) => AmazonOrderId);

  it('come several times under one id', async () => {
    await subscribed({ notificationDuplicates: 3 });
    placeAll(2);
    await shop().work();
    const received = await queue().receive();
    const notificationIds = received.map(({ NotificationMetadata }) => NotificationMetadata.NotificationId);
    expect(notificationIds).toHaveLength(6);
    expect(new Set(notificationIds).size).toBe(2);
    expect(await shop().command('GET', '/notifications')).toMatchObject({ made: 2, sent: 2 });
  });

  it('are held back, each nth one, until the next one is sent', async () => {
    await subscribed({ notificationReorder: 2 });
    const [one, two, three, four] = placeAll(4);
    expect(await ids()).toEqual([one, three, two]);
    expect(await shop().command('GET', '/notifications')).toMatchObject({ waiting: 1 });
    const [five] = placeAll(1);
    expect(await ids()).toEqual([five, four]);
  });

  it('get lost, each nth one', async () => {
    await subscribed({ notificationDropEvery: 3 });
    const [one, two, , four, five] = placeAll(6);
    expect(await ids()).toEqual([one, two, four, five]);
    expect(await shop().command('GET', '/notifications')).toEqual({ made: 6, waiting: 0, sent: 4, lost: 2 });
  });
});

describe('a notification', () => {
  const newFolder = tempFolders();

  it('waits for a queue that is not there, even over a restart', async () => {
    const folder = newFolder();
    const before = await openShop(folder);
    const later = 'later';
    await before.command('PATCH', '/settings', { sqsEndpoint: endpoint(), notificationDelayMs: 0 });
    await subscribe(before, queueArn(later));
    const { orderId } = before.place(oneLine);
    await before.work();
    expect(await before.command('GET', '/notifications')).toMatchObject({ waiting: 1, sent: 0 });
    await before.close();
    const after = await openShop(folder);
    const there = await openQueue(endpoint(), later);
    await after.work();
    const [notification, ...others] = await there.receive();
    expect(notification?.Payload.OrderChangeNotification.AmazonOrderId).toBe(orderId);
    expect(others).toEqual([]);
    after.clock.advance(minutes(31));
    await after.work();
    expect(await there.receive()).toHaveLength(1);
    there.close();
    await after.close();
  });
});
