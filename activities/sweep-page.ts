import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { AmazonThrottledError, AmazonTokenExpiredError } from '../integrations/amazon/errors';
import type { AmazonPort, OrderPage } from '../integrations/amazon/port';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import type { ParkedOrder } from '../workflows/intake/contract';
import type { OrderDelivery } from '../workflows/order/contract';
import { admit, type ImportRules } from './admission';
import type { SweepPageInput, SweepPageResult } from './contracts/amazon';
import { type DeliveryOutcome, deliver, type OrderDesk } from './delivery';
import { orderDelivery } from './order-delivery';
import { findRuns, type OrderRun } from './order-runs';
import { grpcErrorOf, isServerTrouble } from './server-trouble';

export interface SweepTools {
  readonly desk: OrderDesk;
  readonly hash: KeyedHash;
  readonly port: AmazonPort;
  readonly rules: ImportRules;
}

/** See `AmazonActivities.sweepPage`. */
export async function sweepPage(tools: SweepTools, input: SweepPageInput): Promise<SweepPageResult> {
  const { account: _, parked = [], ...search } = input;
  try {
    const page = await tools.port.searchOrders(search, { signal: cancellationSignal() });
    const result = await deliverPage(tools, page);
    return { ...result, released: releasedBy(page, result, parked) };
  } catch (error) {
    if (error instanceof AmazonTokenExpiredError) return { kind: 'tokenExpired' };
    if (!(error instanceof AmazonThrottledError)) throw error;
    const { ratePerSecond } = error;
    return { kind: 'throttled', ...(ratePerSecond !== undefined && { ratePerSecond }) };
  }
}

type DeliveredPage = Omit<Extract<SweepPageResult, { kind: 'page' }>, 'released'>;

async function deliverPage(
  { desk, hash, rules }: SweepTools,
  { orders, unreadable, ...page }: OrderPage,
): Promise<DeliveredPage> {
  const parked: ParkedOrder[] = [...unreadable];
  const deliveries: OrderDelivery[] = [];
  for (const order of orders) {
    const admission = admit(order, rules);
    if (admission.kind === 'admitted') deliveries.push(orderDelivery(order, admission.policy, hash));
    if (admission.kind === 'parked')
      parked.push({ amazonOrderId: order.amazonOrderId, reason: admission.reason });
  }
  const ids = deliveries.map(({ order }) => order.amazonOrderId);
  const runs = await findRuns(desk, ids);
  const counts = { delivered: 0, unchanged: 0 };
  for (const delivery of deliveries) {
    heartbeat();
    cancellationSignal().throwIfAborted();
    const { amazonOrderId } = delivery.order;
    const outcome = await deliverChange(desk, delivery, runs.get(amazonOrderId));
    if (outcome === 'delivered' || outcome === 'unchanged') counts[outcome] += 1;
    else if (outcome !== 'unseen') parked.push({ amazonOrderId, reason: outcome.reason });
  }
  return { kind: 'page', ...counts, parked, ...page };
}

/** Of the orders that were parked before, those that are on the page and not parked again. */
function releasedBy(page: OrderPage, { parked: again }: DeliveredPage, parked: readonly string[]): string[] {
  const readable = page.orders.map(({ amazonOrderId }) => amazonOrderId);
  return parked.filter(
    (id) => readable.includes(id) && again.every(({ amazonOrderId }) => amazonOrderId !== id),
  );
}

/** One order, if its workflow does not have this very version. One that cannot be delivered is parked. */
async function deliverChange(
  desk: OrderDesk,
  delivery: OrderDelivery,
  run: OrderRun | undefined,
): Promise<'delivered' | 'unchanged' | 'unseen' | { reason: string }> {
  if (run?.version === delivery.version && run.stage !== 'broken') return 'unchanged';
  const attempt = async (): Promise<DeliveryOutcome> => deliver(desk, delivery, run);
  try {
    const outcome = await attempt().catch(attempt);
    return outcome === 'finished' ? 'unchanged' : outcome;
  } catch (error) {
    if (isServerTrouble(error)) throw error;
    return { reason: `It could not be handed to its workflow: ${describe(error)}` };
  }
}

/** The words of Temporal's server, which quotes no payloads; of other errors the name only. */
function describe(error: unknown): string {
  const details = grpcErrorOf(error)?.details;
  return details?.slice(0, 200) ?? (error instanceof Error ? error.name : 'unknown error');
}
