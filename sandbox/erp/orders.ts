import type { Store } from '../store';
import type { ErpBooks, Task } from './books';
import type { ChannelEvent, SubmittedEvent, SubmittedOrder } from './events';
import { type ErpOrder, ErpRefusal, left, type Parcel, shipmentOf } from './records';
import type { ErpSettings } from './settings';

export interface ErpOrders {
  /**
   * Takes a verified message of the channel. A repeated one changes nothing and is answered again.
   *
   * @throws ErpRefusal
   */
  receive(event: ChannelEvent): void;
  /** These throw an ErpRefusal where the order is not there, or not in the state for it. */
  accept(orderKey: string): ErpOrder;
  reject(orderKey: string, code: string, message: string): ErpOrder;
  /** From now on it is not stopped any more. */
  pack(orderKey: string): ErpOrder;
  /** One shipment with one parcel; without `items`, of all that is left. */
  ship(orderKey: string, parcel: Parcel): ErpOrder;
  /** Tells the shipment anew, as its next revision. */
  correct(orderKey: string, shipmentId: string, tracking: string): ErpOrder;
  /** Acknowledges and ships what is due. */
  work(): void;
  all(): ErpOrder[];
  reset(): void;
}

interface Desk {
  books: ErpBooks;
  settings: () => ErpSettings;
}

const firstOrderNumber = 100_001;

export function createErpOrders(store: Store, desk: Desk): ErpOrders {
  const { books } = desk;
  return {
    receive: (event) =>
      store.transaction(() => {
        const repeated = books.isRepeated(event.id);
        if (event.kind === 'order.submitted') submitted(desk, event, repeated);
        else cancelRequested(desk, event.orderKey, repeated);
      }),
    accept: (orderKey) => store.transaction(() => accept(desk, orderKey)),
    reject: (orderKey, code, message) => store.transaction(() => reject(desk, orderKey, { code, message })),
    pack: (orderKey) => store.transaction(() => pack(desk, orderKey)),
    correct: (orderKey, shipmentId, tracking) =>
      store.transaction(() => correct(desk, orderKey, { shipmentId, tracking })),
    ship: (orderKey, parcel) => store.transaction(() => ship(desk, orderKey, parcel)),
    work: () => {
      for (const task of books.due()) store.transaction(() => carryOut(desk, task));
    },
    all: books.all,
    reset: () => store.transaction(books.reset),
  };
}

function submitted({ books, settings }: Desk, { orderKey, data }: SubmittedEvent, repeated: boolean): void {
  const known = books.get(orderKey);
  const submits = (known?.submits ?? 0) + 1;
  if (known && (repeated || known.state !== 'rejected')) {
    const duplicateSubmits = known.duplicateSubmits + (repeated ? 0 : 1);
    books.put({ ...known, submits, duplicateSubmits });
    books.answerAgain(known);
    return;
  }
  const { rejectsAtOnce, rejectSkus, rejection, autoAcknowledge, acknowledgeAfterMs } = settings();
  if (rejectsAtOnce && refusedLines(data, rejectSkus).length > 0) {
    throw new ErpRefusal(422, rejection.code, rejection.message);
  }
  const { duplicateSubmits = 0, answered = 0 } = known ?? {};
  const counts = { submits, duplicateSubmits, answered };
  books.put({ orderKey, state: 'received', order: data, shipments: [], answers: [], ...counts });
  if (autoAcknowledge) books.plan('acknowledge', orderKey, acknowledgeAfterMs);
}

function cancelRequested({ books }: Desk, orderKey: string, repeated: boolean): void {
  const record = books.get(orderKey);
  if (!record) throw new ErpRefusal(422, 'UNKNOWN_ORDER', 'There is no such order');
  if (repeated || record.state === 'cancelled') {
    books.answerAgain(record);
  } else if (record.packed || record.shipments.length > 0) {
    const message = `The goods ${record.shipments.length > 0 ? 'have left the warehouse' : 'are packed'}`;
    books.answer(record, { kind: 'order.cancel-refused', data: { message } });
  } else {
    books.answer({ ...record, state: 'cancelled' }, { kind: 'order.cancelled', data: {} });
  }
}

