/** Not proven to be an event of Adobe I/O Events for this channel. */
export class EventRefusedError extends Error {
  override readonly name = 'EventRefusedError';
}

/** Adobe's key cannot be had now, so nobody knows whether the event is genuine. */
export class EventKeyUnavailableError extends Error {
  override readonly name = 'EventKeyUnavailableError';

  constructor() {
    super('The key of Adobe I/O Events cannot be fetched now.');
  }
}
