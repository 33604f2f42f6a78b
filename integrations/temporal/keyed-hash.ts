import { createHmac, type KeyObject } from 'node:crypto';
import { deriveKey, type KeyRing } from './key-ring';

/** Text to 22 characters (132 bits of HMAC-SHA256, base64url): comparable, not readable without the key. */
export type KeyedHash = (text: string) => string;

const hashLength = 22;

export function createKeyedHash(key: KeyObject): KeyedHash {
  return (text) => createHmac('sha256', key).update(text).digest('base64url').slice(0, hashLength);
}

/** The one hash of a channel: who writes versions and tokens, and who searches for them, must use the same. */
export function channelHash(keyRing: KeyRing): KeyedHash {
  return createKeyedHash(deriveKey(keyRing, 'keyed-hash'));
}

/** Equal versions are equal orders, whatever order their keys came in; the time stands in clear. */
export function orderVersion(hash: KeyedHash, order: { readonly lastUpdatedAt: string }): string {
  return `${order.lastUpdatedAt} ${hash(canonicalJson(order))}`;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/**
 * What an order is found by without its buyer being readable: the hashes of each part of the name and of the
 * whole e-mail address, once each. "Zoë O'Brien" and "zoe obrien" share the token of "zoe".
 */
export function buyerTokens(
  hash: KeyedHash,
  buyer: { readonly name?: string | undefined; readonly email?: string | undefined },
): string[] {
  const email = normalise(buyer.email ?? '').trim();
  return hashed(hash, [...nameParts(buyer.name ?? ''), ...(email ? [email] : [])]);
}

/** The tokens of a search text; an order matches when it has all of them. */
export function searchTokens(hash: KeyedHash, query: string): string[] {
  const words = normalise(query).split(/\s+/).filter(Boolean);
  return hashed(
    hash,
    words.flatMap((word) => (word.includes('@') ? [word] : nameParts(word))),
  );
}

function hashed(hash: KeyedHash, texts: readonly string[]): string[] {
  return [...new Set(texts)].map(hash);
}

function nameParts(name: string): string[] {
  return normalise(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}
