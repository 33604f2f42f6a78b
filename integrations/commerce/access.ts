import { createImsTokens, type ImsCredentials, type ImsOptions } from './ims';
import { createSigner, type OAuthCredentials, type QueryParameters } from './oauth';

/** One attempt at a request. */
export interface Attempt {
  readonly method: string;
  /** Without the query. */
  readonly address: string;
  readonly query: QueryParameters;
  /** Store view code, `all` for the global scope. */
  readonly store: string;
}

export interface AccessHeaders {
  readonly authorization: string;
  readonly [name: string]: string;
}

/** How requests reach one edition of Commerce and show who sends them; all else is the same in both. */
export interface Access {
  /** @param path such as `/V1/orders/7` */
  address(store: string, path: string): string;
  /** For one attempt: another one asks again. */
  headers(attempt: Attempt): Promise<AccessHeaders>;
  /** Whether what Commerce answered 401 may pass with new headers. */
  mayPassAnew(refused: AccessHeaders, sentence: string): boolean;
}

/** Adobe Commerce on cloud infrastructure or on premises, Magento Open Source: an OAuth 1.0a integration. */
export function signedAccess(url: string, credentials: OAuthCredentials): Access {
  const sign = createSigner(credentials);
  return {
    address: (store, path) => `${url}/rest/${store}${path}`,
    headers: async ({ method, address, query }) => ({ authorization: sign(method, address, query) }),
    // A nonce that another process drew, or a clock that has just been set: both pass with a new signature.
    mayPassAnew: (_, sentence) => /signature is invalid|nonce/i.test(sentence),
  };
}

/** Adobe Commerce as a Cloud Service: a token of Adobe's identity management, the store in a header. */
export function tokenAccess(url: string, credentials: ImsCredentials, options: ImsOptions): Access {
  const tokens = createImsTokens(options, credentials);
  const bearer = (token: string) => `Bearer ${token}`;
  return {
    address: (_, path) => url + path,
    headers: async ({ store }) => ({
      authorization: bearer(await tokens.current()),
      'x-api-key': credentials.clientId,
      'x-gw-ims-org-id': credentials.orgId,
      store,
    }),
    // Adobe can withdraw a token before its time. What it says then is not described.
    mayPassAnew: ({ authorization }) => {
      tokens.discard(authorization.slice(bearer('').length));
      return true;
    },
  };
}
