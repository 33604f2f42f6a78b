import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { invalidInput, SellingPartnerRefusal } from './errors';
import { acknowledgementFeed, type Feed, type Feeds } from './feeds';
import { gateOf, refuse } from './gateway';

interface Parts {
  gate: Parameters<typeof gateOf>[0];
  feeds: Feeds;
}

const documentSchema = z.object({ contentType: z.string().min(1) });
const feedSchema = z.object({
  feedType: z.string(),
  marketplaceIds: z.array(z.string()).min(1).max(25),
  inputFeedDocumentId: z.string(),
  feedOptions: z.record(z.string(), z.string()).optional(),
});

const list = z.string().transform((text) => text.split(','));
const querySchema = z.object({
  feedTypes: list.optional(),
  marketplaceIds: list.optional(),
  pageSize: z.coerce.number().int().min(1).max(100).default(10),
  processingStatuses: list.optional(),
  createdSince: z.iso.datetime({ offset: true }).optional(),
  createdUntil: z.iso.datetime({ offset: true }).optional(),
});
type Query = z.output<typeof querySchema>;

const tokenSchema = z.object({ query: z.record(z.string(), z.string()), skip: z.int() });

async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(jsonOf(await c.req.text()));
  if (parsed.success) return parsed.data;
  throw invalidInput(`Invalid value for ${parsed.error.issues[0]?.path.join('.')}.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidInput('The request body is not JSON.');
  }
}

const unknown = (what: string) =>
  new SellingPartnerRefusal(404, 'NotFound', `The requested resource doesn't exist: ${what}.`);

const originOf = (c: Context) => new URL(c.req.url).origin;

function feedAnswer(feed: Feed, feeds: Feeds) {
  const { feedId, feedType, marketplaceIds, createdAt, startsAt, endsAt, reportId } = feed;
  const processingStatus = feeds.statusOf(feed);
  const isOver = processingStatus === 'DONE' || processingStatus === 'FATAL';
  return {
    feedId,
    feedType,
    marketplaceIds,
    createdTime: createdAt,
    processingStatus,
    ...((isOver || processingStatus === 'IN_PROGRESS') && { processingStartTime: startsAt }),
    ...(isOver && { processingEndTime: endsAt }),
    ...(reportId !== undefined && { resultFeedDocumentId: reportId }),
  };
}

/** `/feeds/2021-06-30/documents` */
function documentRoutes({ gate, feeds: { documents } }: Parts) {
  const app = new Hono();
  app.post('/', gateOf(gate, 'createFeedDocument'), async (c) => {
    const document = documents.add(await bodyOf(c, documentSchema));
    const url = documents.addressOf(document, 'PUT', originOf(c));
    return c.json({ feedDocumentId: document.documentId, url }, 201);
  });
  app.get('/:documentId', gateOf(gate, 'getFeedDocument'), (c) => {
    const document = documents.get(c.req.param('documentId'));
    if (!document) throw unknown('feed document');
    const { documentId, compressionAlgorithm } = document;
    return c.json({
      feedDocumentId: documentId,
      url: documents.addressOf(document, 'GET', originOf(c)),
      ...(compressionAlgorithm && { compressionAlgorithm }),
    });
  });
  return app;
}

function parseQuery(parameters: Record<string, string>): Query {
  const parsed = querySchema.safeParse(parameters);
  if (!parsed.success) throw invalidInput(`Invalid value for ${parsed.error.issues[0]?.path.join('.')}.`);
  if (!parsed.data.feedTypes) throw invalidInput('Either feedTypes or nextToken is required.');
  return parsed.data;
}

/** A token goes on where the page before ended, with its parameters. */
function positionOf({ nextToken, ...query }: Record<string, string>) {
  if (nextToken === undefined) return { query, skip: 0 };
  if (Object.keys(query).length > 0) throw invalidInput('nextToken must be the only parameter.');
  const parsed = tokenSchema.safeParse(jsonOf(Buffer.from(nextToken, 'base64').toString()));
  if (!parsed.success) throw invalidInput('nextToken is invalid.');
  return parsed.data;
}

function feedsPage(feeds: Feeds, parameters: Record<string, string>) {
  const { query, skip } = positionOf(parameters);
  const wanted = parseQuery(query);
  const allows = (values: readonly string[] | undefined, value: string) => values?.includes(value) ?? true;
  const found = feeds
    .all()
    .filter((feed) => allows(wanted.feedTypes, feed.feedType))
    .filter((feed) => feed.marketplaceIds.some((id) => allows(wanted.marketplaceIds, id)))
    .filter((feed) => allows(wanted.processingStatuses, feeds.statusOf(feed)))
    .filter(({ createdAt }) => Date.parse(createdAt) >= Date.parse(wanted.createdSince ?? '1970-01-01'))
    .filter(({ createdAt }) => Date.parse(createdAt) <= Date.parse(wanted.createdUntil ?? '9999-12-31'));
  const end = skip + wanted.pageSize;
  const next = Buffer.from(JSON.stringify({ query, skip: end })).toString('base64');
  return {
    feeds: found.slice(skip, end).map((feed) => feedAnswer(feed, feeds)),
    ...(found.length > end && { nextToken: next }),
  };
}

/** `/feeds/2021-06-30/feeds` */
function feedRoutes({ gate, feeds }: Parts) {
  const app = new Hono();
  const known = (feedId: string): Feed => {
    const feed = feeds.get(feedId);
    if (!feed) throw unknown(`feed ${feedId}`);
    return feed;
  };
  app.get('/', gateOf(gate, 'getFeeds'), (c) => c.json(feedsPage(feeds, c.req.query())));
  app.post('/', gateOf(gate, 'createFeed'), async (c) => {
    const { feedType, marketplaceIds, inputFeedDocumentId } = await bodyOf(c, feedSchema);
    if (feedType !== acknowledgementFeed) throw invalidInput(`Invalid feed type ${feedType}.`);
    if (feeds.documents.get(inputFeedDocumentId)?.content === undefined)
      throw invalidInput('Invalid inputFeedDocumentId: nothing was uploaded there.');
    const { feedId } = feeds.create({ feedType, marketplaceIds, documentId: inputFeedDocumentId });
    return c.json({ feedId }, 202);
  });
  app.get('/:feedId', gateOf(gate, 'getFeed'), (c) =>
    c.json(feedAnswer(known(c.req.param('feedId')), feeds)),
  );
  app.delete('/:feedId', gateOf(gate, 'cancelFeed'), (c) => {
    const feed = known(c.req.param('feedId'));
    if (feeds.statusOf(feed) !== 'IN_QUEUE')
      throw invalidInput(`Feed ${feed.feedId} is ${feeds.statusOf(feed)} and cannot be cancelled.`);
    feeds.cancel(feed);
    return c.body(null, 200);
  });
  return app;
}

/** The feeds API 2021-06-30, with Amazon's quotas. */
export function feedsApi(parts: Parts) {
  const app = new Hono();
  app.onError(refuse);
  app.route('/documents', documentRoutes(parts));
  app.route('/feeds', feedRoutes(parts));
  return app;
}
