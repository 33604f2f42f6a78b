import { decimalsOf, formatMinor, isKnownCurrency } from '../domain/money';
import type { CommerceCall } from '../integrations/commerce/errors';
import type { CommerceCallOptions, CommercePort, ItemQuantity } from '../integrations/commerce/port';
import type { CommerceOrder, CommerceOrderItem } from '../integrations/commerce/records';
import type { ShrunkOrderInput, ShrunkOrderResult } from './contracts/commerce';
import { documentCall } from './document-call';
import type { Progress } from './heartbeats';
import { onceAtATime } from './posting';

/** A line of the Commerce order with what stays of it, and what has left of it, which can be more. */
interface Staying {
  readonly item: CommerceOrderItem;
  readonly stays: number;
  readonly gone: number;
}

/**
 * Ends an order of which Amazon has cancelled units, once the rest is shipped. In the order that a live Magento took:
 * the rest is invoiced first, so that its cancellation leaves the order complete. Units that Commerce shipped although
 * Amazon had cancelled them are invoiced too, and refunded last: Commerce cancels no line of which more has left than
 * it is to keep.
 */
export async function closeShrunkOrder(
  commerce: CommercePort,
  input: ShrunkOrderInput,
  options: CommerceCallOptions,
  progress: Progress,
): Promise<ShrunkOrderResult> {
  const { entityId } = input;
  const onceEach = onceAtATime(progress);
  const once = (step: Step, make: () => Promise<unknown>) => onceEach(step, callOf(commerce, step), make);
  const order = await commerce.readOrder(entityId, options);
  if (order.state === 'canceled' || order.state === 'closed') return { state: order.state };
  const lines = order.items.map((item) => stayingOf(item, input));
  const toInvoice = quantities(lines, ({ item, gone }) => gone - item.invoiced);
  if (toInvoice.length > 0)
    await once('invoice', () => commerce.invoice(entityId, { ...options, lines: toInvoice }));
  if (lines.some((line) => openAfter(line) > 0))
    await once('cancel', () => commerce.cancelRest(entityId, options));
  const toRefund = quantities(lines, ({ item, stays, gone }) => {
    return Math.max(item.invoiced, gone) - item.refunded - stays;
  });
  if (toRefund.length > 0)
    await once('refund', () => commerce.refund(entityId, { ...options, lines: toRefund }));

  const after = await commerce.readOrder(entityId, options);
  const message = complaints(after, input).join(' ');
  return { state: after.state, ...(message !== '' && { message }) };
}

type Step = 'invoice' | 'cancel' | 'refund';

const callOf = (commerce: CommercePort, step: Step): CommerceCall =>
  step === 'cancel'
    ? {
        commerce: commerce.name,
        operation: 'cancel the rest of the order',
        method: 'POST',
        path: '/V1/orders/{id}/cancel',
      }
    : documentCall(commerce, step);

/** What is left to a person. */
const complaints = (after: CommerceOrder, input: ShrunkOrderInput): string[] =>
  [shippedTooMuch(after, input), remainder(after, input)].filter((each) => each !== undefined);

/** What the quantities or the sums still lack. The first invoice takes all shipping, whatever Amazon charges for it. */
function remainder(after: CommerceOrder, input: ShrunkOrderInput): string | undefined {
  const { number, kept, currency } = after;
  if (after.items.some((item) => openAfter(stayingOf(item, input)) > 0))
    return `Commerce does not cancel the rest of order ${number}.`;
  const { totalMinor } = input;
  if (totalMinor === null || !isKnownCurrency(currency)) return undefined;
  const [wanted, found] = [formatMinor(totalMinor, currency), kept.toFixed(decimalsOf(currency))];
  return wanted === found
    ? undefined
    : `Commerce order ${number} keeps ${found} ${currency}, Amazon’s total is ${wanted} now: put the difference right by hand.`;
}

/** Lines of ours alone, such as fees, are not shrunk. */
function stayingOf(item: CommerceOrderItem, { itemIds, units }: ShrunkOrderInput): Staying {
  const line = Object.entries(itemIds).find(([, id]) => id === item.itemId);
  const stays = line ? Math.min(units[line[0]] ?? 0, item.ordered) : item.ordered;
  return { item, stays, gone: Math.max(stays, item.shipped) };
}

/** Units that nobody will ship, and that are neither invoiced nor canceled. */
const openAfter = ({ item: { ordered, invoiced, canceled }, gone }: Staying): number =>
  ordered - canceled - Math.max(invoiced, gone);

const quantities = (lines: readonly Staying[], of: (line: Staying) => number): ItemQuantity[] =>
  lines
    .map((line) => ({ itemId: line.item.itemId, quantity: of(line) }))
    .filter(({ quantity }) => quantity > 0);

/** The sums are right nevertheless. */
function shippedTooMuch({ number, items }: CommerceOrder, input: ShrunkOrderInput): string | undefined {
  const units = items
    .map((item) => stayingOf(item, input))
    .filter(({ stays, gone }) => gone > stays)
    .map(({ item, stays, gone }) => `${gone - stays} × ${item.sku}`)
    .join(', ');
  return units === ''
    ? undefined
    : `Commerce shipped ${units} of order ${number}, which Amazon had cancelled and does not pay: get it back. It is refunded there without a return to stock.`;
}
