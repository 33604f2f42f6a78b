import { gzipSync } from 'node:zlib';
import type { Clock } from '../clock';
import type { Store } from '../store';
import { acknowledge, acknowledgementSchema } from './acknowledge';
import type { OrderBook } from './book';
import { createFeedDocuments, type FeedDocument, type FeedDocuments } from './feed-documents';
import { type FeedMessage, messagesIn, schemaError } from './feed-messages';
import { FeedError, type Processed, processingReport } from './feed-report';
import type { SettingsKeeper } from './settings';

/** The one type that this Amazon processes. */
export const acknowledgementFeed = 'POST_ORDER_ACKNOWLEDGEMENT_DATA';

export interface Feed {
  feedId: string;
  feedType: string;
  marketplaceIds: string[];
  documentId: string;
  createdAt: string;
  /** It is processed from here … */
  startsAt: string;
  /** … to here. What it does is done at this moment. */
  endsAt: string;
  isCancelled?: boolean;
  fate: 'normal' | 'fatal' | 'fatalAfterEffect';
  isSettled: boolean;
  reportId?: string;
}

export type FeedStatus = 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED' | 'FATAL';

export interface Feeds {
  documents: FeedDocuments;
  create(wanted: Pick<Feed, 'feedType' | 'marketplaceIds' | 'documentId'>): Feed;
  get(feedId: string): Feed | undefined;
  /** Newest first. */
  all(): Feed[];
  statusOf(feed: Feed): FeedStatus;
  cancel(feed: Feed): void;
  /** Does what is due by the clock. Before anything looks at an order. */
  settle(): void;
  reset(): void;
}

interface Parts {
  store: Store;
  clock: Clock;
  keeper: SettingsKeeper;
  book: OrderBook;
}

const firstNumber = 50_000_000_001;

/** One seller's feeds, kept in `store`. */
export function createFeeds({ store, clock, keeper, book }: Parts): Feeds {
  const feeds = store.collection<Feed>('amazon-feeds');
  const { current } = keeper;
  const documents = createFeedDocuments({
    store,
    clock,
    sellerId: () => current().sellerId,
    secret: () => current().clientSecret,
  });
  const open = new Set(feeds.values().flatMap(({ feedId, isSettled }) => (isSettled ? [] : feedId)));
  const addReport = (feedId: string, processed: Processed): string => {
    const { sellerId, gzipReports } = current();
    const report = processingReport(sellerId, feedId, processed);
    return documents.add(reportDocument(report, gzipReports)).documentId;
  };
  const settleOne = (feed: Feed) => {
    const document = documents.get(feed.documentId);
    const processed =
      feed.fate === 'fatal' ? undefined : process(feed, document, { book, sellerId: current().sellerId });
    const reportId = feed.fate === 'normal' && processed ? addReport(feed.feedId, processed) : undefined;
    feeds.put(feed.feedId, { ...feed, isSettled: true, ...(reportId !== undefined && { reportId }) });
    open.delete(feed.feedId);
  };

  return {
    documents,
    create: (wanted) => {
      const { feedQueuedMs, feedProcessingMs, nextFeed: fate } = current();
      const now = clock.now().getTime();
      const after = (ms: number) => new Date(now + ms).toISOString();
      const feed: Feed = {
        ...wanted,
        feedId: String(firstNumber + feeds.size()),
        createdAt: after(0),
        startsAt: after(feedQueuedMs),
        endsAt: after(feedQueuedMs + feedProcessingMs),
        fate,
        isSettled: false,
      };
      feeds.put(feed.feedId, feed);
      open.add(feed.feedId);
      if (fate !== 'normal') keeper.change({ nextFeed: 'normal' });
      return feed;
    },
    get: feeds.get,
    all: () => feeds.values().reverse(),
    statusOf: ({ isCancelled, isSettled, startsAt, fate }) => {
      if (isCancelled) return 'CANCELLED';
      if (!isSettled) return clock.now().getTime() < Date.parse(startsAt) ? 'IN_QUEUE' : 'IN_PROGRESS';
      return fate === 'normal' ? 'DONE' : 'FATAL';
    },
    cancel: (feed) => {
      feeds.put(feed.feedId, { ...feed, isCancelled: true, isSettled: true });
      open.delete(feed.feedId);
    },
    settle: () => {
      for (const feedId of open) {
        const feed = feeds.get(feedId);
        if (feed && Date.parse(feed.endsAt) <= clock.now().getTime())
          store.transaction(() => settleOne(feed));
      }
    },
    reset: () => {
      documents.reset();
      open.clear();
      for (const { feedId } of feeds.values()) feeds.delete(feedId);
    },
  };
}

function process(
  feed: Feed,
  document: FeedDocument | undefined,
  seller: { book: OrderBook; sellerId: string },
): Processed {
  const text = Buffer.from(document?.content ?? '', 'base64').toString('utf8');
  let messages: FeedMessage[];
  try {
    messages = messagesIn(text, 'OrderAcknowledgement', seller.sellerId);
  } catch (error) {
    return { messages: 0, errors: [{ messageId: '0', error: expected(error) }] };
  }
  const at = new Date(feed.endsAt);
  const errors = messages.flatMap(({ MessageID, OrderAcknowledgement: said }) => {
    const parsed = acknowledgementSchema.safeParse(said);
    try {
      if (!parsed.success) throw schemaError(5002, parsed.error);
      acknowledge({ ...seller, at }, parsed.data);
      return [];
    } catch (error) {
      return [{ messageId: MessageID, error: expected(error) }];
    }
  });
  return { messages: messages.length, errors };
}

function expected(error: unknown): FeedError {
  if (error instanceof FeedError) return error;
  throw error;
}

const reportDocument = (report: string, isZipped: boolean): Omit<FeedDocument, 'documentId'> => ({
  contentType: 'text/xml; charset=UTF-8',
  content: (isZipped ? gzipSync(report) : Buffer.from(report)).toString('base64'),
  ...(isZipped && { compressionAlgorithm: 'GZIP' }),
});
