import type { OrderEntity } from './order-entity';
import type { CommerceOrder, LineAmounts, OrderTotals } from './records';

/** What is looked at again of the creation of an order: nothing of the buyer. */
export interface SentOrder {
  /** Absent where Commerce gives the number. */
  readonly number?: string;
  readonly state: string;
  readonly status: string;
  readonly currency: string;
  readonly baseCurrency: string;
  readonly totals: OrderTotals;
  readonly baseTotals: OrderTotals;
  readonly lines: readonly SentLine[];
}

export interface SentLine {
  readonly sku: string;
  /** Amazon's; absent in charges of the whole order. */
  readonly orderItemId?: string;
  /** Units that had left before, if any. */
  readonly shipped?: number;
  readonly amounts: LineAmounts;
  readonly baseAmounts: LineAmounts;
}

export function sentOrder(entity: OrderEntity): SentOrder {
  return {
    ...(entity.increment_id !== undefined && { number: entity.increment_id }),
    state: entity.state,
    status: entity.status,
    currency: entity.order_currency_code,
    baseCurrency: entity.base_currency_code,
    totals: {
      subtotal: entity.subtotal,
      tax: entity.tax_amount,
      shipping: entity.shipping_amount,
      discount: entity.discount_amount,
      grandTotal: entity.grand_total,
    },
    baseTotals: {
      subtotal: entity.base_subtotal,
      tax: entity.base_tax_amount,
      shipping: entity.base_shipping_amount,
      discount: entity.base_discount_amount,
      grandTotal: entity.base_grand_total,
    },
    lines: entity.items.map(sentLine),
  };
}

/** Charges of the whole order have neither an id nor units. */
interface Item extends Rows {
  readonly sku: string;
  readonly ext_order_item_id?: string;
  readonly qty_shipped?: number | undefined;
}

type Rows = Pick<
  OrderEntity['items'][number],
  | 'row_total'
  | 'tax_amount'
  | 'discount_amount'
  | 'base_row_total'
  | 'base_tax_amount'
  | 'base_discount_amount'
>;

function sentLine(item: Item): SentLine {
  return {
    sku: item.sku,
    ...(item.ext_order_item_id !== undefined && { orderItemId: item.ext_order_item_id }),
    ...(item.qty_shipped !== undefined && { shipped: item.qty_shipped }),
    amounts: { rowTotal: item.row_total, tax: item.tax_amount, discount: item.discount_amount },
    baseAmounts: {
      rowTotal: item.base_row_total,
      tax: item.base_tax_amount,
      discount: item.base_discount_amount,
    },
  };
}

/** Whether an order with Amazon's id can be the one that was sent, and not another tool's. */
export function canBe({ number, lines }: SentOrder, stored: CommerceOrder): boolean {
  const ids = stored.items.map(({ orderItemId }) => orderItemId);
  const hasLine = ({ orderItemId: id }: SentLine) => id === undefined || ids.includes(id);
  return (number === undefined || number === stored.number) && lines.every(hasLine);
}
