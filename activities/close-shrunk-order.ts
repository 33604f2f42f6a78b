import { decimalsOf, formatMinor, isKnownCurrency } from '../domain/money';
import type { CommerceCallOptions, CommercePort, ItemQuantity } from '../integrations/commerce/port';
import type { CommerceOrder, CommerceOrderItem } from '../integrations/commerce/records';
import type { ShrunkOrderInput, ShrunkOrderResult } from './contracts/commerce';

/** A line of the Commerce order with what stays of it. */
interface Staying {
  readonly item: CommerceOrderItem;
  readonly stays: number;
}

/**
 * Ends an order of which Amazon has cancelled units, once the rest is shipped. In the order that a live Magento took:
 * the rest is invoiced first, so that its cancellation leaves the order complete.
 */
export async function closeShrunkOrder(
  commerce: CommercePort,
  input: ShrunkOrderInput,
  options: CommerceCallOptions,
): Promise<ShrunkOrderResult> {
  const { entityId } = input;
  const order = await commerce.readOrder(entityId, options);
  if (order.state === 'canceled' || order.state === 'closed') return { state: order.state };
  const lines = order.items.map((item) => ({ item, stays: staysOf(item, input) }));
  const shippedTooMuch = lines.filter(({ item, stays }) => item.shipped > stays);
  if (shippedTooMuch.length > 0) return { state: order.state, message: shippedWords(order, shippedTooMuch) };

  const toInvoice = quantities(lines, ({ item, stays }) => stays - item.invoiced);
  if (toInvoice.length > 0) await commerce.invoice(entityId, { ...options, lines: toInvoice });
  const toRefund = quantities(lines, ({ item, stays }) => item.invoiced - item.refunded - stays);
  if (toRefund.length > 0) await commerce.refund(entityId, { ...options, lines: toRefund });
  const toCancel = quantities(lines, ({ item, stays }) => openAfter(item, stays));
  if (toCancel.length > 0) await commerce.cancelRest(entityId, options);

  const after = await commerce.readOrder(entityId, options);
  const message = complaint(after, input);
  return { state: after.state, ...(message !== undefined && { message }) };
}

/** What the quantities or the sums still lack. The first invoice takes all shipping, whatever Amazon charges for it. */
function complaint(after: CommerceOrder, input: ShrunkOrderInput): string | undefined {
  const { number, kept, currency } = after;
  if (after.items.some((item) => openAfter(item, staysOf(item, input)) > 0))
    return `Commerce does not cancel the rest of order ${number}.`;
  const { totalMinor } = input;
  if (totalMinor === null || !isKnownCurrency(currency)) return undefined;
  const [wanted, found] = [formatMinor(totalMinor, currency), kept.toFixed(decimalsOf(currency))];
  return wanted === found
    ? undefined
    : `Commerce order ${number} keeps ${found} ${currency}, Amazon’s total is ${wanted} now: put the difference right by hand.`;
}

/** Lines of ours alone, such as fees, are not shrunk. */
function staysOf({ itemId, ordered }: CommerceOrderItem, { itemIds, units }: ShrunkOrderInput): number {
  const line = Object.entries(itemIds).find(([, id]) => id === itemId);
  return line ? Math.min(units[line[0]] ?? 0, ordered) : ordered;
}

/** Units that nobody will ship, and that are neither invoiced nor canceled. */
const openAfter = ({ ordered, invoiced, canceled }: CommerceOrderItem, stays: number): number =>
  ordered - canceled - Math.max(invoiced, stays);

const quantities = (lines: readonly Staying[], of: (line: Staying) => number): ItemQuantity[] =>
  lines
    .map((line) => ({ itemId: line.item.itemId, quantity: of(line) }))
    .filter(({ quantity }) => quantity > 0);

function shippedWords({ number }: CommerceOrder, lines: readonly Staying[]): string {
  const units = lines.map(({ item, stays }) => `${item.shipped - stays} × ${item.sku}`).join(', ');
  return `Commerce shipped ${units} of order ${number}, which Amazon had cancelled: put Commerce right by hand.`;
}
