import fc from 'fast-check';
import type { AmazonOrder, Charge, OrderLine } from '../../domain/order';
import { aLine, anOrder, charge } from './orders';

/** What one line really costs, without tax and before discount, in minor units. */
interface LineTruth {
  readonly item: Part;
  readonly shipping: Part;
  readonly wrap: Part;
  readonly fee: Part;
}

interface Part {
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly discountMinor: number;
}

/** An order in one of the ways in which Amazon may write it, with the truth beside it. */
export interface ChargedOrder {
  readonly order: AmazonOrder;
  readonly truth: readonly LineTruth[];
  readonly tipMinor: number;
}

interface Writing {
  readonly taxIncluded: boolean;
  readonly discountSign: 1 | -1;
}

const part = (mostMinor: number): fc.Arbitrary<Part> =>
  fc
    .record({
      netMinor: fc.oneof(fc.constant(0), fc.nat(mostMinor)),
      taxPercent: fc.constantFrom(0, 7, 8.25, 20),
      discountPercent: fc.constantFrom(0, 0, 10, 33, 100),
    })
    .map(({ netMinor, taxPercent, discountPercent }) => ({
      netMinor,
      taxMinor: Math.round((netMinor * taxPercent) / 100),
      discountMinor: Math.round((netMinor * discountPercent) / 100),
    }));

const lineTruth: fc.Arbitrary<LineTruth> = fc.record({
  item: part(500_000),
  shipping: part(5_000),
  wrap: part(900),
  fee: part(300),
});

const parts = ({ item, shipping, wrap, fee }: LineTruth) => [item, shipping, wrap, fee];
export const sumOf = (minors: readonly number[]) => minors.reduce((sum, minor) => sum + minor, 0);

/** What the buyer pays for a line. */
export const paidMinor = (line: LineTruth) =>
  sumOf(parts(line).map(({ netMinor, taxMinor, discountMinor }) => netMinor + taxMinor - discountMinor));

function chargesOf(line: LineTruth, { taxIncluded, discountSign }: Writing): Charge[] {
  const shown = ({ netMinor, taxMinor }: Part) => netMinor + (taxIncluded ? taxMinor : 0);
  const { item, shipping, wrap, fee } = line;
  const bySubtype = (of: (part: Part) => number) => ({
    ITEM: of(item),
    SHIPPING: of(shipping),
    GIFT_WRAP: of(wrap),
    COD_FEE: of(fee),
  });
  const taxes = bySubtype(({ taxMinor }) => taxMinor);
  const discounts = bySubtype(({ discountMinor }) =>
    discountMinor === 0 ? 0 : -discountSign * discountMinor,
  );
  return [
    charge('ITEM', shown(item)),
    charge('SHIPPING', shown(shipping)),
    charge('GIFT_WRAP', shown(wrap)),
    charge('COD_FEE', shown(fee)),
    charge('TAX', sumOf(Object.values(taxes)), taxes),
    charge('DISCOUNT', sumOf(Object.values(discounts)), discounts),
  ].filter(({ type, subtotalMinor }) => type === 'ITEM' || subtotalMinor !== 0);
}

const germany = 'A1PA6795UKMFR9';
const unitedStates = 'ATVPDKIKX0DER';

/** All in which Amazon sells. */
export const orderCurrencies = 'AED AUD BRL CAD EGP EUR GBP INR JPY MXN PLN SAR SEK SGD TRY USD ZAR'.split(
  ' ',
);

function write(
  truth: readonly LineTruth[],
  tipMinor: number,
  currency: string,
  writing: Writing,
): AmazonOrder {
  const lines = truth.map(
    (line, index): OrderLine =>
      aLine({
        orderItemId: `item-${index}`,
        charges: chargesOf(line, writing),
        totalMinor: paidMinor(line),
      }),
  );
  return anOrder({
    marketplaceId: writing.taxIncluded ? germany : unitedStates,
    currency,
    totalMinor: sumOf(truth.map(paidMinor)) + tipMinor,
    lines,
    orderCharges: tipMinor > 0 ? [charge('DELIVERY_TIP', tipMinor)] : [],
  });
}

export const chargedOrders: fc.Arbitrary<ChargedOrder> = fc
  .record({
    truth: fc.array(lineTruth, { minLength: 1, maxLength: 4 }),
    tipMinor: fc.oneof(fc.constant(0), fc.nat(2_000)),
    currency: fc.constantFrom(...orderCurrencies),
    taxIncluded: fc.boolean(),
    discountSign: fc.constantFrom<1 | -1>(1, -1),
  })
  .map(({ truth, tipMinor, currency, ...writing }) => ({
    truth,
    tipMinor,
    order: write(truth, tipMinor, currency, writing),
  }));
