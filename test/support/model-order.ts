import { setTimeout } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Units } from '../../domain/parcel';
import type { OrderState, ParcelReport } from '../../workflows/order/contract';
import type { ActivityName, Behaviour } from './fake-activities';
import { linesOf, type ModelAmazon, modelAmazon } from './model-amazon';
import { type ModelCommerce, modelCommerce } from './model-commerce';
import { type ErpWords, type ModelErp, modelErp } from './model-erp';
import type { World } from './order-world';
import { deliveryOf } from './orders';
import { patience } from './patience';
import { hasTimerDue } from './quiet';

/** One call of an activity that fails, before its effect or after it. */
export interface ModelFault {
  readonly activity: ActivityName;
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** How an order begins, and what will go wrong. */
export interface ModelPlan {
  readonly quantities: readonly number[];
  readonly isPending: boolean;
  readonly isLate: boolean;
  readonly hasErp: boolean;
  readonly invoice: 'onShipment' | 'onImport';
  readonly settles: boolean;
  readonly words: ErpWords;
  readonly faults: readonly ModelFault[];
}

/** Something that left the house, as its source tells it. */
export interface Box {
  readonly system: ParcelReport['source']['system'];
  readonly shipmentId: string;
  /** What it holds by all that people know. */
  units: Units;
  /** What its source says that it holds. */
  said: Units;
  /** The latest last. */
  readonly numbers: string[];
  carrier: string;
  shippedAt: string;
  /** Split off one that Commerce shows as a whole. */
  readonly isPartOfShipment?: boolean;
  /** Its source has changed its mind about the contents. */
  isRecounted: boolean;
}

/** One order in its world of small systems, beside the workflow that carries it. */
export interface ModelOrder {
  readonly plan: ModelPlan;
  readonly world: World;
  readonly amazon: ModelAmazon;
  readonly commerce: ModelCommerce;
  readonly erp: ModelErp;
  readonly boxes: Box[];
  /** Reasons that somebody has called settled. */
  readonly acknowledged: Set<string>;
  /** What happened, for people. */
  readonly trace: string[];
  /** The workflow has ended. */
  isOver: boolean;
  /** A tracking number that no other box has. */
  readonly newNumber: () => string;
  readonly deliver: (age?: number) => Promise<void>;
  readonly signal: (name: string, payload: unknown) => Promise<void>;
  /** What its source says of a box, one thing after the other: nobody could tell which is the newer. */
  readonly report: (name: string, box: Box) => Promise<void>;
}

/** Longer than every wait of these orders but the ones that only a person ends. */
const soonMs = 2_000;

/** The last wait is a person's matter. */
export const retryBlockedMs = [20, 60, 3_600_000];
export const settleForMs = 5_000;

export function beginOrder(world: World, plan: ModelPlan): ModelOrder {
  const shipBy = new Date(Date.now() - 60_000).toISOString();
  const amazon = modelAmazon({ ...plan, ...(plan.isLate && { shipBy }) });
  const policy = {
    invoice: plan.invoice,
    settleForMs: plan.settles ? settleForMs : 0,
    ...(plan.hasErp && { erp: world.name }),
  };
  let numbers = 0;
  let reports = Promise.resolve();
  const order: ModelOrder = {
    plan,
    world,
    amazon,
    commerce: modelCommerce(),
    erp: modelErp(plan.words),
    boxes: [],
    acknowledged: new Set(),
    trace: [],
    isOver: false,
    newNumber: () => {
      numbers += 1;
      return `1Z${numbers}X`;
    },
    deliver: async (age = 0) => {
      const started = world.deliver(amazon.show(age), { policy });
      await started.catch((error: unknown) => {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        order.isOver = true;
      });
    },
    signal: async (name, payload) => {
      const sent = world.handle(amazon).signal(name, payload);
      await sent.catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        order.isOver = true;
      });
    },
    report: (name, box) => {
      const told = reportOf(box);
      reports = reports.then(() => order.signal(name, told));
      return reports;
    },
  };
  world.behave(amazon, faulty(order, behaviourOf(order, { ...world.policy, ...policy })));
  return order;
}

