import type { CancellationTicket, CancelRequest } from '../../domain/cancellation';
import { quantityToShip } from '../../domain/order';
import { cancellationActivities, getOrderActivities } from '../proxies';
import { type Attempt, attempt } from './attempts';
import { hasLeft } from './buyer-wish';
import type { OrderState } from './contract';
import { takeDelivery } from './deliveries';
import { isShipped } from './shipping';
import { addNote, isOrderCancelled, orderOf, policyOf, raiseAlso } from './state';
import { inFuture, until } from './waits';

/** Between looks at what becomes of it; the last one repeats. */
const looksMs = [15_000, 60_000, 300_000];

/** Looks at the order, in which a cancellation that is done, or may be, should show. */
const patientLooks = 5;

/** Until the order is cancelled, or Amazon refuses. What serves as the key is kept before Amazon is told. */
export async function cancelAtAmazon(state: OrderState, request: CancelRequest): Promise<void> {
  const ticket = request.ticket ?? (await prepare(state, request));
  if (!ticket) return giveUp(state);
  state.cancelRequest = { ...request, stage: 'amazon', ticket };
  const submitted = request.submitted ? ticket : await submit(state, ticket);
  if (!submitted) return giveUp(state);
  state.cancelRequest = { ...request, stage: 'amazon', ticket: submitted, submitted: true };
  await follow(state, submitted);
}

const isOver = (state: OrderState) => isOrderCancelled(state) || isShipped(state);

/** A parcel that has left ends it, until Amazon is told. */
const beforehand = (state: OrderState): Attempt => ({
  wait: 'cancelRequest',
  system: 'Amazon',
  abandoned: () => hasLeft(state),
});

const afterwards = (state: OrderState): Attempt => ({
  wait: 'cancelRequest',
  system: 'Amazon',
  abandoned: () => isOver(state),
});

async function prepare(
  state: OrderState,
  { reason }: CancelRequest,
): Promise<CancellationTicket | undefined> {
  const { account, amazonOrderId } = state;
  const { marketplaceId, lines } = orderOf(state);
  const items = lines
    .map((line) => ({ orderItemId: line.orderItemId, quantity: quantityToShip(line) }))
    .filter(({ quantity }) => quantity > 0);
  const result = await attempt(state, beforehand(state), () =>
    cancellationActivities(account).prepareCancellation.executeWithOptions(
      { summary: 'Write the cancellation for Amazon' },
      [{ account, amazonOrderId, marketplaceId, reason, lines: items }],
    ),
  );
  return result?.ticket;
}

/** The same ticket again is harmless, so that an answer that got lost does no harm either. */
async function submit(
  state: OrderState,
  ticket: CancellationTicket,
): Promise<CancellationTicket | undefined> {
  const { account, amazonOrderId } = state;
  const { marketplaceId } = orderOf(state);
  const result = await attempt(state, beforehand(state), () =>
    cancellationActivities(account).submitCancellation.executeWithOptions(
      { summary: 'Cancel the order at Amazon' },
      [{ account, amazonOrderId, marketplaceId, ticket }],
    ),
  );
  if (result?.kind === 'refused') await refused(state, result);
  return result?.kind === 'submitted' ? result.ticket : undefined;
}

/** To the end of Amazon's report, and until the order says so, too. */
async function follow(state: OrderState, ticket: CancellationTicket): Promise<void> {
  const { account, amazonOrderId } = state;
  let readings = 0;
  for (let looks = 0; !isOver(state); looks += 1) {
    await waitForAmazon(state, looks);
    const outcome = await attempt(state, afterwards(state), () =>
      cancellationActivities(account).followCancellation.executeWithOptions(
        { summary: 'Look what became of the cancellation' },
        [{ account, amazonOrderId, ticket }],
      ),
    );
    if (outcome?.kind === 'refused') return refused(state, outcome);
    if (outcome?.kind !== 'done') continue;
    await readOrder(state);
    readings += 1;
    if (readings > patientLooks) return leave(state);
  }
}

/** A cancellation that shows later is noticed all the same. */
function leave(state: OrderState): void {
  delete state.cancelRequest;
  complain(state, 'calls its cancellation done, and shows the order open.');
}

async function waitForAmazon(state: OrderState, looks: number): Promise<void> {
  const waitMs = Math.min(looksMs[Math.min(looks, looksMs.length - 1)] ?? 0, policyOf(state).confirmWithinMs);
  state.waits.cancelRequest ??= inFuture(waitMs);
  await until(() => isOver(state), state.waits.cancelRequest, 'Waits for Amazon to cancel the order');
  delete state.waits.cancelRequest;
}

/** Amazon may have cancelled it before; or does so all the same, where its refusal leaves that open. */
async function refused(
  state: OrderState,
  { message, mayHaveApplied }: { message: string; mayHaveApplied?: true },
): Promise<void> {
  await readOrder(state);
  for (let looks = 0; mayHaveApplied && looks < patientLooks && !isOver(state); looks += 1) {
    await waitForAmazon(state, looks);
    await readOrder(state);
  }
  delete state.cancelRequest;
  complain(state, `does not cancel the order: ${message}`);
}

function complain(state: OrderState, what: string): void {
  if (isOver(state)) return;
  raiseAlso(state, 'cancellationIncomplete', `Amazon ${what} Look at the order in Seller Central.`);
}

function giveUp(state: OrderState): void {
  if (state.cancelRequest && !isOrderCancelled(state)) {
    addNote(state, 'The order is not cancelled: a parcel has left.');
  }
  delete state.cancelRequest;
}

async function readOrder(state: OrderState): Promise<void> {
  const { account, amazonOrderId } = state;
  const delivery = await attempt(state, afterwards(state), () =>
    getOrderActivities(account).readOrder.executeWithOptions({ summary: 'Read the order at Amazon' }, [
      { account, amazonOrderId },
    ]),
  );
  if (delivery) takeDelivery(state, delivery);
}
