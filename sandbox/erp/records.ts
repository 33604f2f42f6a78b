import type { Answer, Shipment, SubmittedOrder } from './events';

export type ErpOrderState = 'received' | 'accepted' | 'rejected' | 'cancelled' | 'shipped';

export interface ErpOrder {
  orderKey: string;
  state: ErpOrderState;
  erpOrderNumber?: string;
  order: SubmittedOrder;
  /** Submissions that arrived, repetitions included. */
  submits: number;
  /** Submissions under another message id although the order was there and not rejected. */
  duplicateSubmits: number;
  shipments: Shipment[];
  /** It is too late to stop it. */
  packed?: boolean;
  /** Answers to the latest submission and to what followed it. */
  answers: GivenAnswer[];
  /** Answers ever given about this order. */
  answered: number;
}

export interface GivenAnswer {
  answer: Answer;
  nth: number;
  time: string;
}

type RefusalStatus = 401 | 404 | 409 | 415 | 422;

/** A command or message that the ERP does not take. Its message quotes nothing of what was sent. */
export class ErpRefusal extends Error {
  readonly status: RefusalStatus;
  readonly code: string;

  constructor(status: RefusalStatus, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What is still to be shipped, by line key. */
export function left({ order, shipments }: ErpOrder): { lineKey: string; quantity: number }[] {
  const items = shipments.flatMap(({ packages }) => packages).flatMap((parcel) => parcel.items);
  return order.lines
    .map(({ lineKey, quantity, quantityShipped }) => ({
      lineKey,
      quantity: items
        .filter((item) => item.lineKey === lineKey)
        .reduce((rest, item) => rest - item.quantity, quantity - quantityShipped),
    }))
    .filter(({ quantity }) => quantity > 0);
}

/** What is known of a parcel when it is shipped; the rest follows from the shipment's number. */
export interface Parcel {
  carrierCode?: string | undefined;
  carrierName?: string | undefined;
  service?: string | undefined;
  tracking?: string | undefined;
  items?: { lineKey: string; quantity: number }[] | undefined;
}

/** A shipment of one parcel with `items`. */
export function shipmentOf(
  number: number,
  shippedAt: string,
  { carrierCode = 'UPS', carrierName, service, tracking }: Parcel,
  items: { lineKey: string; quantity: number }[],
): Shipment {
  const parcel = {
    packageId: '1',
    carrierCode,
    ...(carrierName !== undefined && { carrierName }),
    ...(service !== undefined && { service }),
    tracking: tracking ?? `1Z999EE1${String(number).padStart(10, '0')}`,
    items,
  };
  return { shipmentId: `SH-${number}`, revision: 1, shippedAt, packages: [parcel] };
}

/** One line of the ERP's books, for comparison with those of Amazon and Commerce. */
export interface BookedErpOrder {
  orderKey: string;
  amazonOrderId: string;
  commerceOrderNumber?: string;
  erpOrderNumber?: string;
  state: ErpOrderState;
  currency: string;
  total: string;
  lines: { lineKey: string; sku: string; quantity: number; total: string }[];
  shipments: Shipment[];
  submits: number;
  duplicateSubmits: number;
}

export function bookedOrder(record: ErpOrder): BookedErpOrder {
  const { amazonOrderId, commerceOrderNumber, currency, total, lines } = record.order;
  return {
    orderKey: record.orderKey,
    amazonOrderId,
    ...(commerceOrderNumber !== undefined && { commerceOrderNumber }),
    ...(record.erpOrderNumber !== undefined && { erpOrderNumber: record.erpOrderNumber }),
    state: record.state,
    currency,
    total,
    lines: lines.map(({ lineKey, sku, quantity, total: lineTotal }) => ({
      lineKey,
      sku,
      quantity,
      total: lineTotal,
    })),
    shipments: record.shipments,
    submits: record.submits,
    duplicateSubmits: record.duplicateSubmits,
  };
}
