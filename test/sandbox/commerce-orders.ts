import type { OpenShop } from './commerce-client';

export interface SavedOrder {
  entity_id: number;
  increment_id: string;
  state: string | null;
  status: string | null;
  updated_at: string;
  items: { item_id: number; sku: string; qty_shipped: number; qty_canceled: number }[];
}

const address = (kind: 'billing' | 'shipping') => ({
  address_type: kind,
  firstname: 'Jane',
  lastname: 'Doe',
  street: ['410 Terry Ave N'],
  city: 'Seattle',
  region: 'Washington',
  region_id: 62,
  postcode: '98109',
  country_id: 'US',
  telephone: '206-555-0100',
});

/** An order as an importer sends it; amounts follow from the lines. */
export function orderEntity(
  number: string,
  lines: { sku: string; qty: number; price?: number }[],
  more: object = {},
) {
  const total = lines.reduce((sum, { qty, price = 10 }) => sum + qty * price, 0);
  const both = (name: string, value: number) => ({ [name]: value, [`base_${name}`]: value });
  return {
    increment_id: number,
    ext_order_id: number,
    store_id: 2,
    state: 'processing',
    status: 'processing',
    is_virtual: 0,
    customer_is_guest: 1,
    customer_email: 'buyer@marketplace.amazon.com',
    order_currency_code: 'USD',
    base_currency_code: 'USD',
    ...both('grand_total', total),
    ...both('subtotal', total),
    items: lines.map(({ sku, qty, price = 10 }, index) => ({
      ext_order_item_id: `${number}-${index + 1}`,
      sku,
      name: sku,
      product_type: 'simple',
      qty_ordered: qty,
      ...both('price', price),
      ...both('row_total', price * qty),
      ...both('row_total_incl_tax', price * qty),
    })),
    billing_address: address('billing'),
    payment: {
      method: 'checkmo',
      account_status: '',
      cc_last4: '',
      additional_information: ['Paid on Amazon'],
      amount_ordered: total,
    },
    status_histories: [
      {
        comment: 'Imported',
        entity_name: 'order',
        is_customer_notified: 0,
        is_visible_on_front: 0,
        parent_id: 0,
        status: 'processing',
      },
    ],
    extension_attributes: {
      shipping_assignments: [
        { shipping: { method: 'flatrate_flatrate', address: address('shipping'), total: {} }, items: [] },
      ],
    },
    ...more,
  };
}

/** Calls by their short names; each fails the test unless it is answered with 200. */
export function clientOf(shop: OpenShop) {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await shop.send({ method, path: `/rest/all/V1${path}`, body });
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    call,
    createOrder: async (entity: object) => (await call('POST', '/orders', { entity })) as SavedOrder,
    order: async (id: number) => (await call('GET', `/orders/${id}`)) as SavedOrder,
    invoice: (id: number) => call('POST', `/order/${id}/invoice`, { capture: true }),
    ship: (id: number, body: object = {}) => call('POST', `/order/${id}/ship`, body),
    cancel: (id: number) => call('POST', `/orders/${id}/cancel`),
    refund: (id: number, body: object = {}) => call('POST', `/order/${id}/refund`, body),
    shipmentsOf: async (id: number) => {
      const query = `searchCriteria%5BfilterGroups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bfield%5D=order_id&searchCriteria%5BfilterGroups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bvalue%5D=${id}`;
      const { body } = await shop.send({ method: 'GET', path: '/rest/V1/shipments', query });
      return (body as { items: { entity_id: number; tracks: { track_number: string }[] }[] }).items;
    },
  };
}

export type Client = ReturnType<typeof clientOf>;
