export interface RecentIds {
  has(id: string): boolean;
  add(id: string): void;
}

/** Remembers the last `most` ids. */
export function createRecentIds(most: number): RecentIds {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add: (id) => {
      // Sets keep the order of insertion.
      ids.delete(id);
      ids.add(id);
      const [oldest] = ids;
      if (ids.size > most && oldest !== undefined) ids.delete(oldest);
    },
  };
}
