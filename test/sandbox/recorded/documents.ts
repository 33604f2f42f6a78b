import { type Entity, fbmOrder, tenEach } from './orders';
import type { Scenario } from './scenario';

export function documents({ recorded, given, place, post, order, item }: Scenario): void {
  recorded('04-shared-import');
  recorded('05-shared-salable-after-import-stock1');
  recorded('05-shared-salable-after-import-stock3');
  recorded('04-shared-invoice');
  recorded('04-shared-order-after-invoice');
  recorded('04-shared-invoice-again');
  recorded('04-shared-ship-parcel1');
  recorded('04-shared-order-after-parcel1');
  recorded('04-shared-ship-too-many');
  recorded('04-shared-ship-parcel2');
  recorded('04-shared-order-after-parcel2');
  recorded('04-shared-ship-again');
  recorded('05-shared-salable-after-ship-stock1');
  recorded('05-shared-salable-after-ship-stock3');
  given('an order of the website with its own stock', () =>
    place(16, [25], tenEach('INV-DEDI-SHIP', 5, 2, { id: 6 })),
  );
  recorded('05-dedicated-salable-after-import-stock1');
  recorded('05-dedicated-salable-after-import-stock2');
  given('its invoice', () => post(`/order/${order(16)}/invoice`, { capture: true }));
  recorded('04-dedicated-order-after-invoice');
  recorded('04-dedicated-invoice-again');
  recorded('04-dedicated-ship-parcel1');
  recorded('04-dedicated-order-after-parcel1');
  recorded('04-dedicated-ship-too-many');
  recorded('04-dedicated-ship-again');
  recorded('05-dedicated-salable-after-ship-stock1');
  recorded('05-dedicated-salable-after-ship-stock3');
  given('an order to be shipped first', () => place(17, [26], tenEach('24-MB01', 2, 1, { id: 1 })));
  recorded('04-ship-before-invoice');
  recorded('04-invoice-after-ship');
  recorded('04-order-after-ship-then-invoice');
  given('orders of more than there is', async () => {
    await place(18, [27], tenEach('LOW-STOCK', 3, 1, { id: 9 }));
    await place(19, [28], tenEach('LOW-STOCK', 3, 2, { id: 9 }));
    await place(20, [29], tenEach('NO-AMZ-SITE', 1, 2, { id: 10 }));
  });
  recorded('04-ship-too-little-stock-store1');
  recorded('04-ship-partial-low-stock');
  recorded('04-ship-item-not-in-source');
  recorded('04-ship-with-foreign-source-code');
  recorded('05-cancel-item-not-in-stock');
  recorded('04-ship-unknown-order');
  recorded('04-ship-unknown-sku');
  given('orders without a shipping assignment, and without a product type', async () => {
    const { extension_attributes: _, ...unassigned } = fbmOrder();
    await place(52, [], unassigned);
    const [line] = fbmOrder().items as Entity[];
    const { product_type: __, ...untyped } = line ?? {};
    await place(54, [], { ...fbmOrder(), items: [untyped] });
  });
  recorded('04-ship-no-shipping-assignment');
  recorded('04-ship-no-product-type');
  given('an order invoiced parcel by parcel', () => place(335, [484, 485], fbmOrder()));
  recorded('04-perparcel-ship-0');
  given('the invoice of its first line', () =>
    post(`/order/${order(335)}/invoice`, { items: [{ order_item_id: item(484), qty: 2 }] }),
  );
  recorded('04-perparcel-order-0');
  recorded('04-perparcel-ship-1');
  recorded('04-perparcel-invoice-1');
  recorded('04-perparcel-order-1');
}

export function tracks({ recorded, given, place, post, order, ids }: Scenario): void {
  given('an order in two parcels', () => place(26, [35, 36], fbmOrder()));
  recorded('06-ship-parcel1-no-track');
  recorded('06-add-track-later', { parent: 'shipment' });
  recorded('06-add-track-unknown-shipment', { parent: 'shipment' });
  recorded('06-ship-parcel2-with-track');
  recorded('06-shipments-by-order-id-in');
  recorded('06-shipments-by-order-id-in-fields');
  recorded('06-shipment-save-with-track', { parent: 'shipment' });
  recorded('06-delete-track');
  given('a track and a comment made in the admin', async () => {
    const shipment = ids.ours('shipment', 12);
    const track = { track_number: 'ADMINTRACK1', title: 'Truck', carrier_code: 'custom' };
    await post('/shipment/track', { entity: { order_id: order(26), parent_id: shipment, ...track } });
    const comment = { comment: 'hello', is_customer_notified: 0, is_visible_on_front: 0 };
    await post(`/shipment/${shipment}/comments`, { entity: { ...comment, parent_id: shipment } });
  });
  recorded('06-get-shipment');
  recorded('06-get-shipment-404');
  recorded('06-shipments-none');
  recorded('06-shipments-none-fields');
  recorded('06-shipments-page-past-end');
}
