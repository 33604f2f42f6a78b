import type { OrderState } from './contract';
import { isShipped } from './shipping';
import { isOrderCancelled, orderOf, policyOf, raise, resolve } from './state';
import { until } from './waits';

/**
 * Warns before Amazon's latest ship date, and says when it is over: Amazon counts late confirmations. Follows the date
 * when Amazon changes it, and ends with shipping.
 */
export async function deadline(state: OrderState): Promise<void> {
  const ended = () => state.completed || isShipped(state) || isOrderCancelled(state);
  while (!ended()) {
    const { shipBy } = orderOf(state);
    const isOff = () => ended() || orderOf(state).shipBy !== shipBy;
    if (shipBy !== undefined) await watch(state, shipBy, isOff);
    await until(isOff);
    resolve(state, 'shipByAtRisk', 'late');
  }
  resolve(state, 'shipByAtRisk', 'late');
}

async function watch(state: OrderState, shipBy: string, isOff: () => boolean): Promise<void> {
  const latest = Date.parse(shipBy);
  if (latest > Date.now()) {
    const warnAt = new Date(latest - policyOf(state).shipByWarningMs).toISOString();
    await until(isOff, warnAt, 'Ship-by warning');
    if (!isOff()) raise(state, 'shipByAtRisk', `Amazon wants this order shipped by ${shipBy}.`);
    await until(isOff, shipBy, 'Latest ship date');
  }
  if (isOff()) return;
  resolve(state, 'shipByAtRisk');
  raise(state, 'late', `Amazon wanted this order shipped by ${shipBy}: confirm a shipment at once.`);
}
