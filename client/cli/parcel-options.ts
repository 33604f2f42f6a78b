import type { AmazonOrder } from '../../domain/order';
import type { ParcelLine } from '../../domain/parcel';
import { CliError } from './errors';

/** `<what>=<units>`; the name of what may have an equals sign itself. */
function unitsOf(text: string): { what: string; quantity: number } | undefined {
  const [, what, quantity] = /^\s*(\S.*)=([1-9]\d{0,5})\s*$/.exec(text) ?? [];
  return what === undefined ? undefined : { what, quantity: Number(quantity) };
}

/** Of `--items`: order item ids alone. */
export function itemsOf(items: string): ParcelLine[] {
  return items.split(',').map((item) => {
    const units = unitsOf(item);
    if (units && !/\s/.test(units.what)) return { orderItemId: units.what, quantity: units.quantity };
    throw new CliError(`--items is a list like 70000000000001=2,70000000000002=1, not "${items}".`);
  });
}

/** Of `--line`: order item ids, or Amazon's SKUs where they name one line. */
export function linesOf(texts: readonly string[], { lines }: Pick<AmazonOrder, 'lines'>): ParcelLine[] {
  return texts.map((text) => {
    const units = unitsOf(text);
    if (!units) throw new CliError(`--line is like MUG-1=2 or 70000000000001=2, not "${text}".`);
    const { what, quantity } = units;
    const named = lines.filter(({ orderItemId, sku }) => orderItemId === what || sku === what);
    const [line, ...others] = named;
    if (!line) throw new CliError(`The order has no line ${what}; it has ${namesOf(lines)}.`);
    if (others.length > 0) {
      throw new CliError(`The order has several lines ${what}: name the item, one of ${namesOf(named)}.`);
    }
    return { orderItemId: line.orderItemId, quantity };
  });
}

const namesOf = (lines: AmazonOrder['lines']): string =>
  lines.map(({ orderItemId, sku }) => `${sku} (item ${orderItemId})`).join(', ');

/** Of `--shipped-at`, as ISO 8601. */
export function instantOf(text: string): string {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new CliError(`--shipped-at is an instant like 2026-10-01T14:05:00Z, not "${text}".`);
}
