import { gunzipSync } from 'node:zlib';
import { minutes, type Shop } from './amazon-shop';

export const feeds = '/feeds/2021-06-30/feeds';
export const documents = '/feeds/2021-06-30/documents';
export const contentType = 'text/xml; charset=UTF-8';
const marketplaceIds = ['ATVPDKIKX0DER'];
export const feedType = 'POST_ORDER_ACKNOWLEDGEMENT_DATA';

export interface FeedAnswer {
  feedId: string;
  processingStatus: string;
  resultFeedDocumentId?: string;
}
interface DocumentAnswer {
  feedDocumentId: string;
  url: string;
  compressionAlgorithm?: string;
}

export const item = (code: string, reason: string, quantity: number) =>
  `<Item><AmazonOrderItemCode>${code}</AmazonOrderItemCode><CancelReason>${reason}</CancelReason>` +
  `<Quantity>${quantity}</Quantity></Item>`;

export const message = (id: number, orderId: string, items = '', status = 'Failure') =>
  `<Message><MessageID>${id}</MessageID><OrderAcknowledgement><AmazonOrderID>${orderId}</AmazonOrderID>` +
  `<StatusCode>${status}</StatusCode>${items}</OrderAcknowledgement></Message>`;

export const envelope = (messages: string, seller = 'A1SANDBOXSELLER', type = 'OrderAcknowledgement') =>
  '<?xml version="1.0" encoding="UTF-8"?><AmazonEnvelope><Header><DocumentVersion>1.01</DocumentVersion>' +
  `<MerchantIdentifier>${seller}</MerchantIdentifier></Header><MessageType>${type}</MessageType>${messages}` +
  '</AmazonEnvelope>';

export const json = async <T>(answer: Response): Promise<T> => (await answer.json()) as T;
export const pathOf = (url: string) => url.replace('http://amazon.test', '');

/** The calls of a seller who sends feeds. */
export function feedCalls(shop: Shop) {
  const announce = async () => json<DocumentAnswer>(await shop.call('POST', documents, { contentType }));
  const put = (url: string, text: string, headers: Record<string, string> = {}) =>
    shop.request('PUT', pathOf(url), text, { 'content-type': contentType, ...headers });
  const create = (inputFeedDocumentId: string, changes: object = {}) =>
    shop.call('POST', feeds, { feedType, marketplaceIds, inputFeedDocumentId, ...changes });
  const send = async (text: string) => {
    const { feedDocumentId, url } = await announce();
    await put(url, text);
    return (await json<FeedAnswer>(await create(feedDocumentId))).feedId;
  };
  const read = async (feedId: string) => json<FeedAnswer>(await shop.call('GET', `${feeds}/${feedId}`));
  const report = async (feedId: string) => {
    const { resultFeedDocumentId } = await read(feedId);
    const found = await shop.call('GET', `${documents}/${resultFeedDocumentId}`);
    const { url, compressionAlgorithm } = await json<DocumentAnswer>(found);
    const bytes = Buffer.from(await (await shop.request('GET', pathOf(url))).arrayBuffer());
    return (compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  /** What the report of this text says: the successful messages, and the code and words about the others. */
  const outcome = async (text: string) => {
    const feedId = await send(text);
    shop.clock.advance(minutes(1));
    const told = await report(feedId);
    const [, successful] = /<MessagesSuccessful>(\d+)</.exec(told) ?? [];
    const errors = [
      ...told.matchAll(
        /<MessageID>(\d+)<\/MessageID>\s*<ResultCode>Error<\/ResultCode>\s*<ResultMessageCode>(\d+)</g,
      ),
    ].map(([, id, code]) => `${id}: ${code}`);
    return { successful: Number(successful), errors };
  };
  return { announce, put, create, send, read, report, outcome };
}
