import type { OrderState } from './contract';
import { isOrderCancelled, orderOf, policyOf, raise, resolve } from './state';
import { until } from './waits';

/** Warns before Amazon's latest ship date, and says when it is over: Amazon counts late confirmations. */
export async function deadline(state: OrderState, isShipped: () => boolean): Promise<void> {
  const ended = () => isShipped() || isOrderCancelled(state);
  const { shipBy } = orderOf(state);
  if (shipBy !== undefined) await watch(state, shipBy, ended);
  await until(ended);
  resolve(state, 'shipByAtRisk', 'late');
}

async function watch(state: OrderState, shipBy: string, ended: () => boolean): Promise<void> {
  const latest = Date.parse(shipBy);
  if (latest > Date.now()) {
    const warnAt = new Date(latest - policyOf(state).shipByWarningMs).toISOString();
    await until(ended, warnAt, 'Ship-by warning');
    if (!ended()) raise(state, 'shipByAtRisk', `Amazon wants this order shipped by ${shipBy}.`);
    await until(ended, shipBy, 'Latest ship date');
  }
  if (ended()) return;
  resolve(state, 'shipByAtRisk');
  raise(state, 'late', `Amazon wanted this order shipped by ${shipBy}: confirm a shipment at once.`);
}
