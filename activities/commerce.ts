import { cancellationSignal } from '@temporalio/activity';
import type { CommercePort } from '../integrations/commerce/port';
import { findOrCreateCustomer } from './commerce-customer';
import { cancelOrder, invoiceOrder, shipOrder } from './commerce-documents';
import type { CommerceActivities } from './contracts/commerce';
import { findOrder, placeOrder } from './place-order';
import type { WriteGuard } from './write-guard';

export interface CommerceActivityDeps {
  /** Throws `NotConfiguredError` for a name that the settings do not have. */
  readonly commerce: (name: string) => CommercePort;
  readonly guard: WriteGuard;
}

export function createCommerceActivities({
  commerce,
  guard,
}: CommerceActivityDeps): Omit<CommerceActivities, 'lookForShipments'> {
  const options = () => ({ signal: cancellationSignal() });
  return {
    findOrCreateCustomer: async (input) => {
      await guard(input.account);
      return findOrCreateCustomer(commerce(input.pinned.commerce), input, options());
    },
    placeOrder: async (input) => {
      await guard(input.account);
      return placeOrder(commerce(input.pinned.commerce), input, options());
    },
    findOrder: async ({ pinned, order }) => findOrder(commerce(pinned.commerce), order, options()),
    invoiceOrder: async (input) => {
      await guard(input.account);
      return invoiceOrder(commerce(input.commerce), input, options());
    },
    shipOrder: async (input) => {
      await guard(input.account);
      return shipOrder(commerce(input.commerce), input, options());
    },
    cancelOrder: async (input) => {
      await guard(input.account);
      return cancelOrder(commerce(input.commerce), input, options());
    },
  };
}
