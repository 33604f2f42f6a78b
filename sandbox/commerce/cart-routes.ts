import { addToCart, assignCustomer, createCart, deliverCart, placeCart } from './cart';
import { fieldsOf } from './input';
import type { Route } from './router';

const resource = 'Magento_Cart::manage';

/** Carts, as far as an integration that places the order of one needs them. */
export const cartRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/carts',
    resource,
    handle: ({ shop, store }) => createCart(shop, store),
  },
  {
    method: 'PUT',
    path: '/carts/:id',
    resource,
    parameters: { customerId: { type: 'int', required: true }, storeId: { type: 'int', required: true } },
    handle: ({ shop, id, args }) =>
      assignCustomer(shop, id('id'), Number(args.customerId), Number(args.storeId)),
  },
  {
    method: 'POST',
    path: '/carts/:id/items',
    resource,
    parameters: { cartItem: { type: 'any', required: true } },
    handle: ({ shop, id, object }) => addToCart(shop, id('id'), object('cartItem')),
  },
  {
    method: 'POST',
    path: '/carts/:id/shipping-information',
    resource,
    parameters: { addressInformation: { type: 'any', required: true } },
    handle: ({ shop, id, object }) => deliverCart(shop, id('id'), object('addressInformation')),
  },
  {
    method: 'PUT',
    path: '/carts/:id/order',
    resource,
    parameters: {
      paymentMethod: {
        type: {
          one: {
            fields: {
              ...fieldsOf('string', 'method po_number'),
              additional_data: 'string[]',
              extension_attributes: 'any',
            },
          },
        },
      },
    },
    handle: ({ shop, id, object }) => placeCart(shop, id('id'), object('paymentMethod')),
  },
];
