import { createHmac, randomBytes } from 'node:crypto';
import OAuth from 'oauth-1.0a';

/** An OAuth 1.0a integration, as the Commerce admin shows it. */
export interface OAuthCredentials {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

export type QueryParameters = readonly (readonly [name: string, value: string])[];

/** The value of `Authorization` for one request. A signature counts once: every attempt takes a new one. */
export type Signer = (method: string, url: string, query: QueryParameters) => string;

export function createSigner(credentials: OAuthCredentials): Signer {
  const oauth = new OAuth({
    consumer: { key: credentials.consumerKey, secret: credentials.consumerSecret },
    signature_method: 'HMAC-SHA256',
    hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
  });
  // The library's own nonces come from Math.random; Commerce keeps 32 characters.
  oauth.getNonce = () => randomBytes(16).toString('hex');
  const token = { key: credentials.accessToken, secret: credentials.accessTokenSecret };
  return (method, url, query) => {
    // As `data` and not in the URL, where the library would sign the names without decoding them.
    const data = Object.fromEntries(query);
    return oauth.toHeader(oauth.authorize({ method, url, data }, token)).Authorization;
  };
}

/** RFC 3986: Commerce checks signatures over `%20`, never `+`, so `URLSearchParams` would not do. */
export function encodeQuery(query: QueryParameters): string {
  return query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
