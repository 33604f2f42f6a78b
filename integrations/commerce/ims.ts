import { z } from 'zod';
import { fetchFailure, retryAfterMs } from '../fetch-failure';
import { goodUntil, type KeptToken, keepToken, type Token } from '../kept-token';
import {
  CommerceAccessError,
  CommerceAnswerError,
  type CommerceCall,
  CommerceUnreachableError,
} from './errors';

/** An OAuth server-to-server credential of the Adobe Developer Console. */
export interface ImsCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `…@AdobeOrg` */
  readonly orgId: string;
}

export interface ImsOptions {
  readonly commerce: string;
  readonly tokenEndpoint: string;
  readonly timeoutMs: number;
}

/** https://developer.adobe.com/commerce/webapi/rest/authentication/ */
const scopes = [
  'openid',
  'AdobeID',
  'email',
  'profile',
  'additional_info.roles',
  'additional_info.projectedProductContext',
  'commerce.accs',
];

const grantSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
/** The code alone: a description could repeat what was sent. */
const refusalSchema = z.object({ error: z.string().regex(/^\w{1,40}$/) });

/**
 * Access tokens for Commerce as a Cloud Service, from Adobe's identity management. `current()` throws the errors of
 * `errors.ts`; whatever happens here, Commerce itself was not asked for anything.
 */
export function createImsTokens(
  { commerce, tokenEndpoint, timeoutMs }: ImsOptions,
  { clientId, clientSecret }: ImsCredentials,
): KeptToken {
  const logIn: CommerceCall = { commerce, operation: 'log in', method: 'POST', path: '/ims/token/v3' };
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: scopes.join(','),
  };
  return keepToken(async () => {
    const askedAt = Date.now();
    return tokenOf(logIn, askedAt, await post(logIn, tokenEndpoint, new URLSearchParams(form), timeoutMs));
  });
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

function tokenOf(logIn: CommerceCall, askedAt: number, { status, retryAfter, body }: Answer): Token {
  const call = { ...logIn, status };
  if (status === 400 || status === 401 || status === 403) {
    const reason = refusalSchema.safeParse(json(body)).data?.error ?? 'no reason given';
    throw new CommerceAccessError(call, `Adobe does not accept the credentials (${reason})`);
  }
  if (status !== 200) {
    const hint = retryAfterMs(retryAfter, Date.now());
    throw new CommerceUnreachableError(call, 'no token', { outcomeUnknown: false, retryAfterMs: hint });
  }
  const { data } = grantSchema.safeParse(json(body));
  if (!data) throw new CommerceAnswerError(call, 'the answer holds no token');
  return { text: data.access_token, goodUntil: goodUntil(askedAt, data.expires_in) };
}

async function post(
  logIn: CommerceCall,
  url: string,
  body: URLSearchParams,
  timeoutMs: number,
): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    // Following a redirect would hand the client secret to another host.
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual', signal });
    const retryAfter = answer.headers.get('retry-after');
    return { status: answer.status, retryAfter, body: await answer.text() };
  } catch (error) {
    const problem = signal.aborted ? `no answer within ${timeoutMs} ms` : fetchFailure(error).problem;
    throw new CommerceUnreachableError(logIn, problem, { outcomeUnknown: false });
  }
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
