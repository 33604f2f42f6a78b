import { createPublicKey, type KeyObject } from 'node:crypto';
import { EventKeyUnavailableError } from './event-errors';

export interface KeySource {
  /**
   * Undefined for what is no path of a key, or leads to none.
   *
   * @throws EventKeyUnavailableError
   */
  key(path: string): Promise<KeyObject | undefined>;
}

/** Adobe serves its keys from here and nowhere else: a message names the path alone. */
const adobeKeys = 'https://static.adobeioevents.com';
/** `/prod/keys/pub-key-<uuid>.pem`: no dot that climbs, no query, no other host. */
const pathPattern = /^(?:\/[\w-]{1,100}){1,5}\.pem$/;

const timeoutMs = 4_000;
const keepMs = 24 * 3_600_000;
const mostKept = 20;
const longestKey = 10_000;

export function createKeySource({
  host = adobeKeys,
  now = Date.now,
}: {
  readonly host?: string;
  readonly now?: () => number;
} = {}): KeySource {
  const kept = new Map<string, { readonly key: KeyObject; readonly until: number }>();
  return {
    key: async (path) => {
      if (!pathPattern.test(path)) return undefined;
      const known = kept.get(path);
      if (known && known.until > now()) return known.key;
      const key = await fetchKey(`${host}${path}`);
      if (!key) return undefined;
      if (kept.size >= mostKept) kept.clear();
      kept.set(path, { key, until: now() + keepMs });
      return key;
    },
  };
}

async function fetchKey(address: string): Promise<KeyObject | undefined> {
  const answer = await get(address).catch(() => undefined);
  if (!answer || answer.status === 429 || answer.status >= 500) throw new EventKeyUnavailableError();
  return answer.status === 200 && answer.body.length <= longestKey ? rsaKeyIn(answer.body) : undefined;
}

async function get(address: string): Promise<{ readonly status: number; readonly body: string }> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  return { status: response.status, body: await response.text() };
}

function rsaKeyIn(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}
