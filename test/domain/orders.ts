import type { AmazonOrder, Charge, ChargeType, OrderLine } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';

/** An unshipped merchant's order over one mug of 10.00 USD, but for `changes`. */
export function anOrder(changes: Partial<AmazonOrder> = {}): AmazonOrder {
  return {
    amazonOrderId: '113-1234567-1234567',
    marketplaceId: 'ATVPDKIKX0DER',
    status: 'UNSHIPPED',
    fulfilledBy: 'MERCHANT',
    purchasedAt: '2026-11-01T08:00:00Z',
    lastUpdatedAt: '2026-11-01T08:30:00Z',
    programs: [],
    currency: 'USD',
    totalMinor: 1000,
    lines: [aLine()],
    orderCharges: [],
    packages: [],
    ...changes,
  };
}

export function aLine(changes: Partial<OrderLine> = {}): OrderLine {
  const quantityOrdered = changes.quantityOrdered ?? 1;
  return {
    orderItemId: 'item-1',
    sku: 'MUG-1',
    title: 'Mug',
    quantityOrdered,
    quantityFulfilled: 0,
    quantityUnfulfilled: quantityOrdered,
    charges: [charge('ITEM', 1000)],
    totalMinor: null,
    ...changes,
  };
}

export function charge(
  type: ChargeType,
  subtotalMinor: number,
  details: Readonly<Record<string, number>> = {},
): Charge {
  return {
    type,
    subtotalMinor,
    details: Object.entries(details).map(([subtype, minor]) => ({ subtype, minor })),
  };
}

/** A parcel with one unit of `item-1` that Amazon does not know yet, but for `changes`. */
export function aParcel(changes: Partial<Parcel> = {}): Parcel {
  return {
    parcelId: 'commerce-7',
    packageReferenceId: '4711',
    source: { system: 'commerce', shipmentId: '7' },
    carrierCode: 'UPS',
    trackingNumber: '1Z 999-aa1',
    shippedAt: '2026-11-02T10:00:00Z',
    lines: [{ orderItemId: 'item-1', quantity: 1 }],
    amazon: 'waiting',
    ...changes,
  };
}
