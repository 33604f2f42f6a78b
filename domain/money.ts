/** Amounts are integer minor units of one currency: 99.56 USD is 9956, 1200 JPY is 1200. Never floats. */

/** ISO 4217 currencies with their number of decimals: of Amazon’s marketplaces, and others that shops calculate in. */
const decimals: Readonly<Record<string, number>> = {
  AED: 2,
  AUD: 2,
  BHD: 3,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CLP: 0,
  CNY: 2,
  CZK: 2,
  DKK: 2,
  EGP: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  HUF: 2,
  ILS: 2,
  INR: 2,
  ISK: 0,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  MXN: 2,
  NOK: 2,
  NZD: 2,
  PLN: 2,
  RON: 2,
  SAR: 2,
  SEK: 2,
  SGD: 2,
  THB: 2,
  TRY: 2,
  TWD: 2,
  USD: 2,
  ZAR: 2,
};

export function isKnownCurrency(currency: string): boolean {
  return Object.hasOwn(decimals, currency);
}

/** @throws RangeError for an unknown currency */
export function decimalsOf(currency: string): number {
  const digits = isKnownCurrency(currency) ? decimals[currency] : undefined;
  if (digits === undefined) throw new RangeError(`Currency ${currency} is not known`);
  return digits;
}

/**
 * Reads Amazon's decimal string, e.g. "99.56" in USD to 9956. Trailing zeros beyond the currency's decimals
 * are accepted ("1200.00" JPY), any other excess digit is not: a sum would be wrong by it.
 *
 * @throws RangeError for an unknown currency, a text that is no decimal number, or too many digits.
 */
export function parseMinor(amount: string, currency: string): number {
  const digits = decimalsOf(currency);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount.trim());
  if (!match) throw new RangeError(`"${amount}" is not a decimal amount`);
  const [, sign, whole = '0', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(digits))) {
    throw new RangeError(`"${amount}" has more decimals than ${currency} allows`);
  }
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) throw new RangeError(`"${amount}" is too large`);
  return sign && minor !== 0 ? -minor : minor;
}

/** The reverse of {@link parseMinor}: 9956 in USD to "99.56". */
export function formatMinor(minor: number, currency: string): string {
  const digits = decimalsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = digits > 0 ? `.${text.slice(text.length - digits)}` : '';
  return `${minor < 0 ? '-' : ''}${whole}${fraction}`;
}

export function sum(minors: readonly number[]): number {
  return minors.reduce((total, minor) => total + minor, 0);
}
