import fc from 'fast-check';
import { formatMinor, isKnownCurrency, parseMinor, sum } from '../../domain/money';

describe('money', () => {
  it.each([
    ['99.56', 'USD', 9956],
    ['99.5', 'EUR', 9950],
    ['-2.00', 'GBP', -200],
    ['0.07', 'USD', 7],
    ['1200', 'JPY', 1200],
    ['1200.00', 'JPY', 1200],
    ['19.9900', 'USD', 1999],
    ['-0.00', 'USD', 0],
    [' 5 ', 'USD', 500],
  ])('reads "%s" %s as %i', (amount, currency, minor) => {
    expect(parseMinor(amount, currency)).toBe(minor);
  });

  it.each([
    ['1.005', 'USD', 'more decimals than USD allows'],
    ['1.5', 'JPY', 'more decimals than JPY allows'],
    ['1,50', 'EUR', 'is not a decimal amount'],
    ['.5', 'EUR', 'is not a decimal amount'],
    ['1e3', 'EUR', 'is not a decimal amount'],
    ['', 'EUR', 'is not a decimal amount'],
    ['99999999999999.99', 'USD', 'is too large'],
    ['1.00', 'XXX', 'Currency XXX is not known'],
    ['1.00', 'constructor', 'Currency constructor is not known'],
  ])('refuses "%s" %s', (amount, currency, sentence) => {
    expect(() => parseMinor(amount, currency)).toThrow(sentence);
    expect(() => parseMinor(amount, currency)).toThrow(RangeError);
  });

  it('reads back what it writes', () => {
    const currencies = fc.constantFrom('USD', 'EUR', 'JPY', 'SEK');
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), currencies, (minor, currency) => {
        expect(parseMinor(formatMinor(minor, currency), currency)).toBe(minor);
      }),
    );
  });

  it.each([
    [7, 'USD', '0.07'],
    [-7, 'USD', '-0.07'],
    [9956, 'USD', '99.56'],
    [0, 'JPY', '0'],
    [1200, 'JPY', '1200'],
  ])('writes %i %s as %s', (minor, currency, text) => {
    expect(formatMinor(minor, currency)).toBe(text);
  });

  it("knows the currencies of Amazon's marketplaces and no property of every object", () => {
    expect(isKnownCurrency('TRY')).toBe(true);
    expect(isKnownCurrency('toString')).toBe(false);
  });

  it('sums nothing to zero', () => {
    expect(sum([])).toBe(0);
    expect(sum([10, 20, -5])).toBe(25);
  });
});
