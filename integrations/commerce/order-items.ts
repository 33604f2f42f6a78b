import type { CommerceAmounts, ExtraLine } from '../../domain/amounts';
import { formatMinor } from '../../domain/money';
import { type AmazonOrder, type OrderLine, quantityToShip } from '../../domain/order';
import type { Product, Store } from './records';
import { storable } from './text';
import { twins } from './twins';

/** What lines and totals are made from. */
export interface ItemSource {
  readonly order: AmazonOrder;
  readonly amounts: CommerceAmounts;
  /** The same in the currency of the store's website. */
  readonly baseAmounts: CommerceAmounts;
  readonly store: Store;
  /** Those of all lines. */
  readonly products: readonly Product[];
}

type RowAmounts = Pick<ExtraLine, 'rowTotalMinor' | 'taxMinor' | 'discountMinor'>;

const nameWidth = 255;
/** Lines of {@link extraItem} begin with this. */
export const extraSkuPrefix = 'AMAZON-';

/** Everything has left and is paid: written as a complete order, without documents. */
export function isComplete({ status }: AmazonOrder): boolean {
  return status === 'SHIPPED';
}

export function findProduct(products: readonly Product[], sku: string): Product | undefined {
  const same = (product: Product) => product.sku.toLowerCase() === sku.toLowerCase();
  return products.find((product) => product.sku === sku) ?? products.find(same);
}

/** Major units as a JSON number: 9956 in USD is 99.56. */
export function toAmount(minor: number, currency: string): number {
  return Number(formatMinor(minor, currency));
}

/** Four decimals, as Commerce keeps them. */
export function round4(value: number): number {
  return Number(value.toFixed(4));
}

/** What is bought of something, in the order's currency and in the website's. */
interface Bought {
  readonly quantity: number;
  readonly row: RowAmounts;
  readonly baseRow: RowAmounts;
  readonly currency: string;
  readonly baseCurrency: string;
}

export function orderItems(source: ItemSource) {
  const { order, amounts, baseAmounts } = source;
  return [
    ...order.lines
      .filter((line) => quantityToShip(line) > 0 || hasAmounts(rowOf(amounts, line)))
      .map((line) => lineItem(source, line)),
    ...amounts.extraLines.map((line, index) => {
      const baseRow = baseAmounts.extraLines[index] ?? none;
      return extraItem(source, line, bought(source, { quantity: 1, row: line, baseRow }));
    }),
  ];
}

function bought(
  { amounts, baseAmounts }: ItemSource,
  rows: Pick<Bought, 'quantity' | 'row' | 'baseRow'>,
): Bought {
  return { ...rows, currency: amounts.currency, baseCurrency: baseAmounts.currency };
}

const none: RowAmounts = { rowTotalMinor: 0, taxMinor: 0, discountMinor: 0 };

function rowOf({ lines }: CommerceAmounts, { orderItemId }: OrderLine): RowAmounts {
  return lines.find((line) => line.orderItemId === orderItemId) ?? none;
}

function hasAmounts({ rowTotalMinor, taxMinor, discountMinor }: RowAmounts): boolean {
  return rowTotalMinor !== 0 || taxMinor !== 0 || discountMinor !== 0;
}

/** Units that Amazon has cancelled are left out: nobody will ship them, and an order with them never completes. */
function lineItem(source: ItemSource, line: OrderLine) {
  const { order, amounts, baseAmounts, store, products } = source;
  const product = findProduct(products, line.sku);
  const isVirtual = product?.type === 'virtual';
  const quantity = quantityToShip(line);
  const weight = product?.weight ?? 0;
  const rows = { row: rowOf(amounts, line), baseRow: rowOf(baseAmounts, line) };
  const what = bought(source, { quantity, ...rows });
  return {
    ext_order_item_id: line.orderItemId,
    sku: product?.sku ?? line.sku,
    name: storable(product?.name ?? line.title, nameWidth),
    ...(product && { product_id: product.id }),
    // Without a type the order is taken and its shipment is a PHP error.
    product_type: isVirtual ? 'virtual' : 'simple',
    is_virtual: isVirtual ? 1 : 0,
    store_id: store.id,
    weight,
    row_weight: round4(weight * quantity),
    ...rowColumns(what),
    ...(isComplete(order) && invoicedColumns(what)),
    ...(!isVirtual && shippedColumns(order, line)),
  };
}

/** A virtual line: nothing to ship, and Commerce completes orders with such lines. */
function extraItem({ order, store }: ItemSource, line: ExtraLine, what: Bought) {
  return {
    sku: line.sku,
    name: line.title,
    product_type: 'virtual',
    is_virtual: 1,
    store_id: store.id,
    weight: 0,
    row_weight: 0,
    ...rowColumns(what),
    ...(isComplete(order) && invoicedColumns(what)),
  };
}

function rowColumns(what: Bought) {
  const { row, baseRow, quantity } = what;
  const taxedMinor = row.rowTotalMinor - row.discountMinor;
  return {
    is_qty_decimal: 0,
    free_shipping: 0,
    no_discount: 1,
    qty_ordered: quantity,
    tax_percent: taxedMinor > 0 ? Number(((100 * row.taxMinor) / taxedMinor).toFixed(2)) : 0,
    discount_percent: 0,
    ...twins(priceColumns(row, quantity, what.currency), priceColumns(baseRow, quantity, what.baseCurrency)),
  };
}

/** Rows are the truth; a price per piece may be off by a fraction of a cent. */
function priceColumns(row: RowAmounts, quantity: number, currency: string) {
  const inclTaxMinor = row.rowTotalMinor + row.taxMinor;
  const each = (minor: number) => round4(toAmount(minor, currency) / (quantity || 1));
  return {
    original_price: each(row.rowTotalMinor),
    price: each(row.rowTotalMinor),
    price_incl_tax: each(inclTaxMinor),
    tax_amount: toAmount(row.taxMinor, currency),
    discount_amount: toAmount(row.discountMinor, currency),
    discount_tax_compensation_amount: 0,
    row_total: toAmount(row.rowTotalMinor, currency),
    row_total_incl_tax: toAmount(inclTaxMinor, currency),
  };
}

function invoicedColumns({ row, baseRow, quantity, currency, baseCurrency }: Bought) {
  const columns = ({ rowTotalMinor, taxMinor, discountMinor }: RowAmounts, code: string) => ({
    row_invoiced: toAmount(rowTotalMinor, code),
    tax_invoiced: toAmount(taxMinor, code),
    discount_invoiced: toAmount(discountMinor, code),
  });
  return { qty_invoiced: quantity, ...twins(columns(row, currency), columns(baseRow, baseCurrency)) };
}

/** Units that left before the import have no shipment in Commerce; it then ships exactly the rest. */
function shippedColumns(order: AmazonOrder, line: OrderLine) {
  const units = quantityToShip(line);
  const shipped = isComplete(order) ? units : Math.min(line.quantityFulfilled, units);
  return shipped > 0 ? { qty_shipped: shipped } : {};
}
