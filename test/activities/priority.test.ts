import { randomUUID } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { PlaceOrderInput } from '../../activities/contracts/commerce';
import { deliver } from '../../activities/delivery';
import type { AmazonOrder } from '../../domain/order';
import { commerceTaskQueue } from '../../workflows/task-queues';
import { eventually } from '../support/eventually';
import { openWorld } from '../support/order-world';
import { amazonOrder, deliveryOf, orderPolicy } from '../support/orders';
import { connectToTestServer } from '../support/temporal';
import { startWorkers } from '../support/workers';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await connectToTestServer();
});
afterAll(() => env.teardown());

const prime = () => amazonOrder({ programs: ['PRIME'] });
const deliverTo = (name: string, order: AmazonOrder) =>
  deliver(
    { client: env.client, account: name, taskQueue: name },
    deliveryOf(order, orderPolicy({ commerce: name })),
  );

describe('the workflow of an order', () => {
  it('has the priority of its order, and so have its activities', async () => {
    const world = await openWorld();
    const order = prime();
    const seen: (number | undefined)[] = [];
    world.behave(order, {
      placeOrder: async () => {
        seen.push(activityInfo().priority?.priorityKey);
        return { kind: 'blocked', blockers: [] };
      },
    });
    await deliverTo(world.name, order);
    await world.called(order, 'placeOrder');
    expect((await world.handle(order).describe()).priority).toMatchObject({ priorityKey: 1 });
    expect(seen[0]).toBe(1);
    await world.close();
  });

  it('goes before those that waited longer and are less urgent', async () => {
    const name = `t${randomUUID().slice(0, 8)}`;
    const standard = Array.from({ length: 60 }, () => amazonOrder());
    for (const order of standard) await deliverTo(name, order);
    const urgent = prime();
    await deliverTo(name, urgent);
    const placed: string[] = [];
    const placeOrder = async ({ order }: PlaceOrderInput) => {
      placed.push(order.amazonOrderId);
      return { kind: 'blocked', blockers: [] };
    };
    const options = {
      taskQueue: name,
      activityQueues: [commerceTaskQueue(name)],
      activities: { placeOrder },
    };
    const stopWorkers = await startWorkers(env, options);
    await eventually(
      async () => placed,
      (ids) => ids.includes(urgent.amazonOrderId),
    );
    // It is last in a queue of 61, which the server keeps in four parts.
    expect(placed.indexOf(urgent.amazonOrderId)).toBeLessThan(30);
    await stopWorkers();
  });
});
