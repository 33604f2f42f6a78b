import { createHash } from 'node:crypto';

const hexOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Looks like a UUID and is the same for the same text. */
export function uuidOf(text: string): string {
  const hex = hexOf(text);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** Seven digits that the order ids of one seller share and those of others do not. */
export const seriesOf = (name: string): string =>
  String(Number.parseInt(hexOf(name).slice(0, 12), 16) % 10_000_000).padStart(7, '0');

/** An id of a seller, in Amazon's manner. */
export const sellerIdOf = (name: string): string =>
  `A1SANDBOX${name.toUpperCase().replace(/[^A-Z0-9]/g, '')}`.slice(0, 20);
