import type { CommerceAmounts } from '../../domain/amounts';
import type { Pinned } from '../../domain/commerce-order';
import { sum } from '../../domain/money';
import type { AmazonOrder } from '../../domain/order';
import { orderEmail, personName } from './identity';
import { orderAddress } from './order-address';
import { type ItemSource, isComplete, orderItems, round4, toAmount } from './order-items';
import type { Region } from './records';
import { twins } from './twins';

export interface EntitySource extends ItemSource {
  readonly pinned: Pinned;
  /** Of the country that the order goes to. */
  readonly regions: readonly Region[];
  /** Status code of the `processing` state for orders that are still to be shipped. */
  readonly orderStatus: string;
  readonly customerId?: number;
}

/** Body of `POST /V1/orders`. */
export type OrderEntity = ReturnType<typeof orderEntity>;

const numberWidth = 50;
/** Commerce's group of ordinary customers; 0 is for guests. */
const generalGroup = 1;

/**
 * The Commerce order of an Amazon order, with Amazon's amounts to the cent and only with fields that 2.4.6
 * knows (an unknown one is a 500). Processing, or complete and paid where everything has left. Commerce stores
 * amounts as sent; signs and sums follow Magento's own: a line's discount is positive, the order's negative.
 */
export function orderEntity(source: EntitySource) {
  const { order, amounts, pinned, store } = source;
  const items = orderItems(source);
  if (items.length === 0) throw new RangeError('An order without lines would be closed at once');
  const state = isComplete(order) ? 'complete' : 'processing';
  const status = isComplete(order) ? 'complete' : source.orderStatus;
  const billing = personName(order, order.buyer?.name ?? order.shipTo?.name);
  const shipping = personName(order, order.shipTo?.name ?? order.buyer?.name);
  return {
    ...(pinned.incrementId !== null && { increment_id: pinned.incrementId.slice(0, numberWidth) }),
    ext_order_id: order.amazonOrderId,
    store_id: store.id,
    // Without both Commerce stores null.
    state,
    status,
    created_at: commerceTime(order.purchasedAt),
    is_virtual: 0,
    ...customerColumns(source),
    // Before the billing address, which takes its e-mail from here.
    customer_email: orderEmail(order),
    customer_firstname: billing.firstName,
    customer_lastname: billing.lastName,
    customer_note_notify: 0,
    ...currencyColumns(source),
    ...totalColumns(amounts),
    ...(isComplete(order) ? paidColumns(amounts) : {}),
    ...(amounts.discountMinor !== 0 && { discount_description: 'Amazon promotion' }),
    shipping_description: `Amazon - ${serviceName(order)}`,
    total_item_count: items.length,
    ...twins({ total_qty_ordered: sum(items.map((item) => item.qty_ordered)) }),
    weight: round4(sum(items.map((item) => item.row_weight))),
    items,
    billing_address: orderAddress('billing', order, billing, source.regions),
    payment: paymentOf(order, amounts),
    status_histories: commentsOf(order, status),
    extension_attributes: {
      shipping_assignments: [
        {
          shipping: {
            // The admin's Ship page fails on orders without a method.
            method: 'flatrate_flatrate',
            address: orderAddress('shipping', order, shipping, source.regions),
            total: shippingColumns(amounts),
          },
          items: [],
        },
      ],
    },
  };
}

function commerceTime(iso: string): string {
  return new Date(iso).toISOString().slice(0, 19).replace('T', ' ');
}

function customerColumns({ customerId }: EntitySource) {
  return customerId === undefined
    ? { customer_is_guest: 1, customer_group_id: 0 }
    : { customer_is_guest: 0, customer_group_id: generalGroup, customer_id: customerId };
}

