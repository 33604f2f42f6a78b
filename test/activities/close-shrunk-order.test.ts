import type { AmazonOrder } from '../../domain/order';
import { amazonOrder, line } from '../support/orders';
import { commerceShop, inShop, parcel } from './commerce-shop';

const shop = commerceShop();

const item = (minor: number) => [{ type: 'ITEM' as const, subtotalMinor: minor, details: [] }];
const mugs = line({
  orderItemId: 'mugs',
  quantityOrdered: 2,
  quantityUnfulfilled: 2,
  charges: item(2998),
  totalMinor: 2998,
});
const pot = line({ orderItemId: 'pot', sku: 'TEAPOT-IRON-08', charges: item(1250), totalMinor: 1250 });
const mugsAndPot = (changes: Partial<AmazonOrder> = {}) =>
  amazonOrder({ lines: [mugs, pot], totalMinor: 4248, ...changes });

/** Placed, invoiced on import if asked, and the mugs shipped by the channel. */
async function shippedMugs(order: AmazonOrder, { invoiced = false, units = 2 } = {}) {
  const placed = await shop.placed(order);
  const { entityId, itemIds } = placed;
  if (invoiced) await shop.run((activities) => activities.invoiceOrder({ ...inShop, entityId }));
  const box = { ...parcel(order, 'p1', units), lines: [{ orderItemId: 'mugs', quantity: units }] };
  await shop.run((activities) => activities.shipOrder({ ...inShop, entityId, itemIds, parcel: box }));
  return placed;
}

const close = (
  { entityId, itemIds }: { entityId: number; itemIds: Readonly<Record<string, number>> },
  units: Record<string, number>,
  totalMinor: number | null,
) =>
  shop.run((activities) => activities.closeShrunkOrder({ ...inShop, entityId, itemIds, units, totalMinor }));

const calls = (end: string) => shop.service.exchanges.filter(({ path }) => path.endsWith(end)).length;

describe('an order of which Amazon has cancelled a line', () => {
  it('is invoiced for the rest, cancelled for that line, and complete', async () => {
    const placed = await shippedMugs(mugsAndPot());
    expect(await close(placed, { mugs: 2, pot: 0 }, 2998)).toEqual({ state: 'complete' });
    expect(await shop.booked()).toMatchObject([
      {
        state: 'complete',
        items: [
          { qty_invoiced: 2, qty_shipped: 2, qty_canceled: 0 },
          { qty_invoiced: 0, qty_shipped: 0, qty_canceled: 1 },
        ],
      },
    ]);
    expect(calls('/invoice')).toBe(1);
    expect(calls('/refund')).toBe(0);
  });

  it('is closed once, however often that is asked for', async () => {
    const placed = await shippedMugs(mugsAndPot());
    await close(placed, { mugs: 2, pot: 0 }, 2998);
    expect(await close(placed, { mugs: 2, pot: 0 }, 2998)).toEqual({ state: 'complete' });
    expect([calls('/invoice'), calls('/cancel')]).toEqual([1, 1]);
  });

  it('gets that line refunded where it was invoiced on import', async () => {
    const placed = await shippedMugs(mugsAndPot(), { invoiced: true });
    expect(await close(placed, { mugs: 2, pot: 0 }, 2998)).toEqual({ state: 'complete' });
    expect(await shop.booked()).toMatchObject([
      { state: 'complete', items: [{ qty_refunded: 0 }, { qty_refunded: 1 }] },
    ]);
    expect([calls('/invoice'), calls('/refund'), calls('/cancel')]).toEqual([1, 1, 0]);
  });

  it('of units of a line keeps the others', async () => {
    const placed = await shippedMugs(mugsAndPot({ lines: [mugs], totalMinor: 2998 }), { units: 1 });
    expect(await close(placed, { mugs: 1 }, 1499)).toEqual({ state: 'complete' });
    expect(await shop.booked()).toMatchObject([{ items: [{ qty_invoiced: 1, qty_canceled: 1 }] }]);
  });

  it('tells where Commerce keeps more than Amazon’s total, as with the shipping of the cancelled line', async () => {
    const shipping = { type: 'SHIPPING' as const, subtotalMinor: 500, details: [] };
    const order = mugsAndPot({
      lines: [mugs, { ...pot, charges: [...item(1250), shipping], totalMinor: 1750 }],
      totalMinor: 4748,
    });
    const placed = await shippedMugs(order);
    expect(await close(placed, { mugs: 2, pot: 0 }, 2998)).toEqual({
      state: 'complete',
      message: `Commerce order ${order.amazonOrderId} keeps 34.98 USD, Amazon’s total is 29.98 now: put the difference right by hand.`,
    });
  });

  describe('and which Commerce shipped nevertheless', () => {
    const isEnded = {
      state: 'complete',
      message: expect.stringMatching(/^Commerce shipped 1 × MUG-BLUE-350 of order .* get it back/),
    };

    it('ends with the sum that Amazon pays, and a person is told', async () => {
      const placed = await shippedMugs(mugsAndPot());
      expect(await close(placed, { mugs: 1, pot: 0 }, 1499)).toEqual(isEnded);
      expect(await shop.booked()).toMatchObject([
        {
          state: 'complete',
          items: [
            { qty_shipped: 2, qty_invoiced: 2, qty_refunded: 1, qty_canceled: 0 },
            { qty_shipped: 0, qty_invoiced: 0, qty_refunded: 0, qty_canceled: 1 },
          ],
        },
      ]);
    });

    it('cancels what has not left of the same line too', async () => {
      const order = mugsAndPot({
        lines: [
          { ...mugs, quantityOrdered: 3, quantityUnfulfilled: 3, charges: item(4497), totalMinor: 4497 },
          pot,
        ],
        totalMinor: 5747,
      });
      const placed = await shippedMugs(order);
      expect(await close(placed, { mugs: 1, pot: 0 }, 1499)).toEqual(isEnded);
      expect(await shop.booked()).toMatchObject([
        {
          state: 'complete',
          items: [{ qty_shipped: 2, qty_invoiced: 2, qty_refunded: 1, qty_canceled: 1 }, {}],
        },
      ]);
    });

    it('ends once, where its refund fails at first', async () => {
      const placed = await shippedMugs(mugsAndPot());
      shop.service.misbehave({ method: 'POST', path: '/refund', kind: 'statusAfter', status: 503 });
      await expect(close(placed, { mugs: 1, pot: 0 }, 1499)).rejects.toThrow();
      expect(await close(placed, { mugs: 1, pot: 0 }, 1499)).toEqual(isEnded);
      expect([calls('/invoice'), calls('/cancel'), calls('/refund')]).toEqual([1, 1, 1]);
    });
  });

  it.each(['status', 'statusAfter'] as const)(
    'ends the same where its cancellation fails (%s)',
    async (kind) => {
      const placed = await shippedMugs(mugsAndPot());
      shop.service.misbehave({ method: 'POST', path: '/cancel', kind, status: 503 });
      await expect(close(placed, { mugs: 2, pot: 0 }, 2998)).rejects.toThrow();
      expect(await close(placed, { mugs: 2, pot: 0 }, 2998)).toEqual({ state: 'complete' });
      expect(await shop.booked()).toMatchObject([{ items: [{ qty_canceled: 0 }, { qty_canceled: 1 }] }]);
    },
  );
});
