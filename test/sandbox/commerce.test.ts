import type { Exchange } from '../../sandbox/server';
import { openStore } from '../../sandbox/store';
import { createWireContracts } from '../support/wire-contracts';
import { type OpenShop, openShop } from './commerce-client';
import { type Client, clientOf, orderEntity } from './commerce-orders';

let shop: OpenShop;
let client: Client;
const exchanges: Exchange[] = [];

beforeEach(async () => {
  shop = openShop({ onExchange: (exchange) => exchanges.push(exchange) });
  client = clientOf(shop);
  await shop.command('PATCH', '/settings', { warehouse: { enabled: false } });
});
afterEach(() => shop.store.close());

const twoMugs = [{ sku: 'MUG-BLUE-350', qty: 2 }];
const books = async () =>
  (await shop.command('GET', '/orders')) as {
    orders: { increment_id: string; shipments: unknown[]; comments: number }[];
    mails: number;
    customers: number;
  };
const quantity = async (sku: string) =>
  ((await client.call('GET', `/stockItems/${sku}`)) as { qty: number }).qty;

describe('an order of a merchant who ships himself', () => {
  it('is complete once it is invoiced and shipped, in either order', async () => {
    const first = await client.createOrder(orderEntity('A-1', twoMugs));
    await client.invoice(first.entity_id);
    expect(await client.order(first.entity_id)).toMatchObject({ state: 'processing' });
    await client.ship(first.entity_id);
    expect(await client.order(first.entity_id)).toMatchObject({ state: 'complete', status: 'complete' });

    const second = await client.createOrder(orderEntity('A-2', twoMugs));
    await client.ship(second.entity_id);
    expect(await client.order(second.entity_id)).toMatchObject({ state: 'processing' });
    await client.invoice(second.entity_id);
    expect(await client.order(second.entity_id)).toMatchObject({ state: 'complete', total_due: 0 });
  });

  it('takes its units from the stock when they are shipped, not before', async () => {
    const before = await quantity('MUG-BLUE-350');
    const { entity_id } = await client.createOrder(orderEntity('A-1', twoMugs));
    await client.invoice(entity_id);
    expect(await quantity('MUG-BLUE-350')).toBe(before);
    await client.ship(entity_id);
    expect(await quantity('MUG-BLUE-350')).toBe(before - 2);
  });

  it('goes out in several parcels, and never more than was ordered', async () => {
    const { entity_id, items } = await client.createOrder(
      orderEntity('A-1', [{ sku: 'MUG-BLUE-350', qty: 5 }]),
    );
    const order_item_id = items[0]?.item_id;
    await client.ship(entity_id, { items: [{ order_item_id, qty: 2 }] });
    await client.ship(entity_id, { items: [{ order_item_id, qty: 9 }] });
    expect((await client.order(entity_id)).items[0]?.qty_shipped).toBe(5);
    await expect(client.ship(entity_id)).rejects.toThrow(
      'The order does not allow a shipment to be created.',
    );
    expect(await client.shipmentsOf(entity_id)).toHaveLength(2);
  });

  it('moves `updated_at` when it is invoiced or complete, not by a partial shipment, a track or a comment', async () => {
    const { entity_id, items } = await client.createOrder(orderEntity('A-1', twoMugs));
    const times = [(await client.order(entity_id)).updated_at];
    const step = async (work: () => Promise<unknown>) => {
      shop.clock.advance(60_000);
      await work();
      times.push((await client.order(entity_id)).updated_at);
    };
    await step(() => client.ship(entity_id, { items: [{ order_item_id: items[0]?.item_id, qty: 1 }] }));
    const track = { order_id: entity_id, track_number: '1Z', title: 'UPS', carrier_code: 'ups' };
    await step(() => client.call('POST', '/shipment/track', { entity: { ...track, parent_id: 1 } }));
    const note = { comment: 'x', is_customer_notified: 0, is_visible_on_front: 0, parent_id: entity_id };
    await step(() =>
      client.call('POST', `/orders/${entity_id}/comments`, {
        statusHistory: { ...note, status: 'processing' },
      }),
    );
    const [created] = times;
    expect(times).toEqual([created, created, created, created]);
    await step(() => client.invoice(entity_id));
    await step(() => client.ship(entity_id));
    expect(new Set(times).size).toBe(3);
  });
});

