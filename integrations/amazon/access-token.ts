import { z } from 'zod';
import { goodUntil, type KeptToken, keepToken, type Token } from '../kept-token';
import { AmazonAccessError, AmazonAnswerError, type AmazonCall, AmazonUnreachableError } from './errors';
import { parseJson } from './json';

export interface LoginCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/**
 * Access tokens of one seller, or of an application for no seller. `current()` throws AmazonAccessError,
 * AmazonUnreachableError or AmazonAnswerError.
 */
export type AccessTokens = KeptToken;

const grantSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const refusalSchema = z.object({ error: z.string().regex(/^\w{1,40}$/) });
const logIn: AmazonCall = { operation: 'logIn', method: 'POST', path: '/auth/o2/token' };

/**
 * Login with Amazon with a refresh token: for what is done in the seller's name
 * (https://developer-docs.amazon.com/sp-api/docs/connect-to-the-selling-partner-api).
 */
export function createAccessTokens(
  tokenEndpoint: string,
  { clientId, clientSecret, refreshToken }: LoginCredentials,
  timeoutMs: number,
): AccessTokens {
  const grant = {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  };
  return keepToken(() => requestToken(tokenEndpoint, grant, timeoutMs));
}

/**
 * Login with Amazon with the application's own credentials: for the operations on notifications that act for no seller
 * (https://developer-docs.amazon.com/sp-api/docs/grantless-operations).
 */
export function createGrantlessTokens(
  tokenEndpoint: string,
  { clientId, clientSecret }: Pick<LoginCredentials, 'clientId' | 'clientSecret'>,
  timeoutMs: number,
): AccessTokens {
  const grant = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'sellingpartnerapi::notifications',
  };
  return keepToken(() => requestToken(tokenEndpoint, grant, timeoutMs));
}

async function requestToken(
  tokenEndpoint: string,
  form: Record<string, string>,
  timeoutMs: number,
): Promise<Token> {
  const asked = Date.now();
  const { status, body } = await post(tokenEndpoint, new URLSearchParams(form), timeoutMs);
  const call = { ...logIn, status };
  if (status === 400 || status === 401 || status === 403) {
    const reason = refusalSchema.safeParse(parseJson(body)).data?.error ?? 'no reason given';
    throw new AmazonAccessError(call, `the credentials are not accepted (${reason})`);
  }
  if (status !== 200) throw new AmazonUnreachableError(call, 'no token');
  const grant = grantSchema.safeParse(parseJson(body));
  if (!grant.success) throw new AmazonAnswerError(call, 'the answer holds no token');
  return {
    text: grant.data.access_token,
    goodUntil: goodUntil(asked, grant.data.expires_in),
  };
}

async function post(url: string, body: URLSearchParams, timeoutMs: number) {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    // Following a redirect would hand the client secret to another host.
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual', signal });
    return { status: answer.status, body: await answer.text() };
  } catch {
    const problem = signal.aborted ? `no answer within ${timeoutMs} ms` : 'no connection';
    throw new AmazonUnreachableError(logIn, problem);
  }
}
