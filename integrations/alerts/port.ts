/** One alert, the same for every destination. */
export interface Alert {
  /** The same for every attempt. */
  readonly id: string;
  readonly at: string;
  /** The last part of the event's type. */
  readonly kind: 'attention.needed' | 'alert.test';
  /** What it is about, in one line. */
  readonly summary: string;
  /** Plain text, for people. */
  readonly text: string;
  /** For programs. */
  readonly data: object;
}

export interface AlertPort {
  /**
   * @returns what somebody should know although it was sent
   * @throws AlertUnreachableError, AlertRefusedError
   */
  send(alert: Alert, options?: { readonly signal?: AbortSignal }): Promise<{ readonly problem?: string }>;
}
