import type { OrderSpec } from './amazon/order';
import { type CatalogProduct, catalog } from './catalog';
import type { Random } from './random';
import type { Features } from './seed-features';

type Line = OrderSpec['lines'][number];

/** Charges that an order has beside its items, by turns so that each of them occurs. */
interface Extras {
  shipping: boolean;
  promotion: boolean;
  freeShipping: boolean;
  giftWrap: boolean;
  codFee: boolean;
  otherCharge: boolean;
}

/** How many units a line has, and what becomes of them. */
interface Units {
  readonly quantity: number;
  readonly cancelledUnits: number;
  readonly shippedElsewhere: number;
}

interface LineParts {
  readonly product: CatalogProduct;
  readonly units: Units;
  readonly rate: number;
  readonly extras: Extras;
  readonly features: Features;
}

/** `rate` is in hundredths of a percent; rounded to the minor unit, as a sales tax is. */
function taxOf(minor: number, rate: number, { marketplace }: Features): number {
  return Math.round((minor * rate) / (marketplace.tax === 'included' ? 10_000 + rate : 10_000));
}

function lineOf({ product, units, rate, extras, features }: LineParts, random: Random): Line {
  const priced = (minor: number) => Math.round(minor * features.marketplace.priceFactor);
  const taxed = (minor: number) => taxOf(minor, rate, features);
  const wanted = units.quantity - units.cancelledUnits;
  const unitPriceMinor = priced(product.priceMinor);
  const discountMinor = extras.promotion ? Math.round(unitPriceMinor * wanted * 0.1) : 0;
  const shippingMinor = extras.shipping ? priced(random.pick([399, 599, 749]) + 50 * wanted) : 0;
  const shippingDiscountMinor = extras.freeShipping ? shippingMinor : 0;
  const giftWrapMinor = extras.giftWrap ? priced(349) : 0;
  const codFeeMinor = extras.codFee ? priced(500) : 0;
  const otherMinor = extras.otherCharge ? priced(125) : 0;
  return {
    ...lineHead(product, units, random),
    unitPriceMinor,
    taxMinor: taxed(unitPriceMinor * wanted - discountMinor),
    shippingMinor,
    shippingTaxMinor: taxed(shippingMinor - shippingDiscountMinor),
    discountMinor,
    shippingDiscountMinor,
    giftWrapMinor,
    giftWrapTaxMinor: taxed(giftWrapMinor),
    codFeeMinor,
    codFeeTaxMinor: taxed(codFeeMinor),
    otherMinor,
    otherTaxMinor: taxed(otherMinor),
    ...(features.isTaxOwn && { taxCollectedByAmazon: false }),
    ...(extras.giftWrap && { giftMessage: 'Happy birthday, from all of us!' }),
    ...((extras.promotion || extras.freeShipping) && { promotionId: `DEMO-${random.digits(6)}` }),
  };
}

function lineHead({ sku, name }: CatalogProduct, units: Units, random: Random) {
  return { sku, title: name, ...units, orderItemId: random.digits(14) };
}

const noExtras: Extras = {
  shipping: false,
  promotion: false,
  freeShipping: false,
  giftWrap: false,
  codFee: false,
  otherCharge: false,
};

/** Gift wrap and fees are on the first line. */
function extrasOf(number: number, position: number, { giftWrap, codFee, otherCharge }: Features): Extras {
  const isFirst = position === 0;
  return {
    shipping: number % 3 !== 1,
    promotion: number % 4 === 1,
    freeShipping: number % 8 === 3,
    giftWrap: isFirst && (number % 6 === 2 || giftWrap === true),
    codFee: isFirst && codFee === true,
    otherCharge: isFirst && otherCharge === true,
  };
}

function unitsOf(position: number, features: Features, random: Random): Units {
  const isFirst = position === 0;
  const drawn = random.chance(0.6) ? 1 : random.int(2, 4);
  const quantity = isFirst && (features.cancelledUnits || features.partlyShipped) ? drawn + 2 : drawn;
  return {
    quantity,
    cancelledUnits: features.cancelledUnits ? (isFirst ? 1 : quantity) : 0,
    shippedElsewhere: isFirst && features.partlyShipped ? 1 : 0,
  };
}

function productsOf({ cancelledUnits, isSkuTwice }: Features, random: Random): CatalogProduct[] {
  const count = cancelledUnits ? 2 : random.pick([1, 1, 1, 2, 2, 3]);
  const products = random.shuffled(catalog).slice(0, count);
  return isSkuTwice ? [...products, ...products.slice(0, 1)] : products;
}

/** The lines of the demo's `number`-th order. */
export function linesOf(number: number, features: Features, random: Random): Line[] {
  const rate = random.pick(features.marketplace.taxRates);
  return productsOf(features, random).map((product, position) => {
    const units = unitsOf(position, features, random);
    if (features.isReplacement) return { ...lineHead(product, units, random), unitPriceMinor: 0 };
    const isGone = units.cancelledUnits === units.quantity;
    const extras = isGone ? noExtras : extrasOf(number, position, features);
    return lineOf({ product, units, rate, extras, features }, random);
  });
}
