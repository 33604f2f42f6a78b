import { CommerceRefusedError } from '../integrations/commerce/errors';
import type { SourceItem } from '../integrations/commerce/inventory';
import type { CommerceCallOptions, CommercePort, StockRequest } from '../integrations/commerce/port';
import type { ShipOrderInput } from './contracts/commerce';

/** Of Default Stock, from which shops without sources of their own ship. */
const defaultSource = 'default';

/**
 * The source that a shipment of ours leaves: that of the order's units, else the first of its website's stock that has
 * all of the parcel, products without managed stock aside. Without it Commerce may deduct from a source that the stock
 * does not even have.
 *
 * @throws CommerceRefusedError where no single source has the parcel.
 */
export async function sourceFor(
  commerce: CommercePort,
  { source, store }: Pick<ShipOrderInput, 'source' | 'store'>,
  units: readonly StockRequest[],
  options: CommerceCallOptions,
): Promise<string> {
  if (source !== undefined || store === undefined) return source ?? defaultSource;
  const { websiteCode } = await commerce.store(store);
  const sources = await commerce.inventory.sourcesOf(websiteCode);
  const [first, ...others] = sources;
  if (first === undefined) throw refused(commerce, `Website ${websiteCode} sells from no source.`);
  if (others.length === 0) return first;
  const items = await commerce.inventory.items(
    units.map(({ sku }) => sku),
    sources,
    options,
  );
  const withAll = (wanted: readonly StockRequest[]) =>
    sources.find((code) => wanted.every((unit) => has(items, code, unit)));
  const found = withAll(units) ?? withAll(await managedOf(commerce, units, options));
  if (found !== undefined) return found;
  const names = sources.join(', ');
  throw refused(
    commerce,
    `None of the sources ${names} has all of this parcel: book its units in at one of them, or create its shipments by hand.`,
  );
}

/** What is kept nowhere has no managed stock: any source will do. */
function has(items: readonly SourceItem[], source: string, { sku, quantity }: StockRequest): boolean {
  const own = items.filter((item) => item.sku.toLowerCase() === sku.toLowerCase());
  return own.length === 0 || own.some((item) => item.source === source && item.quantity >= quantity);
}

/** Back orders included: their units, too, must be at the source before Commerce ships them. */
async function managedOf(
  commerce: CommercePort,
  units: readonly StockRequest[],
  options: CommerceCallOptions,
): Promise<StockRequest[]> {
  const managed = await Promise.all(units.map(({ sku }) => commerce.inventory.isManaged(sku, options)));
  return units.filter((_, index) => managed[index]);
}

const refused = ({ name }: CommercePort, sentence: string) =>
  new CommerceRefusedError(
    { commerce: name, operation: 'ship order', method: 'POST', path: '/V1/order/{orderId}/ship' },
    sentence,
  );
