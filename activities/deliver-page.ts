import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { ChannelStatus } from '../domain/channel-status';
import type { AmazonOrder } from '../domain/order';
import type { SkuMap } from '../domain/sku-map';
import type { OrderPage } from '../integrations/amazon/port';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import type { OrderDelivery } from '../workflows/order/contract';
import { admit, type ImportRules, isForgotten } from './admission';
import type { Admittance } from './contracts/amazon';
import { deliver, type OrderDesk } from './delivery';
import { orderDelivery } from './order-delivery';
import { findRuns, type OrderRun } from './order-runs';
import { grpcErrorOf, isServerTrouble } from './server-trouble';

export interface PageTools {
  readonly desk: OrderDesk;
  readonly hash: KeyedHash;
  readonly rules: ImportRules;
  /** How long Temporal keeps what has ended. */
  readonly retentionMs: () => Promise<number>;
  /** The account's. */
  readonly skuMap?: SkuMap | undefined;
}

/**
 * What became of an order.
 *
 * - `started`, `restarted`, `updated`: its workflow has it now
 * - `unchanged`: its workflow had this very version
 * - `finished`: its workflow has ended as Amazon's order has
 * - `differing`: its workflow has ended, but not as Amazon's order has
 * - `ignored`: not to be imported
 * - `tooOld`: nothing is kept of it any more
 * - `parked`: a person has to look
 */
export type Fate =
  | { readonly kind: 'started' | 'restarted' | 'updated' | 'unchanged' | 'finished' | 'tooOld' }
  | { readonly kind: 'ignored' | 'parked' | 'differing'; readonly reason: string };

export interface OrderFate {
  readonly amazonOrderId: string;
  readonly fate: Fate;
}

/** Signals at the same time; one after the other they would take most of a page's time. */
const deliveredAtOnce = 8;

/** Brings each order of a page to its workflow. One that cannot be delivered is parked and never holds the page. */
export async function deliverPage(
  tools: PageTools,
  { orders }: Pick<OrderPage, 'orders'>,
  admittance: Admittance,
): Promise<OrderFate[]> {
  const ids = orders.map(({ amazonOrderId }) => amazonOrderId);
  const runs = await findRuns(tools.desk, ids);
  const waiting = [...orders];
  const fates: OrderFate[] = [];
  const deliverNext = async () => {
    for (let order = waiting.shift(); order; order = waiting.shift()) {
      heartbeat();
      cancellationSignal().throwIfAborted();
      const { amazonOrderId } = order;
      fates.push({ amazonOrderId, fate: await fateOf(tools, order, runs.get(amazonOrderId), admittance) });
    }
  };
  await allEnded(Array.from({ length: deliveredAtOnce }, deliverNext));
  return fates;
}

/** Nothing goes on in the background when one has failed. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === 'rejected') throw result.reason;
}

/** Decides about one order and delivers it. @throws what is no fault of the order */
export async function fateOf(
  { desk, hash, rules, retentionMs, skuMap }: PageTools,
  order: AmazonOrder,
  run: OrderRun | undefined,
  admittance: Admittance,
): Promise<Fate> {
  const admission = admit(order, rules, admittance);
  if (admission.kind !== 'admitted') return admission;
  if (!run && isForgotten(order, admission.policy, admittance, await retentionMs()))
    return { kind: 'tooOld' };
  const delivery = orderDelivery(order, admission.policy, hash, skuMap);
  if (run?.stage === 'completed') return ended(order, run.channelStatus);
  const isKnown = run?.stage === 'running' && run.version === delivery.version;
  if (isKnown && !admittance.evenUnchanged) return { kind: 'unchanged' };
  const fate = await hand(desk, delivery, run);
  return isKnown && fate.kind === 'updated' ? { kind: 'unchanged' } : fate;
}

async function hand(desk: OrderDesk, delivery: OrderDelivery, run: OrderRun | undefined): Promise<Fate> {
  const attempt = () => deliver(desk, delivery, run);
  try {
    const outcome = await attempt().catch(attempt);
    if (outcome === 'finished') return { kind: 'finished' };
    if (outcome === 'unseen')
      return { kind: 'ignored', reason: 'Amazon cancelled it before the channel had it' };
    return { kind: run ? (run.stage === 'broken' ? 'restarted' : 'updated') : 'started' };
  } catch (error) {
    if (isServerTrouble(error)) throw error;
    return { kind: 'parked', reason: `It could not be handed to its workflow: ${describe(error)}` };
  }
}

/** A finished order is never started again, but an end that is not Amazon's is a person's business. */
function ended({ status }: AmazonOrder, channelStatus: ChannelStatus | undefined): Fate {
  const isSame =
    channelStatus === undefined ||
    (status === 'SHIPPED' && channelStatus === 'Shipped') ||
    (status === 'CANCELLED' && channelStatus === 'Canceled');
  if (isSame) return { kind: 'finished' };
  return { kind: 'differing', reason: `its workflow ended as ${channelStatus}, Amazon says ${status}` };
}

/** The words of Temporal's server, which quotes no payloads; of other errors the name only. */
function describe(error: unknown): string {
  const details = grpcErrorOf(error)?.details;
  return details?.slice(0, 200) ?? (error instanceof Error ? error.name : 'unknown error');
}
