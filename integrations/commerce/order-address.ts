import { marketplaceCountry } from '../../domain/marketplaces';
import type { Address, AmazonOrder } from '../../domain/order';
import { orderEmail, type PersonName } from './identity';
import type { Region } from './records';
import { isBlank, storable } from './text';

const width = 255;
/** Amazon gives no address for what it ships itself; Commerce wants one all the same. */
const unknown = '-';

export function countryOf({ shipTo, marketplaceId }: AmazonOrder): string {
  const country = shipTo?.countryCode?.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(country) ? country : (marketplaceCountry(marketplaceId) ?? 'US');
}

/** All keys are there, because an absent one is refused and an empty one is not. */
export function orderAddress<K extends 'billing' | 'shipping'>(
  kind: K,
  order: AmazonOrder,
  name: PersonName,
  regions: readonly Region[],
) {
  const shipTo = order.shipTo ?? { lines: [] };
  const companyName =
    kind === 'billing' ? (order.buyer?.companyName ?? shipTo.companyName) : shipTo.companyName;
  const company = storable(companyName ?? '', width);
  return {
    address_type: kind,
    email: orderEmail(order),
    firstname: name.firstName,
    lastname: name.lastName,
    ...(company && { company }),
    street: streetOf(order, shipTo),
    city: storable(shipTo.city ?? '', width) || unknown,
    ...regionOf(shipTo, regions),
    postcode: storable(shipTo.postalCode ?? '', width) || unknown,
    country_id: countryOf(order),
    telephone: storable(shipTo.phone ?? '', width),
  };
}

/** Commerce keeps the lines in one column, with line breaks between them. */
function streetOf({ fulfilledBy }: AmazonOrder, { lines }: Address): string[] {
  const known = lines.map((line) => storable(line, width)).filter((line) => !isBlank(line));
  if (known.length === 0)
    return [fulfilledBy === 'AMAZON' ? 'Fulfilled by Amazon' : 'No address from Amazon'];
  return known.join('\n').slice(0, width).split('\n');
}

function regionOf({ stateOrRegion }: Address, regions: readonly Region[]) {
  const text = storable(stateOrRegion ?? '', width);
  if (text === '') return {};
  const found = matchRegion(text, regions);
  return found ? { region: found.name, region_code: found.code, region_id: found.id } : { region: text };
}

/** By code, then by name; neither case nor accents count. */
export function matchRegion(text: string, regions: readonly Region[]): Region | undefined {
  const wanted = plain(text);
  return (
    regions.find(({ code }) => plain(code) === wanted) ?? regions.find(({ name }) => plain(name) === wanted)
  );
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
