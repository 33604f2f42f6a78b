import fc from 'fast-check';
import { quantityToShip } from '../../domain/order';
import {
  contentsKey,
  normaliseTracking,
  type Parcel,
  type ReportedParcel,
  unitsByItem,
} from '../../domain/parcel';
import { isAtAmazon } from '../../domain/parcel-quantities';
import {
  aReport,
  cancel,
  confirmByHand,
  contents,
  items,
  look,
  type Model,
  openModel,
  read,
  report,
  tell,
} from './parcel-model';

type Event =
  | { readonly kind: 'report'; readonly report: ReportedParcel }
  | { readonly kind: 'tell'; readonly isAnswerLost: boolean }
  | { readonly kind: 'read'; readonly areShown: boolean }
  | {
      readonly kind: 'byHand';
      readonly reference: string;
      readonly number: string;
      readonly lines: Parcel['lines'];
    }
  | { readonly kind: 'cancel'; readonly item: string };

const number = fc.constantFrom('N1', 'n-1', 'N2', 'N3', '');
const reports = fc
  .record({
    system: fc.constantFrom('commerce', 'erp', 'operator'),
    shipmentId: fc.constantFrom('1', '2', '3'),
    trackingNumber: number,
    carrierCode: fc.constantFrom('ups', 'dhl'),
    lines: fc.oneof({ weight: 8, arbitrary: contents }, { weight: 1, arbitrary: fc.constant([]) }),
  })
  .map(({ system, shipmentId, ...told }) =>
    aReport({ source: { system, shipmentId } as ReportedParcel['source'], ...told }),
  );

const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('report' as const), report: reports }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('tell' as const), isAnswerLost: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), areShown: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('byHand' as const),
      reference: fc.constantFrom('1', '2'),
      number,
      lines: contents,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cancel' as const), item: fc.constantFrom(...items) }),
  },
);

function happen(model: Model, event: Event): void {
  switch (event.kind) {
    case 'report':
      report(model, event.report);
      return;
    case 'tell':
      tell(model, event.isAnswerLost);
      return;
    case 'read':
      read(model, look(model, event.areShown));
      return;
    case 'byHand': {
      const { reference: packageReferenceId, number: trackingNumber, lines } = event;
      confirmByHand(model, { packageReferenceId, trackingNumber, lines });
      return;
    }
    case 'cancel':
      cancel(model, event.item, 1);
  }
}

/** Units of an item that wait to be told for the first time, and those that Amazon has by its count or by ours. */
function unitsOf({ order, parcels }: Model, item: string) {
  const units = (some: readonly Parcel[]) => unitsByItem(some.flatMap(({ lines }) => lines))[item] ?? 0;
  const line = order.lines.find(({ orderItemId }) => orderItemId === item);
  return {
    untold: units(parcels.filter((parcel) => parcel.amazon === 'waiting' && !isAtAmazon(parcel))),
    told: Math.max(units(parcels.filter(isAtAmazon)), line?.quantityFulfilled ?? 0),
    toShip: line ? quantityToShip(line) : 0,
  };
}

const areUnique = (values: readonly string[]) => new Set(values).size === values.length;

describe('after any events in any order', () => {
  it('no more units wait for Amazon than are ordered, not cancelled and not there yet', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
        const model = openModel(3);
        for (const event of happened) {
          happen(model, event);
          for (const item of items) {
            const { untold, told, toShip } = unitsOf(model, item);
            if (untold > 0) expect(untold + told).toBeLessThanOrEqual(toShip);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('Amazon takes a parcel of an order that was just read', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
        const model = openModel(3);
        for (const event of happened) happen(model, event);
        read(model, look(model));
        for (let taken = tell(model); taken !== undefined; taken = tell(model)) expect(taken).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('each parcel has an id, a package and a shipment of its own', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
        const model = openModel(3);
        for (const event of happened) happen(model, event);
        const { parcels } = model;
        expect(areUnique(parcels.map(({ parcelId }) => parcelId))).toBe(true);
        expect(areUnique(parcels.map(({ packageReferenceId }) => packageReferenceId))).toBe(true);
        const statements = parcels.flatMap((parcel) => parcel.statements ?? []);
        expect(areUnique(statements.map(({ system, shipmentId }) => `${system} ${shipmentId}`))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('a repetition of the latest changes nothing', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 20 }), events, (happened, event) => {
        fc.pre(event.kind === 'report' || event.kind === 'read');
        const model = openModel(3);
        for (const each of [...happened, event]) happen(model, each);
        const once = model.parcels;
        happen(model, event);
        expect(model.parcels).toEqual(once);
      }),
      { numRuns: 400 },
    );
  });
});

interface Box {
  readonly lines: Parcel['lines'];
  /** The ERP tells it by a wrong number first. */
  readonly isCorrected: boolean;
  /** What Commerce has, if anything. */
  readonly inCommerce: 'old' | 'new' | 'none';
  readonly repeats: boolean;
}

const boxes = fc.array(
  fc.record({
    lines: contents,
    isCorrected: fc.boolean(),
    inCommerce: fc.constantFrom('old' as const, 'new' as const, 'none' as const),
    repeats: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** What each system tells of a box, in the order in which it tells it. */
function toldOf({ lines, isCorrected, inCommerce, repeats }: Box, index: number): ReportedParcel[][] {
  const [old, latest] = isCorrected ? [`OLD${index}`, `NEW${index}`] : [`NEW${index}`, `NEW${index}`];
  const by = (system: 'erp' | 'commerce', trackingNumber: string) =>
    aReport({ source: { system, shipmentId: `${index}` }, trackingNumber, lines });
  const erp = isCorrected ? [by('erp', old), by('erp', latest)] : [by('erp', latest)];
  const commerce = inCommerce === 'none' ? [] : [by('commerce', inCommerce === 'old' ? old : latest)];
  return [erp, commerce].map((told) => (repeats ? told.flatMap((each) => [each, each]) : told));
}

/** Merges what the systems tell, each in its order, as `picks` chooses. */
function interleave(queues: readonly ReportedParcel[][], picks: readonly number[]): ReportedParcel[] {
  const left = queues.map((queue) => [...queue]).filter((queue) => queue.length > 0);
  const merged: ReportedParcel[] = [];
  for (let turn = 0; left.length > 0; turn += 1) {
    const chosen = (picks[turn] ?? 0) % left.length;
    const [next] = left[chosen]?.splice(0, 1) ?? [];
    if (next) merged.push(next);
    if (left[chosen]?.length === 0) left.splice(chosen, 1);
  }
  return merged;
}

describe('reports of several systems', () => {
  it('make the same parcels whatever order they come in, one for each box, with its latest number', () => {
    fc.assert(
      fc.property(boxes, fc.array(fc.nat(20), { minLength: 40, maxLength: 40 }), (sent, picks) => {
        const model = openModel(20);
        for (const each of interleave(sent.flatMap(toldOf), picks)) report(model, each);
        const key = (trackingNumber: string, lines: Parcel['lines']) =>
          `${normaliseTracking(trackingNumber)} ${contentsKey(lines)}`;
        const made = model.parcels.map(({ trackingNumber, lines }) => key(trackingNumber, lines));
        expect(made.sort()).toEqual(sent.map(({ lines }, index) => key(`NEW${index}`, lines)).sort());
        expect(model.parcels.every(({ amazon }) => amazon === 'waiting')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
