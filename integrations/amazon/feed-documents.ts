import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fetchFailure } from '../fetch-failure';
import { AmazonAnswerError, type AmazonCall, AmazonUnreachableError } from './errors';

/** Only what Amazon's answer named as the address goes there: its signature takes the place of an access token. */
export interface DocumentTransport {
  upload(url: string, document: FeedDocument, signal?: AbortSignal): Promise<void>;
  /** Unpacked. */
  download(url: string, signal?: AbortSignal): Promise<string>;
}

export interface FeedDocument {
  readonly text: string;
  /** As it was announced: the signature covers it. */
  readonly contentType: string;
}

const path = '(presigned address)';
const uploading: AmazonCall = { operation: 'uploadFeedDocument', method: 'PUT', path };
export const downloading: AmazonCall = { operation: 'downloadFeedDocument', method: 'GET', path };

/** Whatever is wrong with an address, a new one is given at the next attempt: all troubles are passing ones. */
export function createDocumentTransport(timeoutMs: number): DocumentTransport {
  const exchange = async (call: AmazonCall, url: string, init: RequestInit, signal?: AbortSignal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await fetch(url, {
        ...init,
        method: call.method,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
    } catch (error) {
      signal?.throwIfAborted();
      const problem = timeout.aborted ? `no answer within ${timeoutMs} ms` : fetchFailure(error).problem;
      throw new AmazonUnreachableError(call, problem);
    }
  };
  return {
    upload: async (url, { text, contentType }, signal) => {
      const init = { headers: { 'content-type': contentType }, body: text };
      const { status } = await exchange(uploading, url, init, signal);
      if (status !== 200)
        throw new AmazonUnreachableError({ ...uploading, status }, 'the document is not taken');
    },
    download: async (url, signal) => {
      const { status, body } = await exchange(downloading, url, {}, signal);
      if (status !== 200) throw new AmazonUnreachableError({ ...downloading, status }, 'no document');
      return (await unpacked(body)).toString('utf8');
    },
  };
}

const mostBytes = 16 * 1024 * 1024;

/** By its first bytes, since the HTTP client may have unpacked already what Amazon announces as GZIP. */
async function unpacked(body: Buffer): Promise<Buffer> {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return await promisify(gunzip)(body, { maxOutputLength: mostBytes });
  } catch {
    throw new AmazonAnswerError(downloading, 'the document cannot be unpacked');
  }
}
