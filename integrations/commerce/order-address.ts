import type { Address, AmazonOrder } from '../../domain/order';
import { orderEmail, type PersonName } from './identity';
import type { Region } from './records';
import { isBlank, storable } from './text';

const width = 255;
/** Amazon gives no address for what it ships itself; Commerce wants one all the same. */
const unknown = '-';

/** Country of each marketplace (Amazon: "Marketplace IDs"), for orders without an address. */
const marketplaceCountries: Readonly<Record<string, string>> = {
  A2EUQ1WTGCTBG2: 'CA',
  ATVPDKIKX0DER: 'US',
  A1AM78C64UM0Y8: 'MX',
  A2Q3Y263D00KWC: 'BR',
  A28R8C7NBKEWEA: 'IE',
  A1RKKUPIHCS9HS: 'ES',
  A1F83G8C2ARO7P: 'GB',
  A13V1IB3VIYZZH: 'FR',
  AMEN7PMS3EDWL: 'BE',
  A1805IZSGTT6HS: 'NL',
  A1PA6795UKMFR9: 'DE',
  APJ6JRA9NG5V4: 'IT',
  A2NODRKZP88ZB9: 'SE',
  AE08WJ6YKNBMC: 'ZA',
  A1C3SOZRARQ6R3: 'PL',
  ARBP9OOSHTCHU: 'EG',
  A33AVAJ2PDY3EV: 'TR',
  A17E79C6D8DWNP: 'SA',
  A2VIGQ35RCS4UG: 'AE',
  A21TJRUUN4KGV: 'IN',
  A19VAU5U5O7RUS: 'SG',
  A39IBJ37TRP1C6: 'AU',
  A1VC38T7YXB528: 'JP',
};

export function countryOf({ shipTo, marketplaceId }: AmazonOrder): string {
  const country = shipTo?.countryCode?.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(country) ? country : (marketplaceCountries[marketplaceId] ?? 'US');
}

/** All keys are there, because an absent one is refused and an empty one is not. */
export function orderAddress<K extends 'billing' | 'shipping'>(
  kind: K,
  order: AmazonOrder,
  name: PersonName,
  regions: readonly Region[],
) {
  const shipTo = order.shipTo ?? { lines: [] };
  const company = storable(shipTo.companyName ?? '', width);
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
