import type { PlaceOrderInput } from '../../activities/contracts/commerce';
import type { Address, AmazonOrder } from '../../domain/order';
import { CommerceRefusedError } from '../../integrations/commerce/errors';
import { amazonOrder } from '../support/orders';
import { commerceShop, pinnedFor } from './commerce-shop';

const shop = commerceShop();

const placed = async (order: AmazonOrder, changes: Partial<PlaceOrderInput> = {}) => {
  const pinned = { ...pinnedFor(order), customer: 'newAccount' } as const;
  const result = await shop.place(order, { pinned, ...changes });
  const booked = await shop.booked();
  const ours = booked.find(({ ext_order_id }) => ext_order_id === order.amazonOrderId);
  return { result, customerId: ours?.customer_id };
};
const seattle: Address = {
  name: 'Ada M. Sample Jr.',
  lines: ['1 Sample Street', 'Unit 2', 'Ring twice'],
  city: 'Seattle',
  stateOrRegion: 'wa',
  postalCode: '98101',
  countryCode: 'US',
  phone: '+1 206-555-0100 ext. 12345',
};
const accounts = () => shop.service.sandbox.shop.customers.all();
const creations = () =>
  shop.service.exchanges.filter(({ method, path }) => method === 'POST' && path.endsWith('/V1/customers'));
const moveToWebsite = (websiteId: number) => {
  const [{ id, columns } = { id: 0, columns: {} }] = accounts();
  shop.service.sandbox.shop.customers.put({
    id,
    columns: { ...columns, website_id: websiteId },
    addresses: [],
  });
};
const refuseAccounts = (message: string, times: number) =>
  shop.service.misbehave({
    method: 'POST',
    path: '/V1/customers$',
    kind: 'body',
    status: 400,
    body: JSON.stringify({ message }),
    times,
  });

describe('customers', () => {
  it('are created once, also when several orders of one buyer come at the same time', async () => {
    const orders = [1, 2, 3, 4].map(() => amazonOrder({ shipTo: seattle }));
    await Promise.all(orders.map((order) => placed(order)));
    expect((await placed(amazonOrder())).customerId).toBe(1);
    expect((await shop.booked()).map(({ customer_id }) => customer_id)).toEqual([1, 1, 1, 1, 1]);
    expect(await shop.service.books()).toMatchObject({ customers: 1, mails: 1 });
  });

  it.each(['dropAfter', 'statusAfter'] as const)('are found by the next attempt after %s', async (kind) => {
    shop.service.misbehave({ method: 'POST', path: '/V1/customers$', kind });
    const order = amazonOrder({ shipTo: seattle });
    await expect(placed(order)).rejects.toThrow('create customer');
    expect(await shop.booked()).toEqual([]);
    expect((await placed(order)).customerId).toBe(1);
    expect(await shop.service.books()).toMatchObject({ customers: 1, mails: 1 });
  });

  it('that Commerce shares with another website are taken', async () => {
    await placed(amazonOrder());
    moveToWebsite(9);
    refuseAccounts('A customer with the same email address already exists in an associated website.', 1);
    expect((await placed(amazonOrder({ shipTo: seattle }))).customerId).toBe(1);
    expect(accounts()).toHaveLength(1);
  });

  it('of another website are left alone where only the address was refused', async () => {
    await placed(amazonOrder());
    moveToWebsite(9);
    const { postalCode: _, ...incomplete } = seattle;
    expect((await placed(amazonOrder({ shipTo: incomplete }))).customerId).toBe(2);
    expect(accounts().map(({ columns }) => columns.website_id)).toEqual([9, 2]);
  });

  it('of another website are left alone where Commerce refuses for another reason, which is told', async () => {
    await placed(amazonOrder());
    moveToWebsite(9);
    refuseAccounts('"Gender" is a required value.', 2);
    const placing = placed(amazonOrder({ shipTo: seattle }));
    await expect(placing).rejects.toThrow(CommerceRefusedError);
    await expect(placing).rejects.toThrow('"Gender" is a required value.');
    expect(await shop.booked()).toHaveLength(1);
  });

  it('may have a name that accounts do not take as it is', async () => {
    const buyer = { name: 'Robert "Bob" (Smith) 😀', email: 'bob+amazon@marketplace.amazon.com' };
    await placed(amazonOrder({ buyer }));
    await placed(amazonOrder({ buyer }));
    const single = { name: '/山田/', email: 'one@marketplace.amazon.com' };
    await placed(amazonOrder({ buyer: single }));
    expect(accounts().map(({ columns: { firstname, lastname } }) => [firstname, lastname])).toEqual([
      ['Robert Bob', 'Smith'],
      ['山田', '-'],
    ]);
  });

  it.each<[string, Partial<AmazonOrder>]>([
    ['Amazon gave no e-mail', { buyer: { name: 'Ada Sample' } }],
    ['Amazon itself is the invoicing buyer', { programs: ['INVOICE_BY_AMAZON'] }],
  ])('are none where %s', async (_, changes) => {
    await placed(amazonOrder(changes));
    expect(await shop.booked()).toMatchObject([{ customer_is_guest: 1 }]);
    expect(await shop.service.books()).toMatchObject({ customers: 0, mails: 0 });
  });
});

