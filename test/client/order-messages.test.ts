import { createOrders, type Orders } from '../../client/orders';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import { orderWorkflowId } from '../../workflows/order/contract';
import { type List, openList, withStandIn } from '../support/listed-orders';
import { amazonOrder, deliveryOf, newOrderId, orderPolicy, parcelOf } from '../support/orders';

describe('acting on an order', () => {
  let list: List;
  let orders: Orders;
  let account: string;
  const by = { by: 'Grace', why: 'address looks odd' };

  beforeEach(async () => {
    list = await openList();
    account = list.account;
    orders = createOrders(list.client, channelHash(list.keyRing), {
      taskQueue: account,
      answerWithinMs: 5_000,
    });
  });
  afterEach(() => list.close());

  it('holds, releases and retries, and shows who did it and why', async () => {
    const amazonOrderId = await list.start();
    const ref = { account, amazonOrderId };
    await withStandIn(list, async () => {
      expect(await orders.hold(ref, by)).toBe('Held');
      expect((await orders.show(amazonOrderId)).snapshot?.held).toBe(true);
      await orders.release(ref, { by: 'Grace' });
      await orders.retry(ref, { by: 'Grace' });
      const { row, snapshot, problem } = await orders.show(amazonOrderId, account);
      expect(row.amazonOrderId).toBe(amazonOrderId);
      expect(problem).toBeUndefined();
      expect(snapshot?.notes.map(({ text, by: who }) => `${who}: ${text}`)).toEqual([
        'Grace: Held: address looks odd',
        'Grace: Released',
        'Grace: Tried again',
      ]);
    });
  });

  it('acts once on one update id, and passes on the sentence of a refusal', async () => {
    const ref = { account, amazonOrderId: await list.start() };
    await withStandIn(list, async () => {
      await orders.hold(ref, by, 'click-1');
      await orders.hold(ref, by, 'click-1');
      expect((await orders.show(ref.amazonOrderId)).snapshot?.notes).toHaveLength(1);
      await expect(orders.hold(ref, by, 'click-2')).rejects.toMatchObject({
        name: 'OrderRefusedError',
        message: 'The order is held already.',
      });
    });
  });

  it('tells an unknown order from one that is over', async () => {
    const amazonOrderId = await list.start();
    await list.end(amazonOrderId);
    await expect(orders.hold({ account, amazonOrderId: newOrderId() }, by)).rejects.toMatchObject({
      name: 'OrderNotFoundError',
    });
    const over = { name: 'OrderRefusedError', message: expect.stringContaining('TERMINATED') };
    await expect(orders.hold({ account, amazonOrderId }, by)).rejects.toMatchObject(over);
    const report = parcelOf(amazonOrder());
    await expect(orders.parcel({ account, amazonOrderId }, report)).rejects.toMatchObject(over);
  });

  it('says so instead of waiting for ever when no worker answers', async () => {
    const impatient = createOrders(list.client, undefined, { taskQueue: account, answerWithinMs: 300 });
    const amazonOrderId = await list.start({ memo: { buyer: 'Ada Sample' } });
    const { row, snapshot, problem } = await impatient.show(amazonOrderId);
    expect(row.buyer).toBe('Ada Sample');
    expect(snapshot).toBeUndefined();
    expect(problem).toMatch(/no worker answered/);
    await expect(impatient.hold({ account, amazonOrderId }, by)).rejects.toMatchObject({
      name: 'OrderUnansweredError',
    });
  });

  it('delivers an order and its parcel by hand', async () => {
    const order = amazonOrder({ amazonOrderId: await list.start() });
    const ref = { account, amazonOrderId: order.amazonOrderId };
    await withStandIn(list, async () => {
      await orders.deliver(account, deliveryOf(order, orderPolicy()), 'orderVerified');
      await orders.parcel(ref, parcelOf(order));
      const { snapshot } = await orders.show(order.amazonOrderId);
      expect(snapshot?.delivery?.order).toEqual(order);
      expect(snapshot?.parcels).toHaveLength(1);
      await orders.deliver(
        account,
        deliveryOf({ ...order, status: 'CANCELLED' }, orderPolicy()),
        'orderCancelled',
      );
      await list.client.workflow.getHandle(orderWorkflowId(account, order.amazonOrderId)).result();
      await expect(
        orders.deliver(account, deliveryOf(order, orderPolicy()), 'orderVerified'),
      ).rejects.toMatchObject({ name: 'OrderRefusedError' });
    });
  });

  it('begins a workflow for an order that has none', async () => {
    const order = amazonOrder();
    await orders.deliver(account, deliveryOf(order, orderPolicy()), 'orderVerified');
    const row = await orders.find(order.amazonOrderId, account);
    expect(row).toMatchObject({
      workflowId: orderWorkflowId(account, order.amazonOrderId),
      channelStatus: 'Pending',
    });
  });
});
