import type { AmazonOrder } from '../../domain/order';
import { accountName, personName } from './identity';
import { countryOf, matchRegion } from './order-address';
import type { Region } from './records';
import { isBlank, storable } from './text';

/** An address of a new account; Commerce checks it as it checks what a customer types, other than an order's. */
export type CustomerAddress = ReturnType<typeof addressOf>;

const width = 255;
const regionWidth = 100;
/** More is a setting of the shop's. */
const streetLines = 2;
const phoneWidth = 20;

/** Where the order goes, as an account takes it; undefined where Amazon shows less than Commerce asks for. */
export function customerAddress(order: AmazonOrder, regions: readonly Region[]): CustomerAddress | undefined {
  const address = addressOf(order, regions);
  const { street, city, telephone } = address;
  return street.length > 0 && city !== '' && telephone !== '' ? address : undefined;
}

function addressOf(order: AmazonOrder, regions: readonly Region[]) {
  const { lines = [], city, postalCode, phone, companyName, stateOrRegion } = order.shipTo ?? {};
  const { firstName, lastName } = accountName(personName(order, order.shipTo?.name ?? order.buyer?.name));
  const company = storable(companyName ?? '', width);
  return {
    firstname: firstName,
    lastname: lastName,
    ...(company && { company }),
    street: streetOf(lines),
    city: storable(city ?? '', width),
    ...regionOf(stateOrRegion, regions),
    postcode: storable(postalCode ?? '', width),
    country_id: countryOf(order),
    telephone: phoneOf(phone ?? ''),
    default_billing: true,
    default_shipping: true,
  };
}

function streetOf(lines: readonly string[]): string[] {
  const known = lines.map((line) => storable(line, width)).filter((line) => !isBlank(line));
  const rest = known.slice(streetLines - 1).join(', ');
  const street = [...known.slice(0, streetLines - 1), rest].filter((line) => line !== '');
  return street.join('\n').slice(0, width).split('\n').filter(Boolean);
}

/** Nested here, other than in orders; without an id where Commerce does not know the region. */
function regionOf(stateOrRegion: string | undefined, regions: readonly Region[]) {
  const text = storable(stateOrRegion ?? '', regionWidth);
  if (text === '') return {};
  const { code, name, id } = matchRegion(text, regions) ?? { code: text, name: text, id: 0 };
  return { region: { region_code: code, region: name, region_id: id } };
}

/** Amazon's relayed numbers end in "ext. 12345", which is too long for an account. */
function phoneOf(phone: string): string {
  const number = phone.replace(/\s*(?:ext|x)\.?\s*\d+\s*$/i, '').replace(/[^\d\s+()-]/g, ' ');
  return isBlank(number) ? '' : storable(number, phoneWidth);
}
