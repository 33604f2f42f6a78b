import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { KeyRing, RingKey } from './key-ring';

const PayloadMessage = temporal.api.common.v1.Payload;
const cipherName = 'aes-256-gcm';
const encoding = 'binary/encrypted';
const keyIdField = 'encryption-key-id';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts every payload with AES-256-GCM: data = nonce, ciphertext, tag; inside stands the whole payload with
 * its metadata, so that not even the kind of data shows. The key id goes along in clear. Payloads that are not
 * encrypted pass through `decode` untouched: some were written before there was a key, or by Temporal itself.
 *
 * Nonces are random, which allows about 2^32 payloads per key (NIST SP 800-38D, 8.3); put a new key into the
 * ring well before that.
 */
export function createEncryptionCodec(keyRing: KeyRing): PayloadCodec {
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, keyRing.active)),
    decode: async (payloads) => payloads.map((payload) => decrypt(payload, keyRing)),
  };
}

function encrypt(payload: Payload, key: RingKey): Payload {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key.secret, nonce);
  const body = cipher.update(PayloadMessage.encode(payload).finish());
  return {
    metadata: { encoding: Buffer.from(encoding), [keyIdField]: Buffer.from(key.id) },
    data: Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]),
  };
}

function decrypt(payload: Payload, keyRing: KeyRing): Payload {
  if (metadataText(payload, 'encoding') !== encoding) return payload;
  const keyId = metadataText(payload, keyIdField);
  const key = keyRing.keys.get(keyId);
  if (!key) throw new Error(`The key ring has no key "${keyId}", with which a payload is encrypted`);
  try {
    return open(payload.data ?? new Uint8Array(), key);
  } catch {
    throw new Error(`A payload does not open with key "${keyId}": it was changed, or the key is another one`);
  }
}

function open(data: Uint8Array, key: RingKey): Payload {
  const nonce = data.subarray(0, nonceBytes);
  const decipher = createDecipheriv(cipherName, key.secret, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(data.subarray(Math.max(nonceBytes, data.length - tagBytes)));
  const body = decipher.update(data.subarray(nonceBytes, -tagBytes));
  return PayloadMessage.decode(Buffer.concat([body, decipher.final()]));
}

function metadataText(payload: Payload, field: string): string {
  return Buffer.from(payload.metadata?.[field] ?? '').toString();
}
