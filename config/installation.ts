import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ConfigError } from './errors';
import { makeFileOnce } from './make-file';

/** Can be shown in a sentence. */
const idPattern = /^[\w-]{8,64}$/;

/**
 * The id of this installation, or a new random one where there is none yet. It lies outside the database, so that a
 * copy of that finds itself somewhere else. Several processes may ask at the same time: all get the same.
 *
 * @throws ConfigError when the file cannot be read or written, or holds no id.
 */
export function openInstallation(path: string): string {
  const id = readOrMake(path);
  if (idPattern.test(id)) return id;
  throw new ConfigError([
    `${path} holds no id of an installation: remove the file, start the worker, and confirm the accounts anew.`,
  ]);
}

function readOrMake(path: string): string {
  try {
    if (!existsSync(path)) makeFileOnce(path, writeNewId);
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`The id of the installation cannot be kept in ${path}: ${reason}.`]);
  }
}

const writeNewId = (path: string) =>
  writeFileSync(path, `${randomUUID()}\n`, { mode: 0o600, flag: 'wx', flush: true });