describe('an order that Amazon fulfils', () => {
  const shippedAndPaid = (number: string, paid: object) => {
    const entity = orderEntity(number, twoMugs, { state: 'complete', status: 'complete', ...paid });
    return { ...entity, items: entity.items.map((line) => ({ ...line, qty_invoiced: 2, qty_shipped: 2 })) };
  };

  it('is created as complete when it is paid, without documents and without touching the stock', async () => {
    const before = await quantity('MUG-BLUE-350');
    const saved = await client.createOrder(shippedAndPaid('B-1', { total_paid: 20, base_total_paid: 20 }));
    expect(saved).toMatchObject({ state: 'complete', total_due: 0 });
    expect(await client.shipmentsOf(saved.entity_id)).toEqual([]);
    expect(await quantity('MUG-BLUE-350')).toBe(before);
  });

  it('is closed at once when nothing says that it is paid', async () => {
    expect(await client.createOrder(shippedAndPaid('B-1', {}))).toMatchObject({ state: 'closed' });
  });
});

describe('numbers', () => {
  it('are unique within a store, also when four come at once', async () => {
    const create = () =>
      shop.send({ method: 'POST', path: '/rest/V1/orders', body: { entity: orderEntity('C-1', twoMugs) } });
    const answers = await Promise.all([create(), create(), create(), create()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400]);
    expect(answers.find(({ status }) => status === 400)?.body).toEqual({
      message: 'Unique constraint violation found',
    });
    expect((await books()).orders).toHaveLength(1);
  });

  it("come from the store's own sequence where none is sent", async () => {
    const { increment_id: _, ...unnumbered } = orderEntity('C-1', twoMugs);
    expect((await client.createOrder(unnumbered)).increment_id).toBe('2000000001');
    expect((await client.createOrder(unnumbered)).increment_id).toBe('2000000002');
    expect((await client.createOrder({ ...unnumbered, store_id: 1 })).increment_id).toBe('000000001');
  });

  it('are cut and cleaned without a word', async () => {
    const long = 'x'.repeat(60);
    const saved = await client.createOrder(
      orderEntity(long, [{ sku: 'MUG-BLUE-350', qty: 1 }], { customer_firstname: 'Zoë 😀' }),
    );
    expect(saved).toMatchObject({ increment_id: long, customer_firstname: 'Zoë 😀' });
    expect(await client.order(saved.entity_id)).toMatchObject({
      increment_id: 'x'.repeat(50),
      ext_order_id: 'x'.repeat(32),
      customer_firstname: 'Zoë ????',
    });
  });
});

describe('cancelling and refunding', () => {
  it('cancels an order that is not invoiced, once', async () => {
    const { entity_id } = await client.createOrder(orderEntity('D-1', twoMugs));
    expect(await client.cancel(entity_id)).toBe(true);
    expect(await client.order(entity_id)).toMatchObject({ state: 'canceled', items: [{ qty_canceled: 2 }] });
    expect(await client.cancel(entity_id)).toBe(false);
  });

  it('does not protect shipped units that are not invoiced', async () => {
    const { entity_id } = await client.createOrder(orderEntity('D-1', twoMugs));
    await client.ship(entity_id);
    expect(await client.cancel(entity_id)).toBe(true);
    expect(await client.order(entity_id)).toMatchObject({ state: 'canceled', items: [{ qty_shipped: 2 }] });
  });

  it('closes an invoiced order that is refunded before it was shipped', async () => {
    const { entity_id } = await client.createOrder(orderEntity('D-1', twoMugs));
    await client.invoice(entity_id);
    expect(await client.cancel(entity_id)).toBe(false);
    expect(await client.refund(entity_id)).toBe('1');
    expect(await client.order(entity_id)).toMatchObject({ state: 'closed', total_refunded: 20 });
    await expect(client.refund(entity_id)).rejects.toThrow('has a status of closed');
  });

  it('leaves an order complete that is refunded in part', async () => {
    const { entity_id, items } = await client.createOrder(orderEntity('D-1', twoMugs));
    await client.invoice(entity_id);
    await client.ship(entity_id);
    await client.refund(entity_id, { items: [{ order_item_id: items[0]?.item_id, qty: 1 }] });
    expect(await client.order(entity_id)).toMatchObject({ state: 'complete', total_refunded: 10 });
  });
});

