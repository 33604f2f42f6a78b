import { tenEach } from './orders';
import type { Scenario } from './scenario';

export function customersAndCatalogue({ recorded, given, post }: Scenario): void {
  recorded('07-customer-search-none');
  recorded('07-customer-create');
  recorded('07-customer-create-again');
  recorded('07-customer-search-found');
  recorded('07-customer-bad-name');
  recorded('07-customer-no-lastname');
  recorded('07-customer-address-incomplete');
  given('an account with a plus in its address', () =>
    post('/customers', {
      customer: {
        email: 'a6+tag@marketplace.amazon.com',
        firstname: 'Jane',
        lastname: 'Doe',
        website_id: 2,
      },
    }),
  );
  recorded('07-customer-search-plus-encoded');
  recorded('07-query-raw-plus-in-value');
  recorded('07-directory-countries-US-anonymous', { signing: { authorization: null } });
  recorded('07-products-by-sku-in');
  recorded('07-sku-space-by-query');
  recorded('07-path-sku-space');
  recorded('07-path-sku-slash-signed-decoded', { signing: { path: '/rest/V1/products/SKU/SLASH+PLUS' } });
  recorded('07-salable-for-requested-qty');
  recorded('07-salable-unknown-sku');
  recorded('07-route-404');
}

export function severalSources({ recorded, given, place, order, shop, ids }: Scenario): void {
  recorded('05-link-custom-source-to-default-stock-refused');
  recorded('05-link-default-source-to-custom-stock-refused');
  recorded('05-transfer-create-source');
  recorded('05-transfer-link');
  given('two orders for a stock with two sources', async () => {
    await place(347, [], tenEach('24-MB01', 1, 2, { id: 1 }));
    await place(348, [], tenEach('24-MB01', 1, 2, { id: 1 }));
  });
  recorded('04-ship-two-source-stock-explicit-wh1');
  given('a shipment without a source', async () => {
    const path = `/rest/V1/order/${order(348)}/ship`;
    const { body } = await shop().send({ method: 'POST', path, body: { notify: false } });
    ids.learn('shipment', 60, body as string);
  });
  recorded('04-ship-two-source-stock-no-source-code-24-MB01');
  recorded('05-transfer-0-assign-source');
  recorded('05-transfer-0-move-5');
  recorded('05-transfer-0-unknown-source');
  recorded('05-transfer-1-too-much');
  recorded('05-transfer-1-unknown-source');
  given('an order to be shipped from the allocated source', () =>
    place(328, [], tenEach('INV-CART', 5, 2, { id: 11 })),
  );
  recorded('05-transfer-ship');
}
