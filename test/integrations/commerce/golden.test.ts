import { readOrder } from '../../../integrations/amazon/order-mapping';
import { handoffOrder } from '../../../integrations/erp/handoff';
import { commerceShop, pinnedFor } from '../../activities/commerce-shop';
import {
  type GoldenOrder,
  type GoldenPayload,
  goldenNames,
  readGolden,
  rewritesGolden,
  writePayload,
} from '../../support/golden-orders';
import { createPayloadContracts } from '../../support/payload-contracts';

const contracts = createPayloadContracts();
const itWithContracts = contracts ? it : it.skip;
const shop = commerceShop();

function orderOf({ order }: GoldenOrder) {
  const reading = readOrder(order);
  if (reading.kind === 'unreadable') throw new Error(reading.unreadable.reason);
  return reading.order;
}

/** As the order's workflow places it: first the customer, then the order. */
async function place(golden: GoldenOrder) {
  const {
    website,
    orderNumber,
    customer = 'guest',
    orderStatus = 'processing',
    products = {},
  } = golden.settings;
  await shop.service.changeCurrencies('amazon', website);
  for (const [sku, changes] of Object.entries(products)) await shop.service.changeProduct(sku, changes);
  const order = orderOf(golden);
  const { source = 'amazon', prefix = '' } = orderNumber ?? {};
  const incrementId = source === 'amazon' ? prefix + order.amazonOrderId : null;
  const pinned = { ...pinnedFor(order), incrementId, customer };
  const again = () => shop.place(order, { pinned, orderStatus });
  return { order, placed: await again(), again };
}

function sentPayload(): GoldenPayload {
  const posts = shop.service.exchanges.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/V1/orders'),
  );
  expect(posts).toHaveLength(1);
  return JSON.parse(posts[0]?.requestBody ?? '{}') as GoldenPayload;
}

/** The totals of the order that a live Magento was measured with. */
itWithContracts('has the vendor’s own example among the orders, with the same amounts', () => {
  if (!contracts) return;
  const { entity } = readGolden('02-us-vendors-own-numbers').payload ?? { entity: {} };
  const amounts = Object.entries(contracts.exampleEntity).filter(
    ([name, value]) => typeof value === 'number' && name !== 'weight',
  );
  expect(amounts.length).toBeGreaterThan(30);
  expect(entity).toMatchObject(Object.fromEntries(amounts));
});

describe.each(goldenNames)('%s', (name) => {
  const golden = readGolden(name);

  it('is sent to Commerce as it stands in its file, kept as sent and adopted without a difference', async () => {
    const { placed, again } = await place(golden);
    expect(placed).toMatchObject({ kind: 'placed', adopted: false, differences: [] });
    expect(await again()).toMatchObject({ kind: 'placed', adopted: true, differences: [] });
    const payload = sentPayload();
    const accounts = payload.entity.customer_is_guest === 0 ? 1 : 0;
    expect(await shop.service.books()).toMatchObject({ mails: accounts, customers: accounts });
    if (rewritesGolden && JSON.stringify(payload) !== JSON.stringify(golden.payload)) {
      writePayload(name, payload);
      throw new Error(`${name}.json has been rewritten: review the change`);
    }
    expect(payload).toEqual(golden.payload);
    // Commerce reads the columns in this order.
    expect(Object.keys(payload.entity)).toEqual(Object.keys(golden.payload?.entity ?? {}));
  });

  itWithContracts('fits the descriptions of Amazon and of both versions of Commerce', () => {
    if (!contracts) return;
    expect(contracts.ofAmazonOrder(golden.order)).toEqual([]);
    for (const { version, violations } of contracts.ofCommerce)
      expect({ version, violations: violations(golden.payload) }).toEqual({ version, violations: [] });
    expect(contracts.unknownTo246(golden.payload)).toEqual([]);
    expect(contracts.missingTwins(golden.payload)).toEqual([]);
  });

  it('adds up to what Amazon says, in both currencies', () => {
    const { entity } = golden.payload ?? { entity: { items: [], payment: {} } };
    for (const base of ['', 'base_']) {
      const column = (from: object, column: string) =>
        Math.round(Number(new Map(Object.entries(from)).get(`${base}${column}`) ?? Number.NaN) * 100);
      const ofItems = (name: string) => entity.items.reduce((sum, item) => sum + column(item, name), 0);
      const total = column(entity, 'grand_total');
      expect(
        column(entity, 'subtotal') +
          column(entity, 'discount_amount') +
          column(entity, 'shipping_amount') +
          column(entity, 'tax_amount'),
      ).toBe(total);
      expect(ofItems('row_total')).toBe(column(entity, 'subtotal'));
      expect(ofItems('row_total_incl_tax')).toBe(column(entity, 'subtotal_incl_tax'));
      expect(ofItems('tax_amount') + column(entity, 'shipping_tax_amount')).toBe(
        column(entity, 'tax_amount'),
      );
      expect(ofItems('discount_amount') + column(entity, 'shipping_discount_amount')).toBe(
        0 - column(entity, 'discount_amount'),
      );
      expect(column(entity.payment, 'amount_ordered')).toBe(total);
    }
    expect(entity.order_currency_code).toBe(golden.order.proceeds?.grandTotal.currencyCode ?? 'USD');
    const isTipPending = name.includes('tip-pending');
    if (!isTipPending) expect(entity.grand_total).toBe(Number(golden.order.proceeds?.grandTotal.amount ?? 0));
  });

  it('keeps the gift message for the ERP', () => {
    const messages = golden.order.orderItems.flatMap(
      ({ fulfillment }) => fulfillment?.packing?.giftOption?.giftMessage ?? [],
    );
    for (const message of messages) {
      expect(JSON.stringify(golden.payload)).not.toContain(message);
      expect(handoffOrder('acme', orderOf(golden)).giftMessage).toBe(message);
    }
  });
});
