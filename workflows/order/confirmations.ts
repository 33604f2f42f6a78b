import { confirmed, matchPackages } from '../../domain/packages';
import { type Concession, nameOf, type Parcel, versionOf, withoutPast } from '../../domain/parcel';
import { openLines } from '../../domain/parcel-quantities';
import type { ConfirmationResult, RefusalReason } from '../../domain/shipment-confirmation';
import { confirmShipmentActivities, getOrderActivities } from '../proxies';
import { attempt } from './attempts';
import type { OrderState } from './contract';
import { takeDelivery } from './deliveries';
import { replace } from './parcels';
import { addNote, changeStatus, isOrderCancelled, now, orderOf, policyOf } from './state';
import { inFuture } from './waits';

/** Tells Amazon of a parcel; a correction that comes while Amazon cannot be reached goes in its place. */
export async function confirm(state: OrderState, { parcelId }: Parcel, ended: () => boolean): Promise<void> {
  const { account, amazonOrderId } = state;
  const { marketplaceId, purchasedAt } = orderOf(state);
  const parcel = { ...parcelOf(state, parcelId), asked: versionOf(parcelOf(state, parcelId)) };
  replace(state, parcel);
  const isOutdated = () => ended() || isOrderCancelled(state) || !isStillAsked(state, parcel);
  const result = await attempt(state, { wait: 'shipping', system: 'Amazon', abandoned: isOutdated }, () =>
    confirmShipmentActivities(account).confirmShipment.executeWithOptions(
      { summary: `Tell Amazon of parcel ${parcel.packageReferenceId}` },
      [{ account, amazonOrderId, marketplaceId, purchasedAt, parcel: withoutPast(parcel) }],
    ),
  );
  if (result?.kind === 'taken') taken(state, parcel, result.warning);
  else if (result) await refused(state, { sent: parcel, ended }, result);
}

function parcelOf(state: OrderState, parcelId: string): Parcel {
  const parcel = state.parcels.find((each) => each.parcelId === parcelId);
  if (!parcel) throw new TypeError(`There is no parcel ${parcelId}`);
  return parcel;
}

/** Not where a correction came while it was under way, which still has to be told, nor where Amazon shows it already. */
function isStillAsked(state: OrderState, asked: Parcel): boolean {
  const parcel = parcelOf(state, asked.parcelId);
  return parcel.amazon === 'waiting' && versionOf(parcel) === versionOf(asked);
}

function taken(state: OrderState, sent: Parcel, warning?: string): void {
  const { objection: _, ...parcel } = parcelOf(state, sent.parcelId);
  const takenAt = parcel.takenAt ?? now();
  replace(state, { ...parcel, takenAt, ...(isStillAsked(state, sent) && { amazon: 'sent' }) });
  if (openLines(orderOf(state), state.parcels).length > 0) changeStatus(state, 'partlyShipped');
  state.waits.confirmation = inFuture(policyOf(state).confirmWithinMs);
  if (warning !== undefined) addNote(state, warning);
}

interface NextStep {
  /** Once more at once, with something that Amazon always takes. */
  readonly concede?: Concession;
  /** The order is read, and the parcel held against what Amazon says by now. */
  readonly look?: true;
  readonly advice: string;
}

/** What follows a refusal. Where there is no more to do than the advice, a person decides. */
const nextSteps: Readonly<Record<RefusalReason, NextStep>> = {
  noConfirmationNeeded: { advice: '' },
  invalidCarrier: { concede: 'carrier', advice: 'Correct the carrier.' },
  invalidShipDate: { concede: 'shipDate', advice: 'Compare the ship date with the order.' },
  invalidTracking: { advice: 'Correct the tracking number.' },
  invalidQuantity: { look: true, advice: 'Compare its contents with the order in Seller Central.' },
  cancelled: { look: true, advice: 'Compare its contents with the order in Seller Central.' },
  alreadyShipped: { look: true, advice: 'Compare the packages in Seller Central.' },
  versionLimit: { look: true, advice: 'Correct it in Seller Central.' },
  invalid: { advice: 'Correct the tracking in Commerce, or confirm it in Seller Central.' },
};

const conceding: Readonly<Record<Concession, string>> = {
  carrier: 'It is told again with its carrier as “Other”.',
  shipDate: 'It is told again with a ship date by Amazon’s clock.',
};

interface Asking {
  readonly sent: Parcel;
  readonly ended: () => boolean;
}

async function refused(
  state: OrderState,
  { sent, ended }: Asking,
  { reason, message }: Extract<ConfirmationResult, { kind: 'refused' }>,
): Promise<void> {
  if (!isStillAsked(state, sent)) return;
  const parcel = parcelOf(state, sent.parcelId);
  const { concessions = [] } = parcel;
  const { concede, look, advice } = nextSteps[reason];
  if (reason === 'noConfirmationNeeded') {
    replace(state, confirmed(parcel, now()));
  } else if (concede && !concessions.includes(concede)) {
    replace(state, { ...parcel, concessions: [...concessions, concede] });
    addNote(state, `Amazon does not take parcel ${nameOf(sent)}: ${message} ${conceding[concede]}`);
  } else if (!look || !(await isExplained(state, { sent, ended }))) {
    object(state, sent, message, advice);
  }
}

/**
 * Whether the order, read once more, shows the parcel or tells why there is no room for it. No other parcel waits for
 * that while the order cannot be read.
 */
async function isExplained(state: OrderState, { sent, ended }: Asking): Promise<boolean> {
  const isSettled = () => isOrderCancelled(state) || !isStillAsked(state, sent);
  const hasOtherWork = () => ended() || isOtherWaiting(state, sent);
  const isRead = await readOrder(state, (tries) => isSettled() || (tries > 0 && hasOtherWork()));
  if (isSettled()) return true;
  if (!isRead) return ended();
  const parcel = parcelOf(state, sent.parcelId);
  if (isShown(state, parcel)) {
    replace(state, confirmed(parcel, now()));
    return true;
  }
  if (parcel.takenAt !== undefined) return false;
  const { asked: _, ...untold } = parcel;
  replace(state, untold);
  return !isStillAsked(state, sent);
}

const isOtherWaiting = ({ parcels }: OrderState, { parcelId }: Parcel): boolean =>
  parcels.some((each) => each.amazon === 'waiting' && each.parcelId !== parcelId);

/** As it is now, although Amazon refused that, and as no other parcel. */
function isShown(state: OrderState, parcel: Parcel): boolean {
  const others = state.parcels.filter((each) => each !== parcel);
  const { shown } = matchPackages([...others, { ...parcel, amazon: 'sent' }], orderOf(state).packages);
  return shown.has(parcel.parcelId);
}

function object(state: OrderState, sent: Parcel, message: string, advice: string): void {
  replace(state, {
    ...parcelOf(state, sent.parcelId),
    asked: versionOf(sent),
    amazon: 'refused',
    objection: `Amazon does not take parcel ${nameOf(sent)}: ${message} ${advice}`,
  });
}

/** At Amazon, now. False where it was `abandoned`, after so many tries. */
export async function readOrder(state: OrderState, abandoned: (tries: number) => boolean): Promise<boolean> {
  const { account, amazonOrderId } = state;
  let tries = 0;
  const isOff = () => abandoned(tries);
  const delivery = await attempt(state, { wait: 'shipping', system: 'Amazon', abandoned: isOff }, () => {
    tries += 1;
    return getOrderActivities(account).readOrder.executeWithOptions({ summary: 'Read the order at Amazon' }, [
      { account, amazonOrderId },
    ]);
  });
  if (delivery) takeDelivery(state, delivery);
  return delivery !== undefined;
}
