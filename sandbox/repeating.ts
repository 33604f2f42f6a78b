/** What works by the clock without being asked. */
export interface Repeating {
  /** Works every so many real milliseconds until it is stopped; at once if it did not yet. */
  start(everyMs?: number): void;
  /** Cuts short what is under way; when it answers, nothing works any more. */
  stop(): Promise<void>;
}

/** Repeats `work`, which never fails, one round after the other. */
export function repeating(work: (signal: AbortSignal) => Promise<void>, usuallyEveryMs = 100): Repeating {
  let stopping = new AbortController();
  let round = Promise.resolve();
  return {
    start: (everyMs = usuallyEveryMs) => {
      stopping = new AbortController();
      const { signal } = stopping;
      const again = () => {
        if (!signal.aborted) round = work(signal).then(() => void setTimeout(again, everyMs));
      };
      again();
    },
    stop: () => {
      stopping.abort();
      return round;
    },
  };
}
