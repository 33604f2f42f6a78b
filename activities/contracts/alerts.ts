import type { Told } from '../../domain/alert-memory';
import type { Digest } from '../../domain/digest';
import type { AlertDestination } from '../../workflows/alerts/contract';

export interface FindAlertsInput {
  readonly told: Told;
  /** Since when the intake of an account does not answer, or a shipment watch, by its workflow's id, finds nothing. */
  readonly silentSince: Readonly<Record<string, string>>;
  /** Whether the news are told now; otherwise a later look finds them again. */
  readonly tell: boolean;
}

export interface FindAlertsResult {
  /** Reasons of orders, intakes and watches that need a person now. */
  readonly open: number;
  /** Those that are not told yet, with this digest neither. */
  readonly untold: number;
  /** Absent where it is as before. */
  readonly told?: Told;
  readonly silentSince: Readonly<Record<string, string>>;
  /** Absent where there is nothing to tell now. */
  readonly digest?: Digest;
}

export interface SendAlertInput {
  readonly destination: AlertDestination;
  /** The same for every attempt, by which a receiver knows repetitions. */
  readonly id: string;
  readonly digest: Digest;
}

export interface SendAlertResult {
  /** What somebody should know although it was sent. */
  readonly problem?: string;
}

export interface AlertActivities {
  /** One look at all running orders, at the intakes and at the shipment watches. */
  findAlerts(input: FindAlertsInput): Promise<FindAlertsResult>;
  sendAlert(input: SendAlertInput): Promise<SendAlertResult>;
}
