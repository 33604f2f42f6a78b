import { readFileSync, statSync } from 'node:fs';
import { type KeyRing, readKeyRing, writeNewKeyRingFile } from '../integrations/temporal/key-ring';
import { ConfigError } from './errors';
import { makeFileOnce } from './make-file';

/**
 * Reads the key ring at `path`, or makes one with a new key where there is none, readable by its owner only.
 * Several processes may do so at the same time: all get the same ring.
 *
 * @throws ConfigError when others than the owner may read the file, or when it cannot be read or written.
 */
export function openKeyRing(path: string): KeyRing {
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) makeFileOnce(path, writeNewKeyRingFile);
    requirePrivate(path);
    return readKeyRing(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`The key ring ${path} cannot be used: ${reason}.`]);
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
