import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { AmazonActivities } from '../../activities/contracts/amazon';
import type { CommerceActivities } from '../../activities/contracts/commerce';
import type { ErpActivities } from '../../activities/contracts/erp';
import type { FailureType } from '../../domain/failures';
import { type AmazonOrder, quantityToShip } from '../../domain/order';
import type { StockMove, Units } from '../../domain/stock';

export type OrderActivities = Omit<AmazonActivities, 'sweepPage' | 'pullOrder'> &
  Omit<CommerceActivities, 'lookForShipments'> &
  ErpActivities;
export type ActivityName = keyof OrderActivities;
type Input<K extends ActivityName> = Parameters<OrderActivities[K]>[0];
type OrderRef = Pick<AmazonOrder, 'amazonOrderId'>;

/** What activities do instead of the usual: one function for good, or one for each of the next calls. */
export type Behaviour = { [K in ActivityName]?: OrderActivities[K] | readonly OrderActivities[K][] };

export interface FakeActivities {
  activities: OrderActivities;
  /** How the activities treat this one order. */
  behave(order: OrderRef, behaviour: Behaviour): void;
  /** Inputs of all calls about this order, in their order, repetitions included. */
  callsOf<K extends ActivityName>(order: OrderRef, name: K): Input<K>[];
}

/** Activities where everything goes well at once, unless an order is told to be treated differently. */
export function fakeActivities(): FakeActivities {
  const calls: { name: ActivityName; orderId: string | undefined; input: object }[] = [];
  const behaviours = new Map<string, Behaviour>();
  /** Amazon order ids by Commerce's entity ids. */
  const placed = new Map<number, string>();
  const usual = usualActivities();

  const orderIdOf = (input: object): string | undefined => {
    if ('order' in input) return (input.order as AmazonOrder).amazonOrderId;
    if ('amazonOrderId' in input) return String(input.amazonOrderId);
    return 'entityId' in input ? placed.get(Number(input.entityId)) : undefined;
  };
  const counted = <K extends ActivityName>(name: K): OrderActivities[K] => {
    const call = async (input: Input<K>) => {
      const orderId = orderIdOf(input);
      calls.push({ name, orderId, input });
      const told = next(behaviours.get(orderId ?? ''), name) ?? usual[name];
      const answer = (told as (input: Input<K>) => Promise<unknown>)(input);
      // One that is held must not hold up a worker that shuts down.
      const result = await Promise.race([answer, Context.current().cancelled]);
      const entityId = entityIdOf(result);
      if (entityId !== undefined && orderId !== undefined) placed.set(entityId, orderId);
      return result;
    };
    return call as OrderActivities[K];
  };
  const names = Object.keys(usual) as ActivityName[];
  return {
    activities: Object.fromEntries(
      names.map((name) => [name, counted(name)]),
    ) as Partial<OrderActivities> as OrderActivities,
    behave: ({ amazonOrderId }, behaviour) => {
      behaviours.set(amazonOrderId, { ...behaviours.get(amazonOrderId), ...behaviour });
    },
    callsOf: <K extends ActivityName>({ amazonOrderId }: OrderRef, name: K) =>
      calls
        .filter((call) => call.name === name && call.orderId === amazonOrderId)
        .map(({ input }) => input as Input<K>),
  };
}

/** Takes the next of a list out of it. */
function next<K extends ActivityName>(
  behaviour: Behaviour | undefined,
  name: K,
): OrderActivities[K] | undefined {
  const told = behaviour?.[name] as OrderActivities[K] | readonly OrderActivities[K][] | undefined;
  if (typeof told === 'function' || told === undefined) return told;
  const [first, ...rest] = told as readonly OrderActivities[K][];
  Object.assign(behaviour ?? {}, { [name]: rest });
  return first;
}

/** Of the Commerce order that the answer tells. */
function entityIdOf(result: unknown): number | undefined {
  const { commerce, entityId } = (result ?? {}) as { commerce?: { entityId: number }; entityId?: number };
  return commerce?.entityId ?? entityId;
}

let entities = 0;

function usualActivities(): OrderActivities {
  return {
    placeOrder: async ({ order, pinned }) => {
      entities += 1;
      return {
        kind: 'placed',
        commerce: {
          entityId: entities,
          number: pinned.incrementId ?? `00000000${entities}`,
          state: order.status === 'SHIPPED' ? 'complete' : 'processing',
          itemIds: Object.fromEntries(order.lines.map(({ orderItemId }, index) => [orderItemId, index + 1])),
          shippedBefore: shippedBefore(order),
        },
        adopted: false,
        differences: [],
      };
    },
    findOrder: async () => null,
    invoiceOrder: async () => ({ state: 'complete' }),
    closeShrunkOrder: async () => ({ state: 'complete' }),
    shipOrder: async () => ({ shipmentId: '99' }),
    cancelOrder: async () => ({ kind: 'canceled', state: 'canceled' }),
    transferStock: async ({ units }) => ({ kind: 'moved', moves: movesOf(units) }),
    submitOrder: async () => ({ kind: 'accepted', erpOrderNumber: 'SO-1' }),
    cancelErpOrder: async () => ({ kind: 'cancelled' }),
    readOrder: async () => null,
    confirmShipment: async () => ({ kind: 'taken' }),
    prepareCancellation: async () => ({ ticket: { documentId: 'document-1' } }),
    submitCancellation: async ({ ticket }) => ({
      kind: 'submitted',
      ticket: { ...ticket, feedId: 'feed-1' },
    }),
    followCancellation: async () => ({ kind: 'done' }),
  };
}

/** What a new Commerce order counts as shipped. */
const shippedBefore = ({ status, lines }: AmazonOrder): Units =>
  Object.fromEntries(
    lines
      .map(
        (line) =>
          [line.orderItemId, status === 'SHIPPED' ? quantityToShip(line) : line.quantityFulfilled] as const,
      )
      .filter(([, units]) => units > 0),
  );

/** A transfer of all these units from a source that has plenty. */
export const movesOf = (units: Units): StockMove[] =>
  Object.entries(units).map(([sku, quantity]) => ({
    sku,
    quantity,
    before: { from: 100, to: 1 },
    after: { from: 100 - quantity, to: 1 + quantity },
  }));

/** An activity that has given up with this failure; what Temporal itself tries again is no matter of these tests. */
export const fails = (type: FailureType, message: string) => (): Promise<never> =>
  Promise.reject(ApplicationFailure.nonRetryable(message, type));

/** An activity that answers when it is told to. */
export function held<Result>(result: Result) {
  let answer = () => {};
  const told = new Promise<void>((done) => {
    answer = done;
  });
  const activity = async () => {
    const { heartbeat, cancelled } = Context.current();
    // Or it would be taken for that of a killed worker.
    const timer = setInterval(() => heartbeat(), 3_000);
    await Promise.race([told, cancelled]).finally(() => clearInterval(timer));
    return result;
  };
  return { answer: () => answer(), activity };
}
