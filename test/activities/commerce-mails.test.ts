import { amazonOrder } from '../support/orders';
import { commerceShop, inShop, parcel, pinnedFor, twoMugs } from './commerce-shop';

const shop = commerceShop();
const ref = (entityId: number) => ({ ...inShop, entityId });

it('no flow mails the buyer, the making of an account excepted', async () => {
  const guest = twoMugs();
  const placed = await shop.placed(guest);
  const whole = { ...ref(placed.entityId), itemIds: placed.itemIds };
  for (const [parcelId, units] of [
    ['p1', 1],
    ['p2', 1],
  ] as const) {
    await shop.run((does) => does.shipOrder({ ...whole, parcel: parcel(guest, parcelId, units) }));
  }
  expect(await shop.run((does) => does.invoiceOrder(ref(placed.entityId)))).toEqual({ state: 'complete' });
  await shop.placed(twoMugs({ status: 'SHIPPED', fulfilledBy: 'AMAZON' }));
  await shop.placed(amazonOrder(), { pinned: { ...pinnedFor(amazonOrder()), incrementId: null } });

  const open = await shop.placed(twoMugs());
  await shop.run((does) => does.cancelOrder(ref(open.entityId)));
  const invoiced = await shop.placed(twoMugs());
  await shop.run((does) => does.invoiceOrder(ref(invoiced.entityId)));
  expect(await shop.run((does) => does.cancelOrder(ref(invoiced.entityId)))).toMatchObject({
    state: 'closed',
  });
  expect(await shop.service.books()).toMatchObject({ mails: 0, customers: 0 });

  for (const order of [amazonOrder(), amazonOrder()])
    await shop.placed(order, { pinned: { ...pinnedFor(order), customer: 'newAccount' } });
  expect(await shop.service.books()).toMatchObject({ mails: 1, customers: 1 });

  const sent = shop.service.exchanges.map(({ requestBody }) => requestBody).join('\n');
  expect(sent).not.toMatch(
    /"notify":true|"is_customer_notified":1|"customer_note_notify":1|email_sent|send_email/,
  );
});

it('what Amazon has shipped stays complete and paid in full', async () => {
  const { entityId } = await shop.placed(twoMugs({ status: 'SHIPPED', fulfilledBy: 'AMAZON' }));
  await shop.commerce.comment(await shop.commerce.readOrder(entityId), 'Seen.');
  expect(shop.service.sandbox.shop.orders.get(entityId)?.columns).toMatchObject({
    state: 'complete',
    status: 'complete',
    grand_total: 29.98,
    total_paid: 29.98,
    total_due: 0,
    total_invoiced: 29.98,
  });
});
