/** The work was not begun, so nothing of it has happened; later it may be. */
export class NotBegunError extends Error {
  override readonly name = 'NotBegunError';
}

/** @throws NotBegunError where its turn does not come in time, or before `signal` is aborted. */
export type KeyedGate = <T>(
  keys: readonly string[],
  work: () => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

export interface KeyedGateOptions {
  /** How long a piece of work waits for its turn. */
  readonly longestWaitMs?: number;
}

/** Lets pieces of work that have a key in common run one after the other, in the order in which they came. */
export function createKeyedGate({ longestWaitMs = 60_000 }: KeyedGateOptions = {}): KeyedGate {
  const last = new Map<string, Promise<unknown>>();

  return (keys, work, signal) => {
    const before = Promise.all(keys.map((key) => last.get(key)));
    const mine = turn(before, longestWaitMs, signal).then(work);
    // Who gave up leaves the others behind those before it.
    const ended = Promise.allSettled([before, mine]);
    for (const key of keys) last.set(key, ended);
    void ended.then(() => {
      for (const key of keys) if (last.get(key) === ended) last.delete(key);
    });
    return mine;
  };
}

function turn(before: Promise<unknown>, longestWaitMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((begin, reject) => {
    const giveUp = (why: string) => reject(new NotBegunError(`${why}, so nothing was moved.`));
    const stop = () => giveUp('The worker stopped it before its turn came');
    const timer = setTimeout(
      () => giveUp(`Other orders of the same SKUs came first for ${longestWaitMs / 1_000} s`),
      longestWaitMs,
    );
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    void before.then(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      begin();
    });
  });
}