function accept({ books, settings }: Desk, orderKey: string): ErpOrder {
  const record = books.inState(orderKey, 'received', 'rejected');
  const erpOrderNumber = record.erpOrderNumber ?? `SO-${books.next('order', firstOrderNumber)}`;
  const lines = record.order.lines.map(({ lineKey }, index) => ({
    lineKey,
    erpLineId: `${erpOrderNumber}-${index + 1}`,
  }));
  const { shipsOrders, shipAfterMs } = settings();
  if (shipsOrders) books.plan('ship', orderKey, shipAfterMs);
  return books.answer(
    { ...record, state: 'accepted', erpOrderNumber },
    { kind: 'order.accepted', data: { erpOrderNumber, lines } },
  );
}

const refusedLines = ({ lines }: SubmittedOrder, skus: readonly string[]): string[] =>
  lines.filter(({ sku }) => skus.includes(sku)).map(({ lineKey }) => lineKey);

function reject(
  { books, settings }: Desk,
  orderKey: string,
  rejection: { code: string; message: string },
): ErpOrder {
  const record = books.inState(orderKey, 'received');
  const lineKeys = refusedLines(record.order, settings().rejectSkus);
  return books.answer(
    { ...record, state: 'rejected' },
    { kind: 'order.rejected', data: { ...rejection, lineKeys } },
  );
}

function pack({ books }: Desk, orderKey: string): ErpOrder {
  const packed = { ...books.inState(orderKey, 'accepted'), packed: true };
  books.put(packed);
  return packed;
}

function correct(
  { books }: Desk,
  orderKey: string,
  { shipmentId, tracking }: { shipmentId: string; tracking: string },
): ErpOrder {
  const record = books.inState(orderKey, 'accepted', 'shipped');
  const known = record.shipments.find((shipment) => shipment.shipmentId === shipmentId);
  if (!known) throw new ErpRefusal(404, 'UNKNOWN_SHIPMENT', 'There is no such shipment');
  const packages = known.packages.map((parcel) => ({ ...parcel, tracking }));
  const corrected = { ...known, revision: known.revision + 1, packages };
  const shipments = record.shipments.map((shipment) => (shipment === known ? corrected : shipment));
  return books.answer({ ...record, shipments }, { kind: 'shipment.created', data: corrected });
}

function ship({ books }: Desk, orderKey: string, parcel: Parcel): ErpOrder {
  const record = books.inState(orderKey, 'accepted');
  const open = left(record);
  const items = parcel.items ?? open;
  const fits = items.every((item) =>
    open.some(({ lineKey, quantity }) => lineKey === item.lineKey && quantity >= item.quantity),
  );
  if (!fits || items.length === 0) throw new ErpRefusal(422, 'TOO_MUCH', 'There is less to ship than that');
  const shipment = shipmentOf(books.next('shipment', 1), books.now(), parcel, items);
  const shipped = { ...record, shipments: [...record.shipments, shipment] };
  const state = left(shipped).length === 0 ? 'shipped' : 'accepted';
  return books.answer({ ...shipped, state }, { kind: 'shipment.created', data: shipment });
}

function carryOut(desk: Desk, task: Task): void {
  const { books, settings } = desk;
  books.strike(task);
  const record = books.get(task.orderKey);
  if (task.kind === 'ship') {
    if (record?.state === 'accepted' && left(record).length > 0) ship(desk, task.orderKey, {});
  } else if (record?.state === 'received') {
    const { rejectSkus, rejection } = settings();
    if (refusedLines(record.order, rejectSkus).length > 0) reject(desk, task.orderKey, rejection);
    else accept(desk, task.orderKey);
  }
}
