import { fbmOrder, tenEach } from './orders';
import type { Scenario } from './scenario';

export function cancellation({ recorded, given, place, post, order, item }: Scenario): void {
  recorded('05-cancel-complete-order');
  recorded('05-cancel-unknown-order');
  given('orders to cancel', async () => {
    await place(22, [31], tenEach('INV-SHARED-CANCEL', 4, 1, { id: 4 }));
    await place(23, [32], tenEach('INV-SHARED-PCANCEL', 4, 1, { id: 5 }));
    await place(24, [33], tenEach('INV-DEDI-CANCEL', 4, 2, { id: 7 }));
    await place(25, [34], tenEach('INV-DEDI-PCANCEL', 4, 2, { id: 8 }));
  });
  recorded('05-shared-cancel');
  recorded('05-shared-cancel-again');
  recorded('05-shared-api-salable-after-cancel-stock1');
  recorded('05-shared-api-salable-after-cancel-stock3');
  recorded('05-shared-cancel-partial-update');
  recorded('05-shared-partial-salable-after-cancel-stock1');
  recorded('05-dedicated-cancel');
  recorded('05-dedicated-cancel-again');
  recorded('05-dedicated-api-salable-after-cancel-stock2');
  given('a partial update that cancels', () =>
    post('/orders', {
      entity: {
        entity_id: order(25),
        state: 'canceled',
        status: 'canceled',
        items: [{ item_id: item(34), qty_canceled: 4 }],
      },
    }),
  );
  recorded('05-dedicated-partial-order-after-cancel');
  recorded('05-dedicated-partial-salable-after-cancel-stock1');
  recorded('05-dedicated-partial-salable-after-cancel-stock3');
  given('orders invoiced, shipped in part, and shipped without an invoice', async () => {
    await place(55, [], tenEach('24-MB01', 4, 1, { id: 1 }));
    await post(`/order/${order(55)}/invoice`);
    await place(57, [89], tenEach('INV-SHARED-CANCEL', 4, 1, { id: 4 }));
    await post(`/order/${order(57)}/ship`, { items: [{ order_item_id: item(89), qty: 1 }] });
    await post(`/orders/${order(57)}/cancel`);
    await place(58, [], tenEach('INV-SHARED-CANCEL', 4, 1, { id: 4 }));
    await post(`/order/${order(58)}/ship`);
  });
  recorded('05-cancel-invoiced-order');
  recorded('05-cancel-partially-shipped-order');
  recorded('05-cancel-shipped-uninvoiced');
  recorded('05-cancel-shipped-uninvoiced-order');
  given('an order to hold', () => place(60, [92], { ...tenEach('INV-SHARED-CANCEL', 4, 1, { id: 4 }) }));
  recorded('05-hold');
  recorded('05-ship-held-order');
  recorded('05-cancel-held-order');
  recorded('05-unhold');
  given('a comment on it', () =>
    post(`/orders/${order(60)}/comments`, {
      statusHistory: {
        comment: 'x',
        is_customer_notified: 0,
        is_visible_on_front: 0,
        status: 'processing',
      },
    }),
  );
  recorded('05-partial-update-ext-order-id');
  recorded('05-partial-update-ext-order-id-get');
  given('a cancelled order, and one to ship and cancel at once', async () => {
    await place(345, [], fbmOrder());
    await post(`/orders/${order(345)}/cancel`);
    await place(346, [], tenEach('INV-SHARED-CANCEL', 4, 1, { id: 4 }));
  });
  recorded('05-ship-canceled-order');
  recorded('05-race-ship');
  recorded('05-race-cancel');
}

export function specialLines({ recorded, given, place, post, order }: Scenario): void {
  recorded('09-virtual-charge-line');
  recorded('09-virtual-ship-with-comment');
  recorded('09-shipment-comment-in-list');
  given('its invoice', () => post(`/order/${order(349)}/invoice`, { capture: true }));
  recorded('09-virtual-order-after');
  given('an order of which one line is cancelled', () => place(351, [514, 515], fbmOrder()));
  recorded('10-linecancel-ship-first-line');
  recorded('10-linecancel-invoice-first-line');
  recorded('10-linecancel-cancel-rest');
  recorded('10-linecancel-order-after');
}

export function comments({ recorded, given, post, order }: Scenario): void {
  recorded('07-comment-with-status');
  recorded('07-comment-without-status');
  recorded('07-comment-restore-status');
  const comment = (fields: object) =>
    post(`/orders/${order(14)}/comments`, {
      statusHistory: {
        comment: 'Amazon ship-by date 2026-10-03',
        is_customer_notified: 0,
        is_visible_on_front: 0,
        ...fields,
      },
    });
  given('a comment with the status of another state', () => comment({ status: 'complete' }));
  recorded('07-comment-bogus-status');
  given('the status restored, and a comment by mail', async () => {
    await comment({ status: 'processing' });
    await comment({ status: 'processing', is_customer_notified: 1 });
  });
  recorded('07-get-comments');
  recorded('07-comment-unknown-order');
}
