import { upsertMemo } from '@temporalio/workflow';
import { bringForward } from '../../domain/intake-plan';
import type { Backfill } from '../../domain/lanes';
import {
  confirmedSurroundingsKey,
  type IntakeState,
  type ReconcileRequest,
  type SurroundingsConfirmation,
} from './contract';

const mostBackfills = 20;

/** What people ask of the intake, as handlers and validators of its updates. */
export function validateBackfill({ backfills }: IntakeState, { from, to }: Backfill): void {
  if (!isInstant(from) || !isInstant(to)) throw new Error('A back-fill needs two instants, from and to.');
  if (Date.parse(from) >= Date.parse(to)) throw new Error('A back-fill begins before it ends.');
  if (backfills.length >= mostBackfills) throw new Error(`${mostBackfills} back-fills wait already.`);
}

export function backfill(state: IntakeState, request: Backfill): string {
  const range = `orders purchased from ${request.from} to ${request.to}`;
  const isWanted = state.backfills.some((other) => isSame(other, request));
  if (isWanted) return `The back-fill of ${range} is under way already.`;
  state.backfills = [...state.backfills, request];
  bringForward(state, 'backfill', Date.now());
  return `The back-fill of ${range} has begun${state.backfills.length > 1 ? ', after those that wait' : ''}.`;
}

const isSame = (one: Backfill, other: Backfill) =>
  one.from === other.from &&
  one.to === other.to &&
  (one.beforeImportSince ?? false) === (other.beforeImportSince ?? false);

export function validateReconcile({ lanes }: IntakeState, { since }: ReconcileRequest): void {
  if (since !== undefined && !isInstant(since)) throw new Error('The time to look back to is no instant.');
  const { sweep } = lanes.reconciliation;
  if (sweep) throw new Error(`A reconciliation is under way since ${sweep.startedAt}.`);
}

export function reconcile(state: IntakeState, { since }: ReconcileRequest): string {
  if (since === undefined) delete state.reconcileSince;
  else state.reconcileSince = since;
  bringForward(state, 'reconciliation', Date.now());
  return 'The reconciliation has begun.';
}

export function confirm(state: IntakeState, { surroundings, by }: SurroundingsConfirmation): string {
  state.confirmed = surroundings;
  upsertMemo({ [confirmedSurroundingsKey]: surroundings });
  return `${by} confirmed installation ${surroundings.installation}.`;
}

const isInstant = (text: unknown): boolean => typeof text === 'string' && !Number.isNaN(Date.parse(text));
