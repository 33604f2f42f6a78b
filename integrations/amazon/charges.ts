import { isKnownCurrency, parseMinor, sum } from '../../domain/money';
import type { Charge, ChargeType } from '../../domain/order';
import { UnreadableField } from './unreadable';
import type { WireBreakdown, WireItem, WireMoney, WireOrder } from './wire';

/** All that an order says about money, in minor units of its one currency. */
export interface OrderCharges {
  /** Null while Amazon shows no price. */
  readonly currency: string | null;
  readonly totalMinor: number | null;
  readonly lines: readonly LineCharges[];
  readonly orderCharges: readonly Charge[];
}

interface LineCharges {
  readonly charges: readonly Charge[];
  readonly totalMinor: number | null;
}

const chargeTypes: readonly ChargeType[] = [
  'ITEM',
  'SHIPPING',
  'GIFT_WRAP',
  'COD_FEE',
  'TAX',
  'DISCOUNT',
  'OTHER',
  'DELIVERY_TIP',
];

/**
 * Reads the proceeds of an order and its lines.
 *
 * @throws UnreadableField for several or unknown currencies, unknown charges, amounts that are no decimals
 */
export function readCharges(order: WireOrder): OrderCharges {
  const currency = currencyOf(order);
  const lines = order.orderItems.map((item, index) => lineCharges(item, `orderItems[${index}].proceeds`));
  const breakdowns = order.proceeds?.breakdowns ?? [];
  const onLines = new Set(lines.flatMap(({ charges }) => charges.map(({ type }) => type)));
  const orderCharges = breakdowns
    .filter((breakdown) => !isPendingTip(breakdown))
    .map((breakdown) => chargeOf(breakdown, 'proceeds.breakdowns'))
    .filter(({ type }) => !onLines.has(type));
  const pendingTip = sum(breakdowns.filter(isPendingTip).map((tip) => minor(tip.subtotal, 'proceeds.tip')));
  return { currency, totalMinor: totalOf(order, lines, orderCharges, pendingTip), lines, orderCharges };
}

function currencyOf(order: WireOrder): string | null {
  const proceeds = [order.proceeds?.grandTotal, ...(order.proceeds?.breakdowns ?? []).flatMap(moneyIn)];
  const lines = order.orderItems.flatMap(({ proceeds: line }) => [
    line?.proceedsTotal,
    ...(line?.breakdowns ?? []).flatMap(moneyIn),
  ]);
  const currencies = new Set([...proceeds, ...lines].flatMap((money) => money?.currencyCode ?? []));
  const [currency, ...others] = currencies;
  if (currency === undefined) return null;
  if (others.length > 0)
    throw new UnreadableField('proceeds', `several currencies, ${[currency, ...others].join(' and ')}`);
  if (!isKnownCurrency(currency)) throw new UnreadableField('proceeds', `currency ${currency} is not known`);
  return currency;
}

const moneyIn = ({ subtotal, detailedBreakdowns }: WireBreakdown): WireMoney[] => [
  subtotal,
  ...detailedBreakdowns.map(({ value }) => value),
];

function lineCharges({ proceeds }: WireItem, path: string): LineCharges {
  return {
    charges: (proceeds?.breakdowns ?? []).map((breakdown) => chargeOf(breakdown, `${path}.breakdowns`)),
    totalMinor: proceeds?.proceedsTotal ? minor(proceeds.proceedsTotal, `${path}.proceedsTotal`) : null,
  };
}

function chargeOf({ type: name, subtotal, detailedBreakdowns }: WireBreakdown, path: string): Charge {
  const type = chargeTypes.find((known) => known === name);
  if (!type) throw new UnreadableField(path, `charge ${name} is not known`);
  return {
    type,
    subtotalMinor: minor(subtotal, `${path} ${type}`),
    details: detailedBreakdowns.map(({ subtype, value }) => ({
      subtype,
      minor: minor(value, `${path} ${type} ${subtype}`),
    })),
  };
}

/** The buyer may still change it. */
const isPendingTip = ({ type, status }: WireBreakdown) => type === 'DELIVERY_TIP' && status === 'PENDING';

/**
 * Amazon does not say whether its total counts a tip that is still pending; where the sum of everything else
 * shows that it does, the tip is taken off.
 */
function totalOf(
  { proceeds }: WireOrder,
  lines: readonly LineCharges[],
  orderCharges: readonly Charge[],
  pendingTip: number,
): number | null {
  if (!proceeds?.grandTotal) return null;
  const total = minor(proceeds.grandTotal, 'proceeds.grandTotal');
  const others =
    sum(lines.map((line) => line.totalMinor ?? 0)) + sum(orderCharges.map((charge) => charge.subtotalMinor));
  return total === others + pendingTip ? others : total;
}

function minor({ amount, currencyCode }: WireMoney, path: string): number {
  try {
    return parseMinor(amount, currencyCode);
  } catch (error) {
    throw new UnreadableField(path, error instanceof RangeError ? error.message : 'no amount');
  }
}
