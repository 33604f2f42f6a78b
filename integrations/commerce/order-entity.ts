import type { CommerceAmounts } from '../../domain/amounts';
import type { Pinned } from '../../domain/commerce-order';
import { sum } from '../../domain/money';
import type { AmazonOrder } from '../../domain/order';
import { orderEmail, personName } from './identity';
import { orderAddress } from './order-address';
import { commentsOf, serviceName } from './order-comments';
import { type ItemSource, isComplete, orderItems, round4, toAmount } from './order-items';
import type { GlobalCurrency, Region } from './records';
import { storable } from './text';
import { twins } from './twins';

export interface EntitySource extends ItemSource {
  readonly pinned: Pinned;
  /** How many units of the order's currency make one of the website's. */
  readonly baseToOrderRate: number;
  /** Default: the website's own. */
  readonly global?: GlobalCurrency;
  /** Of the country that the order goes to. */
  readonly regions: readonly Region[];
  /** Status code of the `processing` state for orders that are still to be shipped. */
  readonly orderStatus: string;
  readonly customerId?: number;
  readonly customerGroupId?: number;
  /** Further inner comments. */
  readonly remarks?: readonly string[];
}

/** Body of `POST /V1/orders`. */
export type OrderEntity = ReturnType<typeof orderEntity>;

const numberWidth = 50;
const purchaseOrderWidth = 32;
const descriptionWidth = 255;
/** Commerce's group of ordinary customers; 0 is for guests. */
const generalGroup = 1;

/**
 * The Commerce order of an Amazon order, with Amazon's amounts to the cent and only with fields that 2.4.6
 * knows (an unknown one is a 500). Processing, or complete and paid where everything has left. Commerce stores
 * amounts as sent; signs and sums follow Magento's own: a line's discount is positive, the order's negative.
 */
export function orderEntity(source: EntitySource) {
  const { order, amounts, baseAmounts, pinned, store } = source;
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
    ...totalColumns(amounts, baseAmounts),
    ...(isComplete(order) ? twins(paidColumns(amounts), paidColumns(baseAmounts)) : {}),
    ...(amounts.discountMinor !== 0 && { discount_description: promotionsOf(order) }),
    shipping_description: `Amazon - ${serviceName(order)}`,
    total_item_count: items.length,
    ...twins({ total_qty_ordered: sum(items.map((item) => item.qty_ordered)) }),
    weight: round4(sum(items.map((item) => item.row_weight))),
    items,
    billing_address: orderAddress('billing', order, billing, source.regions),
    payment: paymentOf(source),
    status_histories: commentsOf(source, status),
    extension_attributes: {
      shipping_assignments: [
        {
          shipping: {
            // The admin's Ship page fails on orders without a method.
            method: 'flatrate_flatrate',
            address: orderAddress('shipping', order, shipping, source.regions),
            total: twins(shippingColumns(amounts), shippingColumns(baseAmounts)),
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

function customerColumns({ customerId, customerGroupId = generalGroup }: EntitySource) {
  return customerId === undefined
    ? { customer_is_guest: 1, customer_group_id: 0 }
    : { customer_is_guest: 0, customer_group_id: customerGroupId, customer_id: customerId };
}

/** The rates that stand here are those of the order from now on, whatever Commerce's later ones are. */
function currencyColumns({ amounts, baseAmounts, baseToOrderRate, global }: EntitySource) {
  return {
    global_currency_code: global?.currency ?? baseAmounts.currency,
    base_currency_code: baseAmounts.currency,
    store_currency_code: baseAmounts.currency,
    order_currency_code: amounts.currency,
    base_to_global_rate: round4(global?.rate ?? 1),
    base_to_order_rate: round4(baseToOrderRate),
    store_to_base_rate: 0,
    store_to_order_rate: 0,
  };
}

function shippingColumns({ currency, shippingMinor, shippingTaxMinor }: CommerceAmounts) {
  return {
    shipping_amount: toAmount(shippingMinor, currency),
    shipping_tax_amount: toAmount(shippingTaxMinor, currency),
    shipping_incl_tax: toAmount(shippingMinor + shippingTaxMinor, currency),
  };
}

function totalColumns(amounts: CommerceAmounts, baseAmounts: CommerceAmounts) {
  return {
    ...twins(sumColumns(amounts), sumColumns(baseAmounts)),
    ...twins(shippingColumns(amounts), shippingColumns(baseAmounts)),
    shipping_discount_tax_compensation_amount: 0,
    // Magento's own spelling of this twin.
    base_shipping_discount_tax_compensation_amnt: 0,
  };
}

function sumColumns(amounts: CommerceAmounts) {
  const { currency } = amounts;
  const rowTaxMinor = amounts.taxMinor - amounts.shippingTaxMinor;
  return {
    subtotal: toAmount(amounts.subtotalMinor, currency),
    subtotal_incl_tax: toAmount(amounts.subtotalMinor + rowTaxMinor, currency),
    discount_amount: toAmount(0 - amounts.discountMinor, currency),
    shipping_discount_amount: toAmount(amounts.shippingDiscountMinor, currency),
    tax_amount: toAmount(amounts.taxMinor, currency),
    discount_tax_compensation_amount: 0,
    grand_total: toAmount(amounts.grandTotalMinor, currency),
    total_due: toAmount(amounts.grandTotalMinor, currency),
  };
}

/** Without `total_paid` Commerce would close a shipped order at once. */
function paidColumns(amounts: CommerceAmounts) {
  const { currency } = amounts;
  return {
    total_paid: toAmount(amounts.grandTotalMinor, currency),
    total_due: 0,
    total_invoiced: toAmount(amounts.grandTotalMinor, currency),
    subtotal_invoiced: toAmount(amounts.subtotalMinor, currency),
    tax_invoiced: toAmount(amounts.taxMinor, currency),
    shipping_invoiced: toAmount(amounts.shippingMinor, currency),
    discount_invoiced: toAmount(0 - amounts.discountMinor, currency),
  };
}

/** A business buyer's own order number stands where Commerce shows one, Amazon's in any case among the facts. */
function paymentOf({ order, amounts, baseAmounts }: EntitySource) {
  const purchaseOrder = storable(order.purchaseOrderNumber ?? '', descriptionWidth);
  const ordered = (of: CommerceAmounts) => ({
    amount_ordered: toAmount(of.grandTotalMinor, of.currency),
    shipping_amount: toAmount(of.shippingMinor, of.currency),
  });
  const paid = (of: CommerceAmounts) => ({ amount_paid: toAmount(of.grandTotalMinor, of.currency) });
  return {
    method: 'checkmo',
    account_status: '',
    cc_last4: '',
    additional_information: [
      'Paid on Amazon',
      order.amazonOrderId,
      ...(purchaseOrder ? [`Purchase order ${purchaseOrder}`] : []),
    ],
    po_number: storable(purchaseOrder, purchaseOrderWidth) || order.amazonOrderId,
    ...twins(ordered(amounts), ordered(baseAmounts)),
    ...(isComplete(order) && twins(paid(amounts), paid(baseAmounts))),
  };
}

function promotionsOf({ lines }: AmazonOrder): string {
  const ids = [...new Set(lines.flatMap(({ promotionIds }) => promotionIds ?? []))];
  return storable(['Amazon promotion', ids.join(', ')].filter(Boolean).join(': '), descriptionWidth);
}
