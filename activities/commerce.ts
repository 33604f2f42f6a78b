import { cancellationSignal } from '@temporalio/activity';
import type { OrderPolicy } from '../domain/settings';
import type { CommercePort } from '../integrations/commerce/port';
import { cancelOrder } from './cancel-order';
import { closeShrunkOrder } from './close-shrunk-order';
import { invoiceOrder, shipOrder } from './commerce-documents';
import type { CommerceActivities } from './contracts/commerce';
import { activityProgress, type Progress } from './heartbeats';
import { createKeyedGate } from './keyed-gate';
import { findOrder, placeOrder } from './place-order';
import { transferStock } from './stock';
import type { WriteGuard } from './write-guard';

export interface CommerceActivityDeps {
  /** Throws `NotConfiguredError` for a name that the settings do not have. */
  readonly commerce: (name: string) => CommercePort;
  readonly guard: WriteGuard;
  /** The present settings of a marketplace, for orders that were delivered with earlier ones. */
  readonly policyOf?: (account: string, marketplaceId: string) => OrderPolicy | undefined;
  /** Of the activity that runs. */
  readonly progress?: () => Progress;
}

export function createCommerceActivities({
  commerce,
  guard,
  policyOf = () => undefined,
  progress = activityProgress,
}: CommerceActivityDeps): Omit<CommerceActivities, 'lookForShipments'> {
  const options = () => ({ signal: cancellationSignal() });
  const stockGate = createKeyedGate();
  return {
    placeOrder: async (input) => {
      await guard(input.account);
      const policy = policyOf(input.account, input.order.marketplaceId);
      const present = { ...input, orderStatus: policy?.orderStatus ?? input.orderStatus };
      const result = await placeOrder(commerce(input.pinned.commerce), present, options(), progress());
      return { ...result, ...(policy && { policy }) };
    },
    findOrder: async ({ pinned, order }) => findOrder(commerce(pinned.commerce), order, options()),
    invoiceOrder: async (input) => {
      await guard(input.account);
      return invoiceOrder(commerce(input.commerce), input, options(), progress());
    },
    closeShrunkOrder: async (input) => {
      await guard(input.account);
      return closeShrunkOrder(commerce(input.commerce), input, options(), progress());
    },
    shipOrder: async (input) => {
      await guard(input.account);
      return shipOrder(commerce(input.commerce), input, options(), progress());
    },
    cancelOrder: async (input) => {
      await guard(input.account);
      return cancelOrder(commerce(input.commerce), input, options(), progress());
    },
    transferStock: async (input) => {
      await guard(input.account);
      const result = await transferStock(commerce(input.commerce), stockGate, input, options());
      const policy = policyOf(input.account, input.marketplaceId);
      return { ...result, ...(policy && { policy }) };
    },
  };
}
