import type { Store } from '../store';

/** Records of one kind by their id, in the order of their ids, with optional look-up by other values. */
export interface Table<T> {
  get(id: number | string): T | undefined;
  put(record: T): void;
  delete(id: number | string): void;
  all(): T[];
  /** Records whose `index` yields one of `values`, in the order of their ids. */
  findBy(index: string, ...values: string[]): T[];
  size(): number;
  clear(): void;
}

interface Definition<T> {
  name: string;
  id: (record: T) => number | string;
  indexes?: Readonly<Record<string, (record: T) => string | null>>;
}

const keyOf = (id: number | string) => (typeof id === 'number' ? String(id).padStart(10, '0') : id);

/** Keys of records by what the indexes read from them. */
function createIndex<T>(store: Store, name: string, indexes: NonNullable<Definition<T>['indexes']>) {
  const entries = store.collection<string[]>(name);
  const unlink = (entry: string, key: string) => {
    const rest = (entries.get(entry) ?? []).filter((known) => known !== key);
    if (rest.length > 0) entries.put(entry, rest);
    else entries.delete(entry);
  };
  const link = (entry: string, key: string) =>
    entries.put(entry, [...new Set([...(entries.get(entry) ?? []), key])].sort());

  return {
    move: (key: string, before: T | undefined, after: T | undefined) => {
      for (const [index, read] of Object.entries(indexes)) {
        const old = before === undefined ? null : read(before);
        const now = after === undefined ? null : read(after);
        if (old === now) continue;
        if (old !== null) unlink(`${index}:${old}`, key);
        if (now !== null) link(`${index}:${now}`, key);
      }
    },
    keys: (index: string, value: string) => entries.get(`${index}:${value}`) ?? [],
  };
}

export function createTable<T>(store: Store, { name, id, indexes }: Definition<T>): Table<T> {
  const records = store.collection<T>(`commerce.${name}`);
  const index = indexes && createIndex(store, `commerce.${name}.index`, indexes);
  const remove = (recordId: number | string) => {
    const key = keyOf(recordId);
    index?.move(key, records.get(key), undefined);
    records.delete(key);
  };

  return {
    get: (recordId) => records.get(keyOf(recordId)),
    put: (record) => {
      const key = keyOf(id(record));
      index?.move(key, records.get(key), record);
      records.put(key, record);
    },
    delete: remove,
    all: () => records.values(),
    findBy: (by, ...values) => {
      const keys = new Set(values.flatMap((value) => index?.keys(by, value) ?? []));
      return [...keys].sort().flatMap((key) => records.get(key) ?? []);
    },
    size: () => records.size(),
    clear: () => {
      for (const record of records.values()) remove(id(record));
    },
  };
}
