import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Clock } from '../clock';
import type { Store } from '../store';
import { uuidOf } from './ids';

/** What a seller uploads, or Amazon reports. */
export interface FeedDocument {
  documentId: string;
  contentType: string;
  /** Base64; none before it is uploaded. */
  content?: string;
  compressionAlgorithm?: 'GZIP';
}

export interface FeedDocuments {
  add(document: Omit<FeedDocument, 'documentId'>): FeedDocument;
  get(documentId: string): FeedDocument | undefined;
  /** The address where it can be put or got for five minutes, at the origin of the request. */
  addressOf(document: FeedDocument, method: 'PUT' | 'GET', origin: string): string;
  /** `/feed-documents`: the storage behind the addresses. */
  routes: Hono;
  reset(): void;
}

interface Parts {
  store: Store;
  clock: Clock;
  sellerId(): string;
  secret(): string;
}

const addressLifeSeconds = 300;

/** As Amazon's storage answers: XML, and no word about the Selling Partner API. */
const refused = (c: Context, status: 400 | 403, code: string, message: string) =>
  c.body(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, status, {
    'content-type': 'application/xml',
  });

export function createFeedDocuments({ store, clock, sellerId, secret }: Parts): FeedDocuments {
  const documents = store.collection<FeedDocument>('amazon-feed-documents');
  const seconds = () => Math.floor(clock.now().getTime() / 1000);
  /** The content type is signed, too, where something is put. */
  const sign = (method: string, { documentId, contentType }: FeedDocument, expires: string) =>
    createHmac('sha256', secret())
      .update([method, documentId, expires, method === 'PUT' ? contentType : ''].join('\n'))
      .digest('hex');

  /** The document of a request, or why it gets none. */
  const opened = (c: Context): FeedDocument | Response => {
    const document = documents.get(c.req.param('documentId') ?? '');
    const { Expires: expires = '', Signature: signature = '' } = c.req.query();
    if (!document) return refused(c, 403, 'AccessDenied', 'Access Denied');
    if (c.req.header('authorization') || c.req.header('x-amz-access-token'))
      return refused(c, 400, 'InvalidArgument', 'Only one auth mechanism allowed');
    const signed = { ...document, contentType: c.req.header('content-type') ?? '' };
    const expected = Buffer.from(sign(c.req.method, signed, expires));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given))
      return refused(c, 403, 'SignatureDoesNotMatch', 'The request signature does not match');
    if (Number(expires) <= seconds()) return refused(c, 403, 'AccessDenied', 'Request has expired');
    return document;
  };

  const routes = new Hono();
  routes.put('/:documentId', async (c) => {
    const document = opened(c);
    if (document instanceof Response) return document;
    const content = Buffer.from(await c.req.arrayBuffer()).toString('base64');
    documents.put(document.documentId, { ...document, content });
    return c.body(null, 200);
  });
  routes.get('/:documentId', (c) => {
    const document = opened(c);
    if (document instanceof Response) return document;
    const { content = '', contentType } = document;
    return c.body(Buffer.from(content, 'base64'), 200, { 'content-type': contentType });
  });

  return {
    add: (document) => {
      const documentId = `amzn1.tortuga.4.na.${uuidOf(`${sellerId()}/document/${documents.size() + 1}`)}`;
      const added = { ...document, documentId };
      documents.put(documentId, added);
      return added;
    },
    get: documents.get,
    addressOf: (document, method, origin) => {
      const expires = String(seconds() + addressLifeSeconds);
      const signature = sign(method, document, expires);
      return `${origin}/feed-documents/${document.documentId}?Expires=${expires}&Signature=${signature}`;
    },
    routes,
    reset: () => {
      for (const { documentId } of documents.values()) documents.delete(documentId);
    },
  };
}