/** Rates are 1: orders in another currency than the website's are refused before. */
function currencyColumns({ amounts: { currency }, store }: EntitySource) {
  return {
    global_currency_code: store.baseCurrency,
    base_currency_code: store.baseCurrency,
    store_currency_code: currency,
    order_currency_code: currency,
    base_to_global_rate: 1,
    base_to_order_rate: 1,
    store_to_base_rate: 0,
    store_to_order_rate: 0,
  };
}

function shippingColumns({ currency, shippingMinor, shippingTaxMinor }: CommerceAmounts) {
  return twins({
    shipping_amount: toAmount(shippingMinor, currency),
    shipping_tax_amount: toAmount(shippingTaxMinor, currency),
    shipping_incl_tax: toAmount(shippingMinor + shippingTaxMinor, currency),
  });
}

function totalColumns(amounts: CommerceAmounts) {
  const { currency } = amounts;
  const rowTaxMinor = amounts.taxMinor - amounts.shippingTaxMinor;
  return {
    ...twins({
      subtotal: toAmount(amounts.subtotalMinor, currency),
      subtotal_incl_tax: toAmount(amounts.subtotalMinor + rowTaxMinor, currency),
      discount_amount: toAmount(0 - amounts.discountMinor, currency),
      shipping_discount_amount: toAmount(amounts.shippingDiscountMinor, currency),
      tax_amount: toAmount(amounts.taxMinor, currency),
      discount_tax_compensation_amount: 0,
      grand_total: toAmount(amounts.grandTotalMinor, currency),
      total_due: toAmount(amounts.grandTotalMinor, currency),
    }),
    ...shippingColumns(amounts),
    shipping_discount_tax_compensation_amount: 0,
    // Magento's own spelling of this twin.
    base_shipping_discount_tax_compensation_amnt: 0,
  };
}

/** Without `total_paid` Commerce would close a shipped order at once. */
function paidColumns(amounts: CommerceAmounts) {
  const { currency } = amounts;
  return twins({
    total_paid: toAmount(amounts.grandTotalMinor, currency),
    total_due: 0,
    total_invoiced: toAmount(amounts.grandTotalMinor, currency),
    subtotal_invoiced: toAmount(amounts.subtotalMinor, currency),
    tax_invoiced: toAmount(amounts.taxMinor, currency),
    shipping_invoiced: toAmount(amounts.shippingMinor, currency),
    discount_invoiced: toAmount(0 - amounts.discountMinor, currency),
  });
}

function paymentOf(order: AmazonOrder, { currency, ...amounts }: CommerceAmounts) {
  const total = toAmount(amounts.grandTotalMinor, currency);
  return {
    method: 'checkmo',
    account_status: '',
    cc_last4: '',
    additional_information: ['Paid on Amazon', order.amazonOrderId],
    po_number: order.amazonOrderId,
    ...twins({ amount_ordered: total, shipping_amount: toAmount(amounts.shippingMinor, currency) }),
    ...(isComplete(order) && twins({ amount_paid: total })),
  };
}

/** "SECOND_DAY" to "Second day" */
function serviceName({ serviceLevel = 'STANDARD' }: AmazonOrder): string {
  const words = serviceLevel.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function commentsOf(order: AmazonOrder, status: string) {
  const channel = order.fulfilledBy === 'AMAZON' ? 'shipped by Amazon' : 'shipped by the merchant';
  const shipped = sum(order.lines.map((line) => line.quantityFulfilled));
  const texts = [
    `Imported from Amazon order ${order.amazonOrderId} (${channel}, ${order.marketplaceId}, ${serviceName(order)}).`,
  ];
  if (!isComplete(order) && shipped > 0) {
    texts.push(`Shipped before the import, without a shipment here: ${shipped} of ${unitsOf(order)} units.`);
  }
  return texts.map((comment) => ({
    comment,
    entity_name: 'order',
    is_customer_notified: 0,
    is_visible_on_front: 0,
    parent_id: 0,
    status,
  }));
}

function unitsOf(order: AmazonOrder): number {
  return sum(order.lines.map((line) => line.quantityOrdered));
}
