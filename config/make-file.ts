import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a file that several processes may make at the same time: the first one's stays, whole from the first moment.
 * Written elsewhere and linked, because another process may look at any moment and must not see half of it.
 *
 * @param write makes the file at the path that it is given
 */
export function makeFileOnce(path: string, write: (draft: string) => unknown): void {
  const draft = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    write(draft);
    linkSync(draft, path);
  } catch (error) {
    const isTheirs = statSync(path, { throwIfNoEntry: false }) !== undefined;
    if (!isTheirs) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
