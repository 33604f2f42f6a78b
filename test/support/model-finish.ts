import type { OrderState } from '../../workflows/order/contract';
import { type EventKind, happen } from './model-events';
import { brief, type ModelOrder, settleForMs } from './model-order';
import { patience } from './patience';

const isShipped = ({ amazon }: ModelOrder) => amazon.status() === 'SHIPPED';

/** Somebody puts right what keeps the order open and ships what is left; then it has to end. */
export async function finish(order: ModelOrder, look: () => Promise<OrderState>): Promise<void> {
  const act = async (...kinds: readonly EventKind[]) => {
    for (const kind of kinds) await happen(order, { kind, a: 2, b: 0, flag: kind !== 'catalogue' });
    return look();
  };
  order.trace.push('– the end');
  await act('catalogue', 'erpDecides', 'verify', 'deliver', 'commerceGoesOn', 'release', 'retry');
  await act('ship');
  await act('sellerRest', 'erpDecides', 'deliver', 'retry');
  if (isShipped(order)) await act('commercePutRight', 'retry');
  await act('acknowledgeAll');
  const isTooLong = patience(settleForMs + 10_000);
  while (!order.isOver && !isTooLong()) await look();
  if (!order.isOver) throw new Error(`It does not end\n${brief(await look())}`);
}
