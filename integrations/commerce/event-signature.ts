import { verify } from 'node:crypto';
import { EventKeyUnavailableError } from './event-errors';
import type { KeySource } from './event-keys';

/** Adobe signs with two keys, so that it can exchange one: either is enough. */
const pairs = [
  { signature: 'x-adobe-digital-signature-1', path: 'x-adobe-public-key1-path' },
  { signature: 'x-adobe-digital-signature-2', path: 'x-adobe-public-key2-path' },
] as const;

/**
 * RSA with SHA-256 over the raw body.
 *
 * @throws EventKeyUnavailableError where no signature fits and a key could not be fetched
 */
export async function isSigned(
  keys: KeySource,
  headers: Readonly<Record<string, string>>,
  rawBody: Uint8Array,
): Promise<boolean> {
  let unavailable: EventKeyUnavailableError | undefined;
  for (const { signature, path } of pairs) {
    const [sent, keyPath] = [headers[signature], headers[path]];
    if (!sent || !keyPath) continue;
    try {
      const key = await keys.key(keyPath);
      if (key && verify('rsa-sha256', rawBody, key, Buffer.from(sent, 'base64'))) return true;
    } catch (error) {
      if (!(error instanceof EventKeyUnavailableError)) throw error;
      unavailable = error;
    }
  }
  if (unavailable) throw unavailable;
  return false;
}