function behaviourOf({ amazon, commerce, erp }: ModelOrder, policy: World['policy']): Behaviour {
  const { prepareCancellation, submitCancellation, followCancellation } = amazon.cancellation;
  return {
    placeOrder: async (input) => commerce.place(input),
    findOrder: async () => commerce.find(),
    shipOrder: async (input) => commerce.ship(input),
    invoiceOrder: async () => commerce.invoice(),
    closeShrunkOrder: async (input) => commerce.closeShrunk(input),
    cancelOrder: async () => commerce.cancel(),
    submitOrder: async (input) => erp.submit(input),
    cancelErpOrder: async () => erp.stop(),
    readOrder: async () => deliveryOf(amazon.show(), policy),
    confirmShipment: async ({ parcel }) => amazon.confirm(parcel),
    prepareCancellation: async (input) => prepareCancellation(input),
    submitCancellation: async (input) => submitCancellation(input),
    followCancellation: async (input) => followCancellation(input),
  };
}

/** The same, but for the calls that are to fail. */
function faulty({ plan: { faults } }: ModelOrder, behaviour: Behaviour): Behaviour {
  const calls = new Map<string, number>();
  const entries = Object.entries(behaviour).map(([activity, act]) => {
    const failing = async (input: never) => {
      const call = (calls.get(activity) ?? 0) + 1;
      calls.set(activity, call);
      const when = faults.find((fault) => fault.activity === activity && fault.call === call)?.when;
      const fail = () => Promise.reject(ApplicationFailure.nonRetryable(`${activity} fails`, 'Unreachable'));
      if (when === 'before') return fail();
      const result = await (act as (input: never) => Promise<unknown>)(input);
      return when === 'after' ? fail() : result;
    };
    return [activity, failing];
  });
  return Object.fromEntries(entries) as Behaviour;
}

/** As the source of the box tells it now. */
const reportOf = ({ system, shipmentId, said, numbers, carrier, shippedAt }: Box): ParcelReport => ({
  source: { system, shipmentId },
  carrierCode: carrier,
  trackingNumber: numbers.at(-1) ?? '',
  shippedAt,
  lines: linesOf(said),
});

/** Once nothing is under way, and nothing waits but for the world or for a person. */
export async function atRest(order: ModelOrder): Promise<OrderState> {
  const { world, amazon } = order;
  const isOver = patience();
  while (!isOver()) {
    const length = await steadyLength(order);
    const isDue = !order.isOver && (await hasTimerDue(world.handle(amazon), soonMs));
    const state = await world.snapshot(amazon);
    if (!isDue && (await stillLength(order)) === length) {
      amazon.rest();
      return state;
    }
  }
  throw new Error(`It does not come to rest\n${brief(await world.snapshot(amazon))}`);
}

/** Of the history, once two looks see the same. */
async function steadyLength(order: ModelOrder): Promise<number | undefined> {
  const isOver = patience();
  let before = await stillLength(order);
  while (!isOver()) {
    await setTimeout(25);
    const length = await stillLength(order);
    if (length !== undefined && length === before) return length;
    before = length;
  }
  return undefined;
}

/** Of the history; undefined while a task or an activity is under way. */
async function stillLength(order: ModelOrder): Promise<number | undefined> {
  const { raw, historyLength, status } = await order.world.handle(order.amazon).describe();
  if (status.name === 'COMPLETED') order.isOver = true;
  else if (status.name !== 'RUNNING') throw new Error(`The workflow is ${status.name}`);
  const isBusy = Boolean(raw.pendingWorkflowTask) || (raw.pendingActivities ?? []).length > 0;
  return isBusy ? undefined : historyLength;
}

/** For people who look for what went wrong. */
export function brief(state: OrderState): string {
  const { channelStatus, commerce, handOff, attention, waits, cancelRequest, notes, completed, held } = state;
  const parcels = state.parcels.map(
    ({ parcelId, trackingNumber, amazon, lines, commerceShipmentId, takenAt }) =>
      `${parcelId} ${trackingNumber} ${amazon} ${JSON.stringify(lines)} in Commerce ${commerceShipmentId} taken ${takenAt}`,
  );
  return [
    JSON.stringify({ channelStatus, amazon: state.delivery?.order.status, completed, held, cancelRequest }),
    JSON.stringify({ commerce, handOff, waits }),
    ...parcels,
    ...attention.map(({ reason, note }) => `! ${reason}: ${note}`),
    ...notes.map(({ at, text }) => `  ${at} ${text}`),
  ].join('\n');
}
