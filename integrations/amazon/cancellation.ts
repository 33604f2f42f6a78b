import { FeedsApi } from '@sp-api-sdk/feeds-api-2021-06-30';
import { z } from 'zod';
import type {
  Cancellation,
  CancellationOutcome,
  CancellationSubmission,
  CancellationTicket,
} from '../../domain/cancellation';
import { cancellationXml } from './acknowledgement';
import { parseAnswer } from './answer';
import { AmazonAnswerError, AmazonRefusedError } from './errors';
import { createDocumentTransport, type DocumentTransport } from './feed-documents';
import { createdFeedSchema, feedDocumentSchema, feedSchema } from './feed-wire';
import type { Gateway, Request } from './gateway';
import type { CancellationPort } from './port';
import { readReport } from './processing-report';
import { refusalSentence } from './refusal';

const feedType = 'POST_ORDER_ACKNOWLEDGEMENT_DATA';
const contentType = 'text/xml; charset=UTF-8';
const feedsPath = '/feeds/2021-06-30/feeds';
const documentsPath = '/feeds/2021-06-30/documents';

interface Parts {
  readonly gateway: Gateway;
  /** Base address of the Selling Partner API. */
  readonly endpoint: string;
  readonly sellerId: string;
  readonly timeoutMs: number;
}

interface Feeds {
  readonly gateway: Gateway;
  readonly api: FeedsApi;
  readonly documents: DocumentTransport;
  readonly sellerId: string;
}

const preparedSchema = z.object({ documentId: z.string() });
const submittedSchema = preparedSchema.extend({ feedId: z.string() });

/**
 * Cancels by the order acknowledgement feed: a document, a feed that processes it, and its report
 * (https://developer-docs.amazon.com/sp-api/docs/feeds-api-v2021-06-30-use-case-guide).
 */
export function createFeedCancellation({ gateway, endpoint, sellerId, timeoutMs }: Parts): CancellationPort {
  const documents = createDocumentTransport(timeoutMs);
  const feeds: Feeds = { gateway, api: new FeedsApi(undefined, endpoint), documents, sellerId };
  return {
    prepare: (cancellation, { signal } = {}) => prepare(feeds, cancellation, signal),
    submit: (ticket, { marketplaceId }, { signal } = {}) => submit(feeds, ticket, marketplaceId, signal),
    follow: (ticket, { signal } = {}) => follow(feeds, ticket, signal),
  };
}

async function prepare(
  { gateway, api, documents, sellerId }: Feeds,
  cancellation: Cancellation,
  signal: AbortSignal | undefined,
): Promise<CancellationTicket> {
  const request: Request = {
    operation: 'createFeedDocument',
    method: 'POST',
    path: documentsPath,
    send: (transport) => api.createFeedDocument({ body: { contentType } }, transport),
  };
  const { feedDocumentId, url } = parseAnswer(await gateway.call(request, signal), feedDocumentSchema);
  await documents.upload(url, { text: cancellationXml(sellerId, cancellation), contentType }, signal);
  return { documentId: feedDocumentId };
}

async function submit(
  { gateway, api }: Feeds,
  ticket: CancellationTicket,
  marketplaceId: string,
  signal: AbortSignal | undefined,
): Promise<CancellationSubmission> {
  const { documentId } = preparedSchema.parse(ticket);
  const body = { feedType, marketplaceIds: [marketplaceId], inputFeedDocumentId: documentId };
  const request: Request = {
    operation: 'createFeed',
    method: 'POST',
    path: feedsPath,
    send: (transport) => api.createFeed({ body }, transport),
  };
  try {
    const { feedId } = parseAnswer(await gateway.call(request, signal), createdFeedSchema);
    return { kind: 'submitted', ticket: { documentId, feedId } };
  } catch (error) {
    if (!(error instanceof AmazonRefusedError)) throw error;
    return { kind: 'refused', message: refusalSentence(error), mayHaveApplied: true };
  }
}

async function follow(
  feeds: Feeds,
  ticket: CancellationTicket,
  signal: AbortSignal | undefined,
): Promise<CancellationOutcome> {
  const { feedId } = submittedSchema.parse(ticket);
  const request: Request = {
    operation: 'getFeed',
    method: 'GET',
    path: `${feedsPath}/{feedId}`,
    send: (transport) => feeds.api.getFeed({ feedId }, transport),
  };
  const answer = await feeds.gateway.call(request, signal);
  const { processingStatus, resultFeedDocumentId } = parseAnswer(answer, feedSchema);
  switch (processingStatus) {
    case 'IN_QUEUE':
    case 'IN_PROGRESS':
      return { kind: 'inProgress' };
    case 'CANCELLED':
      return {
        kind: 'refused',
        message: `Somebody cancelled Amazon’s feed ${feedId} before it was processed.`,
      };
    case 'FATAL':
      return {
        kind: 'refused',
        message: `Amazon broke off feed ${feedId} (FATAL): the order may be cancelled or not.`,
        mayHaveApplied: true,
      };
    case 'DONE':
      if (!resultFeedDocumentId) throw new AmazonAnswerError(answer.call, 'resultFeedDocumentId: missing');
      return readReport(await download(feeds, resultFeedDocumentId, signal));
  }
}

async function download(
  { gateway, api, documents }: Feeds,
  feedDocumentId: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const request: Request = {
    operation: 'getFeedDocument',
    method: 'GET',
    path: `${documentsPath}/{feedDocumentId}`,
    send: (transport) => api.getFeedDocument({ feedDocumentId }, transport),
  };
  const { url } = parseAnswer(await gateway.call(request, signal), feedDocumentSchema);
  return documents.download(url, signal);
}
