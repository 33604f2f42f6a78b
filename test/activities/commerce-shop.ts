import { MockActivityEnvironment } from '@temporalio/testing';
import { createCommerceActivities } from '../../activities/commerce';
import type { PlacementResult, PlaceOrderInput } from '../../activities/contracts/commerce';
import type { Progress } from '../../activities/heartbeats';
import type { PlacedOrder } from '../../domain/commerce-order';
import type { AmazonOrder } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import { createCommercePort } from '../../integrations/commerce/client';
import type { CommercePort } from '../../integrations/commerce/port';
import {
  type BookedOrder,
  type CommerceService,
  type Edition,
  openCommerceService,
} from '../support/commerce-service';
import { amazonOrder, at, line } from '../support/orders';

type Activities = ReturnType<typeof createCommerceActivities>;

/** The logger of a worker would print each failure that a test provokes. */
export const silent = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Whose order, and where. */
export const inShop = { account: 'acme', commerce: 'main' } as const;

export const pinnedFor = ({ amazonOrderId }: AmazonOrder) =>
  ({ commerce: 'main', store: 'amazon_us', incrementId: amazonOrderId, customer: 'guest' }) as const;

/** What the attempts of one activity tell each other, without Temporal in between. */
export function attempts() {
  let kept: unknown;
  return {
    kept: () => kept,
    next: (): Progress => ({
      before: kept,
      keep: async (details) => {
        kept = details;
      },
    }),
    /** As if what was kept had been kept a minute earlier. */
    passMinute: () => {
      const { since, ...rest } = kept as { since: string };
      kept = { ...rest, since: new Date(Date.parse(since) - 60_000).toISOString() };
    },
  };
}

/**
 * A shop for each test, closed after it, with all that crossed the wire held against Commerce's description;
 * call it at the top of a file.
 */
export function commerceShop(edition: Edition = 'paas') {
  let service: CommerceService;
  let commerce: CommercePort;
  beforeEach(async () => {
    service = await openCommerceService();
    commerce = createCommercePort(service.connections[edition]);
  });
  afterEach(async () => {
    expect(service.violations()).toEqual([]);
    await service.close();
  });

  /** An activity as a worker runs it; the first attempt, unless there is progress of others. */
  const run = <T>(
    work: (activities: Activities) => Promise<T>,
    port = commerce,
    progress = attempts().next(),
  ): Promise<T> =>
    new MockActivityEnvironment({}, { logger: silent }).run(() =>
      work(
        createCommerceActivities({ commerce: () => port, guard: async () => {}, progress: () => progress }),
      ),
    );
  const place = (
    order: AmazonOrder,
    changes: Partial<PlaceOrderInput> = {},
    port = commerce,
    progress?: Progress,
  ): Promise<PlacementResult> =>
    run(
      ({ placeOrder }) =>
        placeOrder({
          account: 'acme',
          order,
          pinned: pinnedFor(order),
          orderStatus: 'processing',
          ...changes,
        }),
      port,
      progress,
    );
  return {
    get service() {
      return service;
    },
    get commerce() {
      return commerce;
    },
    run,
    place,
    placed: async (order: AmazonOrder, changes: Partial<PlaceOrderInput> = {}): Promise<PlacedOrder> => {
      const result = await place(order, changes);
      if (result.kind !== 'placed') throw new Error(`not placed: ${result.kind}`);
      return result.commerce;
    },
    booked: async (): Promise<BookedOrder[]> => (await service.books()).orders,
  };
}

/** Two mugs in one line. */
export const twoMugs = (changes: Partial<AmazonOrder> = {}) =>
  amazonOrder({
    lines: [
      line({
        quantityOrdered: 2,
        quantityUnfulfilled: 2,
        charges: [{ type: 'ITEM', subtotalMinor: 2998, details: [] }],
        totalMinor: 2998,
      }),
    ],
    totalMinor: 2998,
    ...changes,
  });

export const parcel = (order: AmazonOrder, parcelId: string, quantity: number): Parcel => ({
  parcelId,
  packageReferenceId: '1',
  source: { system: 'erp', shipmentId: parcelId },
  carrierCode: 'ups',
  carrierName: 'United Parcel Service',
  trackingNumber: `1Z${parcelId}`,
  shippedAt: at(60),
  lines: order.lines.map(({ orderItemId }) => ({ orderItemId, quantity })),
  amazon: 'waiting',
});
