import type { Client } from '@temporalio/client';
import type { OrderPolicy } from '../../domain/settings';
import { OrderUnansweredError } from '../order-errors';
import { snapshot } from '../order-messages';
import type { OrderRow } from '../order-row';

/** An account of the settings, as far as it says which ERP gets its orders. */
export interface ErpAccount {
  readonly name: string;
  readonly marketplaces: readonly { readonly id: string; readonly policy: Pick<OrderPolicy, 'erp'> }[];
}

const answerWithinMs = 3_000;

/**
 * Whether the ERP may speak of the order: the settings give it the orders of that marketplace, or the order itself
 * names it, because it was handed over before the settings changed. Only the latter needs a worker.
 *
 * @throws OrderUnansweredError where the order would have to be asked, and no worker answers.
 */
export async function isErpOf(
  erp: string,
  order: OrderRow,
  { client, accounts }: { readonly client: Client; readonly accounts: readonly ErpAccount[] },
): Promise<boolean> {
  const account = accounts.find(({ name }) => name === order.account);
  const marketplace = account?.marketplaces.find(({ id }) => id === order.marketplace);
  if (marketplace?.policy.erp === erp) return true;
  const answer = await snapshot(client, order, answerWithinMs);
  if ('problem' in answer) throw new OrderUnansweredError(answer.problem);
  const { handOff, delivery } = answer.snapshot;
  return (handOff.erp ?? delivery?.policy.erp) === erp;
}
