import { type Entity, fbmOrder } from './orders';
import { recordedNumber, recordingNames } from './replay';
import type { Scenario } from './scenario';

const products: [number, string, object][] = [
  [1, '24-MB01', { sources: { default: 1000, wh1: 1000 } }],
  [
    2,
    '24-WB04',
    { name: 'Push It Messenger Bag', price: 19.99, weight: 0.5, sources: { default: 1000, wh1: 1000 } },
  ],
  [3, 'INV-SHARED-SHIP', { sources: { default: 100 } }],
  [4, 'INV-SHARED-CANCEL', { sources: { default: 100 } }],
  [5, 'INV-SHARED-PCANCEL', { sources: { default: 100 } }],
  [6, 'INV-DEDI-SHIP', { sources: { wh1: 100 } }],
  [7, 'INV-DEDI-CANCEL', { sources: { wh1: 100 } }],
  [8, 'INV-DEDI-PCANCEL', { sources: { wh1: 100 } }],
  [9, 'LOW-STOCK', { sources: { default: 1, wh1: 1 } }],
  [10, 'NO-AMZ-SITE', { sources: { default: 100 } }],
  [11, 'INV-CART', { sources: { default: 100 } }],
  [12, 'FBA-ONLY', { sources: { default: 100 } }],
  [13, 'SKU WITH SPACE', { name: 'sp', sources: { default: 1 } }],
  [14, 'SKU/SLASH+PLUS', { sources: { default: 1 } }],
];

export function instance({ recorded, given, post, shop }: Scenario): void {
  recorded('00-create-product');
  given('its units at the custom source, and the other products', async () => {
    for (const [id, sku, changes] of products) {
      await shop().command('POST', `/products/${encodeURIComponent(sku)}`, { id, ...changes });
    }
  });
  recorded('00-store-views');
  recorded('00-store-websites');
  recorded('00-stock-resolver-base', { ignore: ['extension_attributes'] });
  recorded('00-create-source-wh1');
  given('stocks 2 and 3 on the custom source', async () => {
    const channel = { sales_channels: [{ type: 'website', code: 'amazon' }] };
    await post('/inventory/stocks', { stock: { name: 'Amazon stock', extension_attributes: channel } });
    await post('/inventory/stocks', { stock: { name: 'Third stock' } });
    await post('/inventory/stock-source-links', {
      links: [{ stock_id: 2, source_code: 'wh1', priority: 1 }],
    });
  });
  recorded('00-link-wh1-stock3');
  recorded('00-stock-resolver-amazon');
}

export function creation({ recorded, given, place, post, order }: Scenario): void {
  recorded('01-create-order-mfn');
  recorded('01-get-order-mfn');
  recorded('02-create-order-duplicate');
  recorded('02-same-increment-other-store');
  recorded('01-create-order-no-increment');
  recorded('01-create-order-new-pending');
  recorded('03-fba-complete-paid');
  recorded('03-fba-complete-paid-get');
  recorded('03-fba-complete-unpaid');
  recorded('03-fba-complete-unpaid-get');
  recorded('03-fba-complete-paid-not-invoiced-qty');
  recorded('03-fba-zero-total');
  recorded('03-mfn-zero-total-processing');
  recorded('07-search-by-increment-id');
  recorded('07-search-by-ext-order-id');
  recorded('07-search-by-ext-order-id-in');
  recorded('07-search-not-found');
  recorded('07-search-not-found-no-fields');
  recorded('07-search-unknown-condition', { ignore: ['total_count'] });
  recorded('07-search-unknown-field');
  recorded('07-search-without-criteria');
  recorded('01-put-orders-create');
  recorded('01-no-state-status');
  recorded('01-created-at-0');
  recorded('01-created-at-2');
  given('an order posted again with its entity id', async () => {
    await place(338, [], fbmOrder());
    const entity = { ...fbmOrder(), ...recordedNumber(338), entity_id: order(338) };
    await post('/orders', { entity });
  });
  recorded('01-repost-with-entity-id-get');
}

export function oddOrders({ recorded, given, place }: Scenario): void {
  for (const name of recordingNames().filter((one) => one.startsWith('07-order-'))) {
    if (name === '07-order-additional-information-object-get') {
      given('an order whose payment has named additional information', () =>
        place(40, [], {
          ...fbmOrder(),
          payment: {
            ...(fbmOrder().payment as Entity),
            additional_information: { method_title: 'Amazon', amazon_order_id: '113' },
          },
        }),
      );
    }
    recorded(name);
  }
}
