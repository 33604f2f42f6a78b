import type { CommerceAmounts } from '../../domain/amounts';
import { formatMinor, sum } from '../../domain/money';
import { type AmazonOrder, quantityToShip } from '../../domain/order';
import { isComplete } from './order-items';

/** "SECOND_DAY" to "Second day" */
export function serviceName({ serviceLevel = 'STANDARD' }: AmazonOrder): string {
  const words = serviceLevel.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface CommentSource {
  readonly order: AmazonOrder;
  readonly amounts: CommerceAmounts;
  /** Further comments. */
  readonly remarks?: readonly string[];
}

/** What a bookkeeper or packer cannot see in the order itself. Nothing of the buyer, and never the gift message. */
export function commentsOf({ order, amounts, remarks = [] }: CommentSource, status: string) {
  const texts = [
    originOf(order),
    ...replacementOf(order),
    ...shippedOf(order),
    ...taxOf(order, amounts),
    ...remarks,
  ];
  return texts.map((comment) => ({
    comment,
    entity_name: 'order',
    is_customer_notified: 0,
    is_visible_on_front: 0,
    parent_id: 0,
    status,
  }));
}

function originOf(order: AmazonOrder): string {
  const channel = order.fulfilledBy === 'AMAZON' ? 'shipped by Amazon' : 'shipped by the merchant';
  return `Imported from Amazon order ${order.amazonOrderId} (${channel}, ${order.marketplaceId}, ${serviceName(order)}).`;
}

function replacementOf({ replaces }: AmazonOrder): string[] {
  return replaces === undefined ? [] : [`Replaces Amazon order ${replaces}.`];
}

function shippedOf(order: AmazonOrder): string[] {
  const shipped = sum(order.lines.map((line) => line.quantityFulfilled));
  if (isComplete(order) || shipped === 0) return [];
  const units = sum(order.lines.map(quantityToShip));
  return [`Shipped before the import, without a shipment here: ${shipped} of ${units} units.`];
}

function taxOf({ lines }: AmazonOrder, { currency, taxMinor, withheldTaxMinor }: CommerceAmounts): string[] {
  if (withheldTaxMinor !== 0) {
    const withheld = `${formatMinor(withheldTaxMinor, currency)} ${currency}`;
    return [`Amazon withholds and remits the tax of ${withheld}: it is in none of the amounts here.`];
  }
  const collected = lines.filter(({ taxCollectedByAmazon }) => taxCollectedByAmazon);
  if (collected.length === 0 || taxMinor === 0) return [];
  const whose = collected.length === lines.length ? 'of this order' : `of ${skusOf(collected)}`;
  return [`Amazon collects and remits the tax ${whose} itself.`];
}

function skusOf(lines: AmazonOrder['lines']): string {
  return [...new Set(lines.map(({ sku }) => sku))].join(', ');
}
