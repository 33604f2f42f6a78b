import { compare } from '../../scripts/start/compare';
import { type Channel, openChannel } from '../support/channel';
import { eventually } from '../support/eventually';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const hours = 3_600_000;
const twoLines = [
  { sku: 'MUG-BLUE-350', quantity: 3, taxMinor: 371, shippingMinor: 599, shippingTaxMinor: 49 },
  {
    sku: 'BOARD-OAK-M',
    quantity: 1,
    taxMinor: 320,
    discountMinor: 388,
    giftWrapMinor: 349,
    giftMessage: 'Happy day',
  },
];

let channel: Channel;
beforeAll(async () => {
  channel = await openChannel({ folder: tempFolder() });
  await channel.startWorker();
});
afterAll(async () => {
  expect(channel.violations()).toEqual([]);
  await channel.close();
});

/** Moves the sandbox's clock on, step by step, so that nobody sees a gap. */
const pass = (ms: number) => channel.sandbox.clock.advance(ms);
const commerceOrdersOf = async (orderId: string) =>
  (await channel.books()).commerce.orders.filter(({ ext_order_id }) => ext_order_id === orderId);

describe('an order fulfilled by the merchant', () => {
  let orderId: string;

  it('is imported while it is Pending and hidden from the Orders list', async () => {
    ({ orderId } = channel.place({ lines: twoLines }));
    pass(3 * 60_000);
    await channel.row(orderId, (row) => row?.channelStatus === 'Pending');
    expect((await channel.orders.list()).orders.map((row) => row.amazonOrderId)).not.toContain(orderId);
    expect(await commerceOrdersOf(orderId)).toEqual([]);
    const page = await (await fetch(channel.pageUrl)).text();
    expect(page).not.toContain(orderId);
  });

  it('appears as Unshipped with price and buyer once Amazon has verified it', async () => {
    pass(31 * 60_000);
    const row = await channel.row(orderId, (seen) => seen?.channelStatus === 'Unshipped');
    expect(row).toMatchObject({ buyer: 'Ada Sample', currency: 'USD' });
  });

  it('becomes one guest order in Commerce with Amazon’s exact total, its number shown beside it', async () => {
    const row = await channel.row(orderId, (seen) => seen?.commerceOrderNumber !== undefined);
    const [order, ...others] = await commerceOrdersOf(orderId);
    expect(others).toEqual([]);
    expect(order?.increment_id).toBe(row?.commerceOrderNumber);
    expect(Math.round((order?.grand_total ?? 0) * 100)).toBe(row?.totalMinor);
    const page = await (await fetch(channel.pageUrl)).text();
    expect(page).toContain(orderId);
  });

  it('is handed to the ERP, which acknowledges it', async () => {
    pass(10 * 60_000);
    const row = await channel.row(orderId, (seen) => seen?.erpOrderNumber !== undefined);
    const { erp } = await channel.books();
    const [order, ...others] = erp.orders.filter((each) => each.amazonOrderId === orderId);
    expect(others).toEqual([]);
    expect(order).toMatchObject({
      erpOrderNumber: row?.erpOrderNumber,
      commerceOrderNumber: row?.commerceOrderNumber,
    });
  });

  it('is shipped in Commerce and told to Amazon parcel by parcel, until all three call it complete', async () => {
    pass(4 * hours);
    await eventually(
      async () => (await commerceOrdersOf(orderId))[0]?.shipments.length ?? 0,
      (count) => count > 0,
    );
    pass(4 * hours);
    await channel.row(orderId, (row) => row?.channelStatus === 'Shipped');
    const books = await channel.books();
    expect(compare(books).differences).toEqual([]);
    expect(books.amazon.orders.find((order) => order.orderId === orderId)).toMatchObject({
      status: 'SHIPPED',
    });
    expect(books.commerce.mails).toBe(0);
  });
});

describe('an order fulfilled by Amazon', () => {
  it('is nothing to us before it is shipped, then a complete Commerce order that touches no stock', async () => {
    const { orderId } = channel.place({
      fulfilledBy: 'AMAZON',
      lines: [{ sku: 'TEAPOT-IRON-08', quantity: 2 }],
    });
    const stock = () => channel.sandbox.commerce.shop.sourceItems.get('teapot-iron-08|default')?.quantity;
    const before = stock();
    pass(60 * 60_000);
    const sweeps = async () => (await channel.books()).amazon.quotaViolations;
    await eventually(sweeps, () =>
      channel.exchanges.some(({ responseBody }) => responseBody.includes(orderId)),
    );
    expect(
      (await channel.orders.list({ includePending: true })).orders.map((row) => row.amazonOrderId),
    ).not.toContain(orderId);

    pass(4 * hours);
    await channel.row(orderId, (row) => row?.channelStatus === 'Shipped');
    const [order] = await commerceOrdersOf(orderId);
    expect(order).toMatchObject({ state: 'complete', shipments: [] });
    expect(stock()).toBe(before);
    const { erp } = await channel.books();
    expect(erp.orders.filter((each) => each.amazonOrderId === orderId)).toEqual([]);
  });
});

describe('an order that Amazon cancels while it is pending', () => {
  it('ends as Canceled without anything in Commerce or the ERP', async () => {
    const { orderId } = channel.place({ lines: twoLines });
    pass(3 * 60_000);
    await channel.row(orderId, (row) => row?.channelStatus === 'Pending');
    await fetch(`${channel.sandbox.urls.amazon}/_sandbox/orders/${orderId}/cancel`, { method: 'POST' });
    pass(3 * 60_000);
    await channel.row(orderId, (row) => row?.channelStatus === 'Canceled');
    expect(await commerceOrdersOf(orderId)).toEqual([]);
  });
});
