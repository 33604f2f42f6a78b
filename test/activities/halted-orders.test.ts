import type { FindWaitingOrders } from '../../activities/waiting-orders';
import { setState } from '../../sandbox/commerce/order-state';
import { cancelOrder, hold, unhold } from '../../sandbox/commerce/orders';
import { twoMugs } from './commerce-shop';
import { itemIdOf, shopWithWaitingOrders } from './waiting-orders';

const { shop, waitingOrder, look, ship, adopt } = shopWithWaitingOrders();

const inBooks =
  (act: (books: typeof shop.service.sandbox.shop, entityId: number) => unknown) => (id: number) =>
    shop.service.sandbox.shop.transaction(() => act(shop.service.sandbox.shop, id));
const holdInCommerce = inBooks(hold);
const releaseInCommerce = inBooks(unhold);
const cancelInCommerce = inBooks(cancelOrder);

describe('an order that somebody halts in Commerce', () => {
  it('is told of it once, and once when it goes on', async () => {
    const placed = await shop.placed(twoMugs());
    const order = await waitingOrder(placed);
    holdInCommerce(placed.entityId);
    expect(await look()).toMatchObject({ waiting: 1, signalled: 1 });
    await order.accepted();
    expect(await look()).toMatchObject({ signalled: 0 });

    releaseInCommerce(placed.entityId);
    expect(await look()).toMatchObject({ signalled: 1 });
    await order.accepted();
    expect(await look()).toMatchObject({ signalled: 0 });
    cancelInCommerce(placed.entityId);
    expect(await look()).toMatchObject({ signalled: 1 });
    expect(await order.changes()).toEqual([
      { state: 'holded', status: 'holded', shipmentsSeen: 'holded:' },
      { state: 'processing', status: 'processing', shipmentsSeen: 'processing:' },
      { state: 'canceled', status: 'canceled', shipmentsSeen: 'canceled:' },
    ]);
    expect(await order.reports()).toEqual([]);
    await order.end();
  });

  it('is told that it goes on, and of its parcel, where both came at once', async () => {
    const placed = await shop.placed(twoMugs());
    const order = await waitingOrder(placed);
    await ship(placed.entityId, itemIdOf(placed), 1, '1Z1');
    await look();
    await order.accepted();
    const [{ shipmentsSeen: first = '' } = {}] = await order.reports();
    holdInCommerce(placed.entityId);
    expect(await look()).toMatchObject({ signalled: 1 });
    await order.accepted();

    releaseInCommerce(placed.entityId);
    await ship(placed.entityId, itemIdOf(placed), 1, '1Z2');
    expect(await look()).toMatchObject({ signalled: 3 });
    await order.accepted();
    expect(await look()).toMatchObject({ signalled: 0 });
    const reports = await order.reports();
    expect(reports.map(({ trackingNumber }) => trackingNumber)).toEqual(['1Z1', '1Z1', '1Z2']);
    expect(reports.slice(1).every(({ shipmentsSeen }) => shipmentsSeen === undefined)).toBe(true);
    const [halted, goesOn] = await order.changes();
    expect(halted).toEqual({ state: 'holded', status: 'holded', shipmentsSeen: `holded:${first}` });
    expect(goesOn).toMatchObject({ state: 'processing', shipmentsSeen: /^processing:[\w-]{22}$/ });
    await order.end();
  });

  it('is told of its parcel later where it does not say what its lines are', async () => {
    const placed = await shop.placed(twoMugs());
    adopt(placed.entityId);
    const order = await waitingOrder(placed, 'Unshipped', { isShy: true });
    await ship(placed.entityId, itemIdOf(placed), 1, '1Z1');
    holdInCommerce(placed.entityId);
    expect(await look()).toMatchObject({ signalled: 1 });
    await order.accepted();
    expect(await order.changes()).toEqual([{ state: 'holded', status: 'holded', shipmentsSeen: 'holded:' }]);

    await order.become('PartiallyShipped');
    expect(await look()).toMatchObject({ signalled: 1 });
    expect(await order.reports()).toMatchObject([{ trackingNumber: '1Z1' }]);
    await order.accepted();
    expect(await look()).toMatchObject({ signalled: 0 });
    await order.end();
  });

  it('is told of a parcel while it is halted, without another word about that', async () => {
    const placed = await shop.placed(twoMugs());
    await ship(placed.entityId, itemIdOf(placed), 1);
    const order = await waitingOrder(placed);
    holdInCommerce(placed.entityId);
    await look();
    await order.accepted();
    const [shipment] = await shop.commerce.shipments([placed.entityId]);
    expect(shipment?.tracks).toEqual([]);
    expect(await look({ withoutNumber: true })).toMatchObject({ signalled: 1 });
    await order.accepted();
    expect(await look({ withoutNumber: true })).toMatchObject({ signalled: 0 });
    expect(await order.changes()).toHaveLength(1);
    await order.end();
  });
});

it('an order that the channel itself has cancelled hears nothing of it, however late visibility is', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  await order.become('Canceled');
  cancelInCommerce(placed.entityId);
  const { workflowId } = order;
  const stale: FindWaitingOrders = async () => [
    { workflowId, entityId: placed.entityId, seen: '', settles: false },
  ];
  expect(await look({ findOrders: stale })).toMatchObject({ waiting: 1, signalled: 0 });
  expect(await look({ includeSettling: true })).toMatchObject({ waiting: 1, signalled: 0 });
  expect(await order.changes()).toEqual([]);
  await order.end();
});

it.each([
  { total: 0, signals: 0 },
  { total: 29.98, signals: 1 },
])(
  'an order closed with a total of $total is told so $signals times: one without value closes by itself',
  async ({ total, signals }) => {
    const placed = await shop.placed(twoMugs());
    const order = await waitingOrder(placed);
    const record = shop.service.sandbox.shop.orders.get(placed.entityId);
    if (!record) throw new Error('no such order');
    record.columns.grand_total = total;
    setState(record.columns, 'closed');
    shop.service.sandbox.shop.orders.put(record);
    expect(await look()).toMatchObject({ signalled: signals });
    await order.end();
  },
);