describe('no account is made, and nobody gets a mail, for an order', () => {
  const order = amazonOrder({ shipTo: seattle });
  afterEach(async () => {
    expect(creations()).toEqual([]);
    expect(await shop.service.books()).toMatchObject({ customers: 0, mails: 0 });
  });

  it('that is blocked by the catalogue or its stock', async () => {
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 0 });
    expect((await placed(order)).result).toMatchObject({ kind: 'blocked' });
    await shop.service.changeProduct('MUG-BLUE-350', { status: 'disabled' });
    expect((await placed(order)).result).toMatchObject({ kind: 'blocked' });
  });

  it('that is in Commerce already', async () => {
    await shop.placed(order);
    expect((await placed(order)).result).toMatchObject({ kind: 'placed', adopted: true });
  });

  it('whose sums do not add up', async () => {
    expect((await placed({ ...order, totalMinor: 1624 })).result).toMatchObject({ kind: 'totalsDiffer' });
  });
});

describe('the address of a new account', () => {
  it('is the one that the order goes to, as an account takes it', async () => {
    expect((await placed(amazonOrder({ shipTo: seattle }))).result).not.toHaveProperty('note');
    expect(accounts()[0]?.addresses).toMatchObject([
      {
        firstname: 'Ada M.',
        lastname: 'Sample Jr.',
        street: ['1 Sample Street', 'Unit 2, Ring twice'],
        city: 'Seattle',
        region: { region_code: 'WA', region: 'Washington', region_id: 62 },
        telephone: '+1 206-555-0100',
        default_shipping: true,
      },
    ]);
  });

  it('is left out where Amazon shows no phone number, which Commerce asks for', async () => {
    const { phone: _, ...silent } = seattle;
    expect((await placed(amazonOrder({ shipTo: silent }))).customerId).toBe(1);
    expect(accounts()[0]?.addresses).toEqual([]);
  });

  it('does not stand in the way where Commerce refuses it, which is told', async () => {
    const { postalCode: _, ...incomplete } = seattle;
    const { result, customerId } = await placed(amazonOrder({ shipTo: incomplete }));
    expect(customerId).toBe(1);
    expect(result).toMatchObject({
      kind: 'placed',
      note: expect.stringMatching(/has no address, because Commerce does not take it: .*postcode/),
    });
    expect(JSON.stringify(result)).not.toMatch(/ada|sample|seattle/i);
    expect(accounts()).toMatchObject([{ addresses: [] }]);
    expect(await shop.service.books()).toMatchObject({ mails: 1 });
  });
});

describe('an order with an account', () => {
  it('costs seven calls, the making of the account included', async () => {
    const first = { name: 'First', email: 'first@marketplace.amazon.com' };
    await placed(amazonOrder({ buyer: first, shipTo: seattle }));
    const spent = shop.service.exchanges.length;
    await placed(amazonOrder({ shipTo: seattle }));
    expect(shop.service.exchanges.length - spent).toBe(7);
    await placed(amazonOrder({ shipTo: seattle }));
    expect(shop.service.exchanges.length - spent).toBe(7 + 6);
  });

  it('has the group of its customer', async () => {
    await placed(amazonOrder());
    const [known] = accounts();
    if (!known) throw new Error('no account');
    shop.service.sandbox.shop.customers.put({ ...known, columns: { ...known.columns, group_id: 3 } });
    const order = amazonOrder();
    await placed(order);
    expect(shop.service.sandbox.shop.orders.all().at(-1)?.columns).toMatchObject({
      ext_order_id: order.amazonOrderId,
      customer_is_guest: 0,
      customer_id: known.id,
      customer_group_id: 3,
    });
  });
});
