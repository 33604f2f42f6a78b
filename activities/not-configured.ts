/** What an activity was asked about is not in the settings: only a change of the settings helps. */
export class NotConfiguredError extends Error {
  override readonly name = 'NotConfiguredError';

  /** @param what e.g. `Amazon account acme-us` */
  constructor(what: string) {
    super(`${what} is not in the settings`);
  }
}
