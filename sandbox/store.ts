import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';

/** Records of one kind by their key. What `get` and `values` return are copies: only `put` changes the store. */
export interface Collection<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  delete(key: string): void;
  values(): T[];
  size(): number;
}

/**
 * The sandbox's memory: the operating system has every write before the call returns, so a killed sandbox
 * forgets nothing.
 */
export interface Store {
  collection<T>(name: string): Collection<T>;
  /** All writes of `work` happen, or none. */
  transaction<R>(work: () => R): R;
  clear(): void;
  close(): Promise<void>;
}

/** A part of `store` that shares nothing with its other parts, for one of several systems of a kind. */
export const partOf = (store: Store, name: string): Store => ({
  ...store,
  collection: (collection) => store.collection(`${name}/${collection}`),
});

/** Without a folder the store lives in a temporary one, which `close` removes. */
export function openStore(folder?: string): Store {
  const path = folder ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
  mkdirSync(path, { recursive: true });
  const root = open({ path: join(path, 'sandbox.mdb'), noSync: true, maxDbs: 256 });

  return {
    collection<T>(name: string): Collection<T> {
      const records = root.openDB<T, string>({ name });
      return {
        get: (key) => records.get(key),
        put: (key, value) => records.putSync(key, value),
        delete: (key) => records.removeSync(key),
        values: () => Array.from(records.getRange(), ({ value }) => value),
        size: () => records.getCount(),
      };
    },
    transaction: (work) => root.transactionSync(work),
    clear: () => {
      for (const name of Array.from(root.getKeys())) root.openDB({ name: String(name) }).clearSync();
    },
    close: async () => {
      await root.close();
      if (!folder) rmSync(path, { recursive: true, force: true });
    },
  };
}
