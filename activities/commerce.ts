import { cancellationSignal } from '@temporalio/activity';
import type { CommercePort } from '../integrations/commerce/port';
import { findOrCreateCustomer } from './commerce-customer';
import { cancelOrder, invoiceOrder, shipOrder } from './commerce-documents';
import type { CommerceActivities } from './contracts/commerce';
import { findOrder, placeOrder } from './place-order';

export interface CommerceActivityDeps {
  /** Throws `NotConfiguredError` for a name that the settings do not have. */
  readonly commerce: (name: string) => CommercePort;
}

export function createCommerceActivities({
  commerce,
}: CommerceActivityDeps): Omit<CommerceActivities, 'lookForShipments'> {
  const options = () => ({ signal: cancellationSignal() });
  return {
    findOrCreateCustomer: async (input) =>
      findOrCreateCustomer(commerce(input.pinned.commerce), input, options()),
    placeOrder: async (input) => placeOrder(commerce(input.pinned.commerce), input, options()),
    findOrder: async ({ pinned, order }) => findOrder(commerce(pinned.commerce), order, options()),
    invoiceOrder: async (input) => invoiceOrder(commerce(input.commerce), input, options()),
    shipOrder: async (input) => shipOrder(commerce(input.commerce), input, options()),
    cancelOrder: async (input) => cancelOrder(commerce(input.commerce), input, options()),
  };
}
