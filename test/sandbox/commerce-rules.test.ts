import { type OpenShop, openShop } from './commerce-client';
import { type Client, clientOf, orderEntity } from './commerce-orders';

let shop: OpenShop;
let client: Client;

beforeEach(() => {
  shop = openShop();
  client = clientOf(shop);
});
afterEach(() => shop.store.close());

const mugs = (qty: number) => [{ sku: 'MUG-BLUE-350', qty }];
const post = (entity: object) => shop.send({ method: 'POST', path: '/rest/V1/orders', body: { entity } });

describe('states', () => {
  it('go from new to processing with the first document, which resets a custom status', async () => {
    const fresh = await client.createOrder(
      orderEntity('R-1', mugs(2), { state: 'new', status: 'amazon_new' }),
    );
    await client.invoice(fresh.entity_id);
    expect(await client.order(fresh.entity_id)).toMatchObject({ state: 'processing', status: 'processing' });
    const custom = await client.createOrder(orderEntity('R-2', mugs(2), { status: 'amazon_verified' }));
    expect(custom.status).toBe('amazon_verified');
    await client.invoice(custom.entity_id);
    expect((await client.order(custom.entity_id)).status).toBe('processing');
  });

  it('end in complete for an order that was partly shipped when it came in', async () => {
    const entity = orderEntity('R-1', mugs(3));
    const [line] = entity.items;
    const { entity_id } = await client.createOrder({ ...entity, items: [{ ...line, qty_shipped: 1 }] });
    await client.ship(entity_id);
    const [shipment] = (await client.shipmentsOf(entity_id)) as { total_qty?: number; entity_id: number }[];
    expect(shipment).toMatchObject({ total_qty: 2 });
    await client.invoice(entity_id);
    expect(await client.order(entity_id)).toMatchObject({ state: 'complete', items: [{ qty_shipped: 3 }] });
  });

  it('end in complete for an order without a price that is invoiced and shipped', async () => {
    const free = await client.createOrder(orderEntity('R-1', [{ sku: 'MUG-BLUE-350', qty: 1, price: 0 }]));
    await client.invoice(free.entity_id);
    await client.ship(free.entity_id);
    expect(await client.order(free.entity_id)).toMatchObject({ state: 'complete', total_paid: 0 });
  });

  it('hold an order until it is released, and refuse what makes no sense', async () => {
    const { entity_id } = await client.createOrder(
      orderEntity('R-1', mugs(1), { status: 'amazon_verified' }),
    );
    await expect(client.call('POST', `/orders/${entity_id}/unhold`)).rejects.toThrow(
      'You cannot remove the hold.',
    );
    await client.call('POST', `/orders/${entity_id}/hold`);
    await expect(client.call('POST', `/orders/${entity_id}/hold`)).rejects.toThrow(
      'A hold action is not available.',
    );
    await expect(client.invoice(entity_id)).rejects.toThrow('has a status of holded');
    await client.call('POST', `/orders/${entity_id}/unhold`);
    expect(await client.order(entity_id)).toMatchObject({ state: 'processing', status: 'amazon_verified' });
  });
});

describe('comments', () => {
  it('set the status of the order to their own, even to none', async () => {
    const { entity_id } = await client.createOrder(orderEntity('R-1', mugs(1)));
    const comment = (more: object) =>
      client.call('POST', `/orders/${entity_id}/comments`, {
        statusHistory: {
          comment: 'x',
          is_customer_notified: 0,
          is_visible_on_front: 0,
          parent_id: 0,
          ...more,
        },
      });
    const status = () => client.call('GET', `/orders/${entity_id}/statuses`);
    await comment({ status: 'anything' });
    expect(await status()).toBe('anything');
    await comment({});
    expect(await status()).toBeNull();
  });
});

describe('input', () => {
  it('is told all that an address lacks', async () => {
    const entity = orderEntity('R-1', mugs(1));
    const { city: _, telephone: __, ...address } = entity.billing_address;
    expect(await post({ ...entity, billing_address: address })).toMatchObject({
      status: 400,
      body: {
        message: "We can't save the address:\n%1",
        parameters: [
          '"City" is required. Enter and try again.\n"Phone Number" is required. Enter and try again.',
        ],
      },
    });
  });

  it("needs the buyer's e-mail, and before the address", async () => {
    const { customer_email, ...entity } = orderEntity('R-1', mugs(1));
    const complaint = { status: 400, body: { parameters: ['Email has a wrong format'] } };
    expect(await post(entity)).toMatchObject(complaint);
    expect(await post({ ...entity, customer_email })).toMatchObject(complaint);
    expect(await post({ customer_email, ...entity })).toMatchObject({ status: 200 });
  });

  it('is converted where it fits and refused by name where it does not', async () => {
    const entity = orderEntity('R-1', mugs(1));
    const [line] = entity.items;
    expect(await post({ ...entity, increment_id: 17, grand_total: '10.5' })).toMatchObject({
      status: 200,
      body: { increment_id: '17', grand_total: 10.5 },
    });
    expect(await post({ ...entity, items: [{ ...line, price: 'dear' }] })).toMatchObject({
      status: 400,
      body: {
        message:
          'Error occurred during "items" processing. Error occurred during "price" processing. ' +
          'The "dear" value\'s type is invalid. The "float" type was expected. Verify and try again.',
      },
    });
    expect((await post({ ...entity, items: [{ ...line, nope: 1 }] })).status).toBe(500);
    expect((await post({ ...entity, customer_id: 77 })).status).toBe(500);
  });

  it('with an entity id changes an order, and adds lines that have no id', async () => {
    const { entity_id, items } = await client.createOrder(orderEntity('R-1', mugs(1)));
    const [line] = orderEntity('R-1', mugs(4)).items;
    const answer = await post({
      entity_id,
      ext_order_id: 'changed',
      items: [{ item_id: items[0]?.item_id, name: 'Mug' }, line],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { entity_id, ext_order_id: 'changed', grand_total: null },
    });
    expect(await client.order(entity_id)).toMatchObject({
      increment_id: 'R-1',
      ext_order_id: 'changed',
      grand_total: 10,
      items: [
        { name: 'Mug', qty_ordered: 1 },
        { name: 'MUG-BLUE-350', qty_ordered: 4 },
      ],
    });
    expect(await post({ entity_id: 999, ext_order_id: 'x' })).toMatchObject({
      status: 400,
      body: { message: 'Please provide payment for the order.' },
    });
  });
});