describe('products', () => {
  it('can be disabled, run out and come back', async () => {
    await shop.command('POST', '/products/MUG-BLUE-350', { status: 'disabled', quantity: 1 });
    expect(await client.call('GET', '/products/MUG-BLUE-350')).toMatchObject({ status: 2 });
    const { entity_id } = await client.createOrder(orderEntity('E-1', twoMugs));
    await expect(client.ship(entity_id)).rejects.toThrow('Could not save a shipment');
    await shop.command('POST', '/products/MUG-BLUE-350', { status: 'enabled', quantity: 2 });
    await client.ship(entity_id);
    expect(await quantity('MUG-BLUE-350')).toBe(0);
    await shop.command('POST', '/products/MUG-BLUE-350', { remove: true });
    await expect(client.call('GET', '/products/MUG-BLUE-350')).rejects.toThrow('404');
  });
});

describe('the shop as a whole', () => {
  it('keeps nothing of a call that fails half way', async () => {
    const wrong = { ...orderEntity('F-1', twoMugs), billing_address: { address_type: 'billing' } };
    await expect(client.createOrder(wrong)).rejects.toThrow('"City\\" is required');
    expect((await books()).orders).toEqual([]);
  });

  it('sends a welcome mail with each new account and none with an order', async () => {
    const customer = { email: 'a@b.example', firstname: 'Jane', lastname: 'Doe', website_id: 2, store_id: 2 };
    await client.call('POST', '/customers', { customer });
    await client.createOrder(orderEntity('F-1', twoMugs));
    expect(await books()).toMatchObject({ mails: 1, customers: 1 });
    await expect(client.call('POST', '/customers', { customer })).rejects.toThrow('already exists');
    expect(await books()).toMatchObject({ mails: 1, customers: 1 });
  });

  it('goes on after a restart, and starts afresh after a reset', async () => {
    const store = openStore();
    const before = clientOf(openShop({ store }));
    const { entity_id } = await before.createOrder(orderEntity('F-1', twoMugs));
    const restarted = openShop({ store });
    const after = clientOf(restarted);
    expect(await after.order(entity_id)).toMatchObject({ increment_id: 'F-1' });
    expect((await after.createOrder(orderEntity('F-2', twoMugs))).entity_id).toBe(entity_id + 1);
    await restarted.command('POST', '/reset');
    expect(await restarted.command('GET', '/orders')).toEqual({ orders: [], mails: 0, customers: 0 });
    expect((await after.createOrder(orderEntity('F-1', twoMugs))).entity_id).toBe(1);
    await store.close();
  });

  it('misbehaves on command: an order is created although its answer is an error', async () => {
    await shop.command('POST', '/faults', {
      method: 'POST',
      path: '/V1/orders$',
      kind: 'statusAfter',
      status: 503,
    });
    await expect(client.createOrder(orderEntity('F-1', twoMugs))).rejects.toThrow('503');
    await expect(client.createOrder(orderEntity('F-1', twoMugs))).rejects.toThrow('Unique constraint');
    expect((await books()).orders).toHaveLength(1);
  });
});

it("answers as the vendor's published description says", () => {
  const contracts = createWireContracts();
  const told = exchanges.filter(({ status, contentType }) => status < 500 && contentType.includes('json'));
  expect(told.length).toBeGreaterThan(50);
  if (contracts) expect(told.flatMap((exchange) => contracts.answerViolations(exchange))).toEqual([]);
});
