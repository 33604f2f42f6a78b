import { createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/** A 256-bit key. As a `KeyObject` it shows neither in logs nor in JSON. */
export interface RingKey {
  /** Written in clear beside every payload that the key encrypted. */
  readonly id: string;
  readonly secret: KeyObject;
}

/**
 * The keys that open the payloads in Temporal. New payloads are encrypted with `active`; an old key stays in
 * the ring for as long as payloads of its time are kept (namespace retention).
 */
export interface KeyRing {
  readonly active: RingKey;
  /** All keys by id, the active one among them. */
  readonly keys: ReadonlyMap<string, RingKey>;
}

const keyBytes = 32;
const fileHead = `# Encrypts buyer data in Temporal. Without it open orders cannot be read: keep a copy in a safe place.
# One key a line, "<key id> <base64 of ${keyBytes} bytes>". The first is in use; put a new key above the old ones.
`;

/** A ring with one new random key, named after its fingerprint. */
export function createKeyRing(): KeyRing {
  const bytes = randomBytes(keyBytes);
  const id = `key-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
  const active: RingKey = { id, secret: createSecretKey(bytes) };
  return { active, keys: new Map([[id, active]]) };
}

/**
 * Reads a key ring file: one key a line, `<key id> <base64 of 32 bytes>`, the first one active; `#` starts a
 * comment line.
 *
 * @throws Error that names the line, never its content.
 */
export function readKeyRing(text: string): KeyRing {
  const keys = new Map<string, RingKey>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const key = readLine(line, index + 1);
    if (keys.has(key.id)) throw new Error(`Key ring, line ${index + 1}: key id ${key.id} stands there twice`);
    keys.set(key.id, key);
  }
  const [active] = keys.values();
  if (!active) throw new Error('The key ring holds no key');
  return { active, keys };
}

function readLine(line: string, number: number): RingKey {
  const [id, base64, ...rest] = line.trim().split(/\s+/);
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (!id || bytes.length !== keyBytes || rest.length > 0) {
    throw new Error(`Key ring, line ${number}: expected "<key id> <base64 of ${keyBytes} bytes>"`);
  }
  return { id, secret: createSecretKey(bytes) };
}

/** The text that {@link readKeyRing} reads. It holds the keys in clear. */
export function formatKeyRing(ring: KeyRing): string {
  const others = [...ring.keys.values()].filter(({ id }) => id !== ring.active.id);
  const lines = [ring.active, ...others].map(
    ({ id, secret }) => `${id} ${secret.export().toString('base64')}\n`,
  );
  return fileHead + lines.join('');
}

/**
 * Makes a new ring and writes it to `path`, readable by its owner only. Never overwrites: an existing file is
 * an `EEXIST` error, because its keys may be the only ones that open the open orders.
 */
export function writeNewKeyRingFile(path: string): KeyRing {
  const ring = createKeyRing();
  writeFileSync(path, formatKeyRing(ring), { mode: 0o600, flag: 'wx', flush: true });
  return ring;
}

/** A 256-bit key for another use than encryption, derived from the active key (HKDF-SHA256, RFC 5869). */
export function deriveKey(ring: KeyRing, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', ring.active.secret, '', purpose, keyBytes)));
}
