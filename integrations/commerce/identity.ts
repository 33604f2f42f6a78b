import type { AmazonOrder } from '../../domain/order';
import { isBlank, storable } from './text';

export interface PersonName {
  readonly firstName: string;
  readonly lastName: string;
}

const nameWidth = 128;
const emailWidth = 128;
const emailPattern = /^[^\s@<>()[\],;:"]+@[^\s@.]+(\.[^\s@.]+)+$/;
const suffixPattern = /^(jr|sr|ii|iii|iv)\.?$/i;

/** The address that Amazon relays to the buyer; undefined where it gave none that Commerce would take. */
export function relayedEmail({ buyer }: AmazonOrder): string | undefined {
  const email = storable(buyer?.email ?? '', 255);
  return emailPattern.test(email) && email.length <= emailWidth ? email : undefined;
}

/**
 * The buyer's address, or one that belongs to this order alone and reaches nobody: example.com takes no mail
 * (RFC 2606). Not `.invalid`, which is on no list of top-level domains that a shop may check against.
 */
export function orderEmail(order: AmazonOrder): string {
  return relayedEmail(order) ?? `${order.amazonOrderId}@amazon.example.com`;
}

/** Amazon's single name in two parts, both never empty; of the order's own where there is no name. */
export function personName(order: AmazonOrder, name: string | undefined): PersonName {
  const clean = storable(name ?? '', 2 * nameWidth);
  return isBlank(clean) ? { firstName: 'Amazon', lastName: order.amazonOrderId } : splitName(clean);
}

function splitName(name: string): PersonName {
  const words = withoutTrailingSigns(name.split(' '));
  const last = words.at(-1) ?? '';
  const inLastName = words.length > 2 && suffixPattern.test(last) ? 2 : 1;
  const first = words.length > 1 ? words.slice(0, -inLastName) : words;
  const rest = words.length > 1 ? words.slice(-inLastName) : ['-'];
  return {
    firstName: storable(first.join(' '), nameWidth),
    lastName: storable(rest.join(' '), nameWidth),
  };
}

/** "Ada Sample ☺": a sign is no last name. */
function withoutTrailingSigns(words: readonly string[]): readonly string[] {
  const end = words.findLastIndex((word) => !isBlank(word));
  return words.slice(0, end + 1);
}

/** Accounts take letters, digits, blanks and a few signs in names; the others go. */
export function accountName(name: PersonName): PersonName {
  const clean = (text: string) =>
    storable(text.replace(/[^\p{L}\p{M}\d\s,\-_.'’`&]/gu, ' '), nameWidth) || '-';
  return { firstName: clean(name.firstName), lastName: clean(name.lastName) };
}
