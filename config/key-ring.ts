import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type KeyRing, readKeyRing, writeNewKeyRingFile } from '../integrations/temporal/key-ring';
import { ConfigError } from './errors';

/**
 * Reads the key ring at `path`, or makes one with a new key where there is none, readable by its owner only.
 * Several processes may do so at the same time: all get the same ring.
 *
 * @throws ConfigError when others than the owner may read the file, or when it cannot be read or written.
 */
export function openKeyRing(path: string): KeyRing {
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) makeKeyRing(path);
    requirePrivate(path);
    return readKeyRing(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`The key ring ${path} cannot be used: ${reason}.`]);
  }
}

/** Written elsewhere and linked, because a second process may look at any moment and must not see half of it. */
function makeKeyRing(path: string): void {
  const draft = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeNewKeyRingFile(draft);
    linkSync(draft, path);
  } catch (error) {
    const isTheirs = statSync(path, { throwIfNoEntry: false }) !== undefined;
    if (!isTheirs) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Windows keeps rights elsewhere and shows every file as readable by all. */
function requirePrivate(path: string): void {
  const mayOthers = (statSync(path).mode & 0o077) !== 0;
  if (!mayOthers || process.platform === 'win32') return;
  throw new ConfigError([
    `The key ring ${path} can be read by others than its owner: run chmod 600 on it, and put a new key above the old ones if somebody may have seen it.`,
  ]);
}
