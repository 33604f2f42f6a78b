export type KeyedGate = <T>(keys: readonly string[], work: () => Promise<T>) => Promise<T>;

/** Lets pieces of work that have a key in common run one after the other, in the order in which they came. */
export function createKeyedGate(): KeyedGate {
  const last = new Map<string, Promise<unknown>>();

  return async (keys, work) => {
    const mine = Promise.all(keys.map((key) => last.get(key))).then(work);
    const ended = mine.catch(() => {});
    for (const key of keys) last.set(key, ended);
    try {
      return await mine;
    } finally {
      for (const key of keys) if (last.get(key) === ended) last.delete(key);
    }
  };
}
