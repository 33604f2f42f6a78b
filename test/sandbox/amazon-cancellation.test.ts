import type { OrderSpec } from '../../sandbox/amazon';
import { minutes, opening, openShop, type Shop, type WireOrder } from './amazon-shop';

/** Three units at 10.00 with tax, shipping and a discount, and one at 20.00; 56.00 in all. */
const order: OrderSpec = {
  lines: [
    {
      sku: 'MUG-BLUE-350',
      quantity: 3,
      unitPriceMinor: 1000,
      taxMinor: 301,
      shippingMinor: 300,
      discountMinor: 101,
    },
    { sku: 'BOARD-OAK-M', quantity: 1, unitPriceMinor: 2000, giftWrapMinor: 100 },
  ],
  plan: { placedAt: opening.toISOString(), verifiedAt: opening.toISOString() },
};

describe('units that are cancelled at the sandbox Amazon', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    expect(shop.violations()).toEqual([]);
    await shop.close();
  });

  const place = (changes: Partial<OrderSpec> = {}) => {
    const { orderId, lines } = shop.place({ ...order, ...changes });
    const [mugs = '', board = ''] = lines.map(({ orderItemId }) => orderItemId);
    return { orderId, mugs, board };
  };
  /** The status that the order has afterwards, or the answer's own where it is refused. */
  const cancel = async (orderId: string, orderItemId: string, quantity: number) => {
    const body = { by: 'MERCHANT', reason: 'NoInventory', items: [{ orderItemId, quantity }] };
    const answer = await shop.request('POST', `/_sandbox/orders/${orderId}/cancel`, body);
    return answer.ok ? ((await answer.json()) as { status: string }).status : answer.status;
  };
  const unitsOf = ({ orderItems }: WireOrder) =>
    orderItems.map(({ fulfillment }) => [fulfillment?.quantityFulfilled, fulfillment?.quantityUnfulfilled]);
  const totalsOf = ({ orderItems, proceeds }: WireOrder) => [
    ...orderItems.map((item) => item.proceeds?.proceedsTotal.amount),
    proceeds?.grandTotal.amount,
  ];
  const confirm = (orderId: string, orderItemId: string, quantity: number) =>
    shop.confirm(orderId, {
      packageReferenceId: '1',
      carrierCode: 'UPS',
      trackingNumber: '1Z1',
      shipDate: shop.clock.now().toISOString(),
      orderItems: [{ orderItemId, quantity }],
    });

  it('are neither to be shipped nor paid, and the order is updated', async () => {
    const { orderId, mugs } = place();
    expect(totalsOf(await shop.read(orderId))).toEqual(['35.00', '21.00', '56.00']);
    shop.clock.advance(minutes(5));
    expect(await cancel(orderId, mugs, 1)).toBe('UNSHIPPED');
    const partly = await shop.read(orderId);
    expect(unitsOf(partly)).toEqual([
      [0, 2],
      [0, 1],
    ]);
    // Two thirds of 301 and 101 cents are 201 and 67.
    expect(totalsOf(partly)).toEqual(['23.34', '21.00', '44.34']);
    expect(partly.orderItems[0]).toMatchObject({ quantityOrdered: 3 });
    expect(partly.orderItems[0]).not.toHaveProperty('cancellation');
    expect(Date.parse(partly.lastUpdatedTime) - opening.getTime()).toBeGreaterThanOrEqual(minutes(5));
    const [booked] = (await shop.books()).orders;
    expect(booked).toMatchObject({ total: '44.34', lines: [{ quantity: 3, unfulfilled: 2 }, {}] });
  });

  it('leave a line that tells who cancelled it and why, and costs nothing', async () => {
    const { orderId, mugs } = place();
    await cancel(orderId, mugs, 1);
    expect(await cancel(orderId, mugs, 2)).toBe('UNSHIPPED');
    const rest = await shop.read(orderId);
    expect(totalsOf(rest)).toEqual(['0.00', '21.00', '21.00']);
    expect(rest.orderItems.map(({ cancellation }) => cancellation)).toEqual([
      { cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'NoInventory' } },
      undefined,
    ]);
  });

  it('cancel the order with the last one', async () => {
    const { orderId, mugs, board } = place();
    await cancel(orderId, mugs, 3);
    expect(await cancel(orderId, board, 1)).toBe('CANCELLED');
    const cancelled = await shop.read(orderId);
    expect(unitsOf(cancelled)).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(await cancel(orderId, board, 1)).toBe(409);
  });

  it('end the order as shipped where the rest has left, or leaves', async () => {
    const [before, after] = [place(), place()];
    await confirm(before.orderId, before.mugs, 2);
    expect(await cancel(before.orderId, before.mugs, 1)).toBe('PARTIALLY_SHIPPED');
    expect(await cancel(before.orderId, before.board, 1)).toBe('SHIPPED');
    expect(unitsOf(await shop.read(before.orderId))).toEqual([
      [2, 0],
      [0, 0],
    ]);
    await cancel(after.orderId, after.mugs, 3);
    expect((await confirm(after.orderId, after.mugs, 1)).status).toBe(400);
    expect((await confirm(after.orderId, after.board, 1)).status).toBe(204);
    expect((await shop.read(after.orderId)).fulfillment?.fulfillmentStatus).toBe('SHIPPED');
  });

  it('are no more than are open', async () => {
    const { orderId, mugs } = place();
    await confirm(orderId, mugs, 2);
    expect(await cancel(orderId, mugs, 2)).toBe(409);
    expect(await cancel(orderId, 'unknown', 1)).toBe(409);
    expect(unitsOf(await shop.read(orderId))[0]).toEqual([2, 1]);
  });

  it('show in lists as late as any other change', async () => {
    await shop.command('PATCH', '/settings', { listLagMs: minutes(10) });
    const { orderId, mugs } = place();
    shop.clock.advance(minutes(20));
    await cancel(orderId, mugs, 1);
    shop.clock.advance(minutes(5));
    const find = async () => (await shop.find({ lastUpdatedAfter: '2026-10-01T00:00:00.000Z' })).orders[0];
    expect(unitsOf((await find()) as WireOrder)[0]).toEqual([0, 3]);
    shop.clock.advance(minutes(10));
    expect(unitsOf((await find()) as WireOrder)[0]).toEqual([0, 2]);
  });

  it('are asked for by the buyer, item by item; the order goes on until the seller decides', async () => {
    const { orderId, mugs } = place();
    const wish = (orderItemIds: string[]) =>
      shop.request('POST', `/_sandbox/orders/${orderId}/request-cancel`, { orderItemIds });
    expect((await wish(['unknown'])).status).toBe(409);
    shop.clock.advance(minutes(5));
    expect((await wish([mugs])).status).toBe(200);
    shop.clock.advance(minutes(3));
    const [listed] = (await shop.find({ lastUpdatedAfter: '2026-10-01T08:04:00.000Z' })).orders;
    expect(listed).toMatchObject({
      orderId,
      fulfillment: { fulfillmentStatus: 'UNSHIPPED' },
      orderItems: [
        {
          fulfillment: { quantityUnfulfilled: 3 },
          cancellation: {
            cancellationRequest: { requester: 'BUYER', cancelReason: 'Ordered by mistake' },
          },
        },
        {},
      ],
    });
    await cancel(orderId, mugs, 3);
    expect((await shop.read(orderId)).orderItems[0]?.cancellation).toEqual({
      cancellationRequest: { requester: 'BUYER', cancelReason: 'Ordered by mistake' },
      cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'NoInventory' },
    });
  });
});
