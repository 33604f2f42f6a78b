import { documentParameters } from './document-parameters';
import type { Parameters } from './input';
import { createInvoice } from './invoice';
import type { JsonObject } from './json';
import { createOrder } from './order-create';
import { historyType, orderType } from './order-types';
import { updateOrder } from './order-update';
import { storedOrderView } from './order-view';
import { addComment, cancelOrder, comments, hold, orderById, searchOrders, unhold } from './orders';
import { refundOrder } from './refund';
import type { Call, Route } from './router';
import { text } from './row';
import { parseCriteria } from './search';

const entity: Parameters = { entity: { type: { one: orderType }, required: true } };
function saveOrder({ shop, args, object, store }: Call): JsonObject {
  const order = object('entity');
  return args.entity && order.entity_id ? updateOrder(shop, order) : createOrder(shop, order, store);
}

export const orderRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/orders',
    resource: 'Magento_Sales::create',
    parameters: entity,
    handle: saveOrder,
  },
  {
    method: 'PUT',
    path: '/orders/create',
    resource: 'Magento_Sales::create',
    parameters: entity,
    handle: saveOrder,
  },
  {
    method: 'GET',
    path: '/orders',
    resource: 'Magento_Sales::actions_view',
    handle: ({ shop, query }) => searchOrders(shop, parseCriteria(query)),
  },
  {
    method: 'GET',
    path: '/orders/:id',
    resource: 'Magento_Sales::actions_view',
    handle: ({ shop, id }) => storedOrderView(orderById(shop, id('id'))),
  },
  {
    method: 'GET',
    path: '/orders/:id/statuses',
    resource: 'Magento_Sales::actions_view',
    handle: ({ shop, id }) => text(orderById(shop, id('id')).columns, 'status'),
  },
  {
    method: 'POST',
    path: '/orders/:id/comments',
    resource: 'Magento_Sales::comment',
    parameters: { statusHistory: { type: { one: historyType }, required: true } },
    handle: ({ shop, id, object }) => addComment(shop, id('id'), object('statusHistory')),
  },
  {
    method: 'GET',
    path: '/orders/:id/comments',
    resource: 'Magento_Sales::actions_view',
    handle: ({ shop, id }) => comments(shop, id('id')),
  },
  {
    method: 'POST',
    path: '/orders/:id/cancel',
    resource: 'Magento_Sales::cancel',
    handle: ({ shop, id }) => cancelOrder(shop, id('id')),
  },
  {
    method: 'POST',
    path: '/orders/:id/hold',
    resource: 'Magento_Sales::hold',
    handle: ({ shop, id }) => hold(shop, id('id')),
  },
  {
    method: 'POST',
    path: '/orders/:id/unhold',
    resource: 'Magento_Sales::unhold',
    handle: ({ shop, id }) => unhold(shop, id('id')),
  },
  {
    method: 'POST',
    path: '/order/:id/invoice',
    resource: 'Magento_Sales::sales_invoice',
    parameters: { ...documentParameters, capture: { type: 'boolean' }, arguments: { type: 'any' } },
    handle: ({ shop, id, args }) => createInvoice(shop, id('id'), args),
  },
  {
    method: 'POST',
    path: '/order/:id/refund',
    resource: 'Magento_Sales::sales_creditmemo',
    parameters: {
      ...documentParameters,
      isOnline: { type: 'boolean' },
      arguments: { type: 'any' },
    },
    handle: ({ shop, id, args }) => refundOrder(shop, id('id'), args),
  },
];
