import { type Sqs, startSqs } from '../../sandbox/sqs';
import { openQueue, subscribe } from './amazon-queue';
import { openShop, type Shop } from './amazon-shop';

type Queue = Awaited<ReturnType<typeof openQueue>>;

export const oneLine = { lines: [{ sku: 'JAR-GLASS-6', quantity: 1 }] };

/**
 * For each test a shop of its own and a queue of its own on one SQS server, which the test subscribes; what crosses
 * the wires is held against Amazon's descriptions. Call it at the top of the file.
 */
export function subscriberFixture() {
  let sqs: Sqs;
  let queue: Queue;
  let shop: Shop;
  let queues = 0;
  beforeAll(async () => {
    sqs = await startSqs();
  });
  afterAll(() => sqs.close());
  beforeEach(async () => {
    queues += 1;
    queue = await openQueue(sqs.endpoint, `orders-${queues}`);
    shop = await openShop();
  });
  afterEach(async () => {
    expect(shop.violations()).toEqual([]);
    await shop.close();
    queue.close();
  });

  const told = async () => {
    await shop.work();
    await shop.work();
    return (await queue.receive()).map(({ Payload }) => Payload.OrderChangeNotification);
  };
  return {
    shop: () => shop,
    queue: () => queue,
    endpoint: () => sqs.endpoint,
    settings: (changes: object) => shop.command('PATCH', '/settings', changes),
    /** Without a delay, unless `changes` of the settings say otherwise. */
    subscribed: async (changes: object = {}, filter: object = {}) => {
      const settings = { sqsEndpoint: sqs.endpoint, notificationDelayMs: 0, ...changes };
      await shop.command('PATCH', '/settings', settings);
      await subscribe(shop, queue.arn, filter);
    },
    /** What has been sent since the last call. */
    told,
    statuses: async () => (await told()).map(({ Summary }) => Summary.OrderStatus),
  };
}
