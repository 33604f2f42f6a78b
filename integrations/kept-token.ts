/** An access token that is asked for when it is needed, and kept while it is good. */
export interface KeptToken {
  /** A token that is good for a while yet. Asks for one where there is none, once for all who wait. */
  current(): Promise<string>;
  /** `token` was not taken: the next `current()` asks for another. */
  discard(token: string): void;
}

export interface Token {
  readonly text: string;
  /** Milliseconds since 1970, with a margin. */
  readonly goodUntil: number;
}

const longestMarginMs = 60_000;

/** @param request its failures are those of `current()`, for all who wait; the next caller asks again */
export function keepToken(request: () => Promise<Token>): KeptToken {
  let token: Token | undefined;
  let pending: Promise<Token> | undefined;

  return {
    current: async () => {
      if (token && Date.now() < token.goodUntil) return token.text;
      pending ??= request().finally(() => {
        pending = undefined;
      });
      token = await pending;
      return token.text;
    },
    discard: (text) => {
      if (token?.text === text) token = undefined;
    },
  };
}

/** @param askedAt milliseconds since 1970, before the request for it was sent */
export function goodUntil(askedAt: number, expiresInS: number): number {
  const lifeMs = expiresInS * 1000;
  return askedAt + lifeMs - Math.min(longestMarginMs, lifeMs / 10);
}
