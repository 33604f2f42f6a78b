import type { Address, AmazonOrder } from '../../domain/order';
import { amazonOrder } from '../support/orders';
import { commerceShop, pinnedFor } from './commerce-shop';

const shop = commerceShop();

const pinned = (order: AmazonOrder) => ({ ...pinnedFor(order), customer: 'newAccount' }) as const;
const find = (order: AmazonOrder, port = shop.commerce) =>
  shop.run(
    (activities) => activities.findOrCreateCustomer({ account: 'acme', pinned: pinned(order), order }),
    port,
  );
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

describe('customers', () => {
  it('are created once, also when several orders of one buyer come at the same time', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => find(amazonOrder({ shipTo: seattle }))));
    expect(results.filter((result) => result.kind === 'customer' && result.created)).toHaveLength(1);
    expect(results).toEqual(Array(4).fill(expect.objectContaining({ customerId: 1 })));
    expect(await find(amazonOrder())).toEqual({
      kind: 'customer',
      customerId: 1,
      groupId: 1,
      created: false,
    });
    expect(await shop.service.books()).toMatchObject({ customers: 1, mails: 1 });
  });

  it.each(['dropAfter', 'statusAfter'] as const)('are found by the next attempt after %s', async (kind) => {
    shop.service.misbehave({ method: 'POST', path: '/V1/customers$', kind });
    const order = amazonOrder({ shipTo: seattle });
    await expect(find(order)).rejects.toThrow('create customer');
    expect(await find(order)).toMatchObject({ customerId: 1, created: false });
    expect(await shop.service.books()).toMatchObject({ customers: 1, mails: 1 });
  });

  it('that Commerce shares with another website are taken', async () => {
    const order = amazonOrder();
    await find({ ...order });
    const [{ id, columns } = { id: 0, columns: {} }] = accounts();
    shop.service.sandbox.shop.customers.put({ id, columns: { ...columns, website_id: 9 }, addresses: [] });
    const message = 'A customer with the same email address already exists in an associated website.';
    shop.service.misbehave({
      method: 'POST',
      path: '/V1/customers$',
      kind: 'body',
      status: 400,
      body: JSON.stringify({ message }),
    });
    expect(await find(order)).toMatchObject({ customerId: id, created: false });
    expect(accounts()).toHaveLength(1);
  });

  it('may have a name that accounts do not take as it is', async () => {
    const buyer = { name: 'Robert "Bob" (Smith) 😀', email: 'bob+amazon@marketplace.amazon.com' };
    expect(await find(amazonOrder({ buyer }))).toMatchObject({ kind: 'customer', created: true });
    expect(await find(amazonOrder({ buyer }))).toMatchObject({ kind: 'customer', created: false });
    const single = { name: '/山田/', email: 'one@marketplace.amazon.com' };
    await find(amazonOrder({ buyer: single }));
    expect(accounts().map(({ columns: { firstname, lastname } }) => [firstname, lastname])).toEqual([
      ['Robert Bob', 'Smith'],
      ['山田', '-'],
    ]);
  });

  it.each([
    ['Amazon gave no e-mail', { buyer: { name: 'Ada Sample' } }],
    ['Amazon itself is the invoicing buyer', { programs: ['INVOICE_BY_AMAZON'] }],
  ])('are none where %s', async (reason, changes) => {
    expect(await find(amazonOrder(changes))).toMatchObject({
      kind: 'guest',
      reason: expect.stringContaining(reason),
    });
    expect(await shop.service.books()).toMatchObject({ customers: 0, mails: 0 });
  });
});

describe('the address of a new account', () => {
  it('is the one that the order goes to, as an account takes it', async () => {
    expect(await find(amazonOrder({ shipTo: seattle }))).not.toHaveProperty('note');
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
    expect(await find(amazonOrder({ shipTo: silent }))).toMatchObject({ created: true });
    expect(accounts()[0]?.addresses).toEqual([]);
  });

  it('does not stand in the way where Commerce refuses it, which is told', async () => {
    const { postalCode: _, ...incomplete } = seattle;
    const result = await find(amazonOrder({ shipTo: incomplete }));
    expect(result).toMatchObject({
      kind: 'customer',
      created: true,
      note: expect.stringMatching(/has no address, because Commerce does not take it: .*postcode/),
    });
    expect(JSON.stringify(result)).not.toMatch(/ada|sample|seattle/i);
    expect(accounts()).toMatchObject([{ addresses: [] }]);
    expect(await shop.service.books()).toMatchObject({ mails: 1 });
  });
});

describe('an order with an account', () => {
  it('costs seven calls, the making of the account included', async () => {
    await find(
      amazonOrder({ buyer: { name: 'First', email: 'first@marketplace.amazon.com' }, shipTo: seattle }),
    );
    await shop.placed(amazonOrder());
    const spent = shop.service.exchanges.length;
    const order = amazonOrder({ shipTo: seattle });
    const customer = await find(order);
    if (customer.kind !== 'customer') throw new Error('no customer');
    await shop.placed(order, { pinned: pinned(order), customerId: customer.customerId });
    expect(shop.service.exchanges.length - spent).toBeLessThanOrEqual(7);
  });

  it('has the group of its customer', async () => {
    await find(amazonOrder());
    const [known] = accounts();
    if (!known) throw new Error('no account');
    shop.service.sandbox.shop.customers.put({ ...known, columns: { ...known.columns, group_id: 3 } });
    const order = amazonOrder();
    const customer = await find(order);
    expect(customer).toMatchObject({ groupId: 3 });
    const { entityId } = await shop.placed(order, { customerId: known.id, customerGroupId: 3 });
    expect(shop.service.sandbox.shop.orders.get(entityId)?.columns).toMatchObject({
      customer_is_guest: 0,
      customer_id: known.id,
      customer_group_id: 3,
    });
  });
});
