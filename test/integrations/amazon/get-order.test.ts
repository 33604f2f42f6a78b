import { createAmazonPort } from '../../../integrations/amazon/client';
import { AmazonUnreadableOrderError } from '../../../integrations/amazon/errors';
import { type AmazonService, fullOrder, minutes, openAmazonService } from '../../support/amazon-service';

describe('reading one order at Amazon', () => {
  let amazon: AmazonService;
  beforeEach(async () => {
    amazon = await openAmazonService();
  });
  afterEach(async () => {
    expect(amazon.violations()).toEqual([]);
    await amazon.close();
  });
  const tamperWith = (change: (order: object) => object) =>
    amazon.setTamper(async (path, answer) => {
      if (!path.startsWith('/orders/2026')) return undefined;
      return Response.json(change(((await answer.json()) as { order: object }).order));
    });

  it('shows no price and no buyer while it is pending, both once it is verified', async () => {
    const { orderId } = amazon.place({
      lines: fullOrder().lines,
      plan: { placedAt: '2026-10-01T08:00:00.000Z', verifiedAt: '2026-10-01T08:30:00Z' },
    });
    const port = createAmazonPort(amazon.account);
    const pending = await port.getOrder(orderId);
    expect(pending).toMatchObject({ status: 'PENDING', currency: null, totalMinor: null });
    expect(pending?.lines[0]).toMatchObject({ totalMinor: null, charges: [], quantityUnfulfilled: 3 });
    expect(Object.keys(pending ?? {})).not.toEqual(expect.arrayContaining(['buyer', 'shipTo', 'shipBy']));

    amazon.clock.advance(minutes(31));
    const verified = await port.getOrder(orderId);
    expect(verified).toMatchObject({
      status: 'UNSHIPPED',
      currency: 'USD',
      totalMinor: 9672,
      shipBy: '2026-10-03T08:00:00.000Z',
      buyer: { name: 'Ada Sample' },
    });
  });

  it('costs less and wants less shipped once some units are cancelled', async () => {
    const { orderId, lines } = amazon.place(fullOrder());
    const items = [{ orderItemId: lines[0]?.orderItemId, quantity: 1 }];
    await amazon.command('POST', `/orders/${orderId}/cancel`, { items });
    const order = await createAmazonPort(amazon.account).getOrder(orderId);
    expect(order).toMatchObject({
      status: 'UNSHIPPED',
      totalMinor: 7833,
      lines: [
        { quantityOrdered: 3, quantityFulfilled: 0, quantityUnfulfilled: 2 },
        { quantityUnfulfilled: 1 },
      ],
    });
    expect(order?.lines.reduce((sum, { totalMinor }) => sum + (totalMinor ?? 0), 0)).toBe(7833);
  });

  it('is readable without an address: whether that matters is decided elsewhere', async () => {
    const { orderId } = amazon.place(fullOrder());
    tamperWith(({ recipient: _, ...order }: { recipient?: object }) => ({ order }));
    const order = await createAmazonPort(amazon.account).getOrder(orderId);
    expect(order).toMatchObject({ status: 'UNSHIPPED' });
    expect(order).not.toHaveProperty('shipTo');
  });

  it('is null where Amazon has none, by 404 or by an empty answer', async () => {
    const port = createAmazonPort(amazon.account);
    expect(await port.getOrder('111-0000000-0000001')).toBeNull();
    const { orderId } = amazon.place(fullOrder());
    tamperWith(() => ({}));
    expect(await port.getOrder(orderId)).toBeNull();
  });

  it('is no order when it is unreadable, or another one', async () => {
    const { orderId } = amazon.place(fullOrder());
    const port = createAmazonPort(amazon.account);
    tamperWith((order) => ({ order: { ...order, createdTime: 'Ada Sample' } }));
    const error = await port.getOrder(orderId).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AmazonUnreadableOrderError);
    expect(String(error)).toContain('createdTime: ');
    expect(String(error)).not.toContain('Ada');
    tamperWith((order) => ({ order: { ...order, orderId: '111-0000000-0000009' } }));
    await expect(port.getOrder(orderId)).rejects.toThrow('another order than asked for');
  });
});
