import { z } from 'zod';
import type { Store } from '../store';

const rateSchema = z.strictObject({ perSecond: z.number().positive(), burst: z.int().positive() });

/** All times are sandbox time. The rates are Amazon's defaults from the usage plans in its API descriptions. */
export const amazonSettingsSchema = z.strictObject({
  sellerId: z.string().default('A1SANDBOXSELLER'),
  clientId: z.string().default('amzn1.application-oa2-client.sandbox'),
  clientSecret: z.string().default('amzn1.oa2-cs.v1.sandbox'),
  refreshToken: z.string().default('Atzr|sandbox'),
  accessTokenSeconds: z.number().positive().default(3600),
  paginationTokenHours: z.number().positive().default(24),
  /** Amazon may give fewer orders on a page than it was asked for. */
  mostPerPage: z.int().positive().default(100),
  /** How long Amazon takes to show a confirmed package among an order's PACKAGES. */
  packageVisibleAfterMs: z.number().nonnegative().default(30_000),
  /** How often one package may be sent before Amazon refuses further edits. */
  maxPackageVersions: z.int().positive().default(10),
  /** Amazon shows no example of a discount; with `positive` the totals still subtract it. */
  discountSign: z.enum(['negative', 'positive']).default('negative'),
  /** Carrier codes taken by confirmShipment besides `Other`; an empty list takes all. */
  carrierCodes: z.array(z.string()).default([]),
  /** From createFeed to the beginning of the processing. */
  feedQueuedMs: z.number().nonnegative().default(10_000),
  /** How long a feed is processed; what it does is done at the end. */
  feedProcessingMs: z.number().nonnegative().default(20_000),
  /** Whether the next feed that is created ends FATAL, without or with its effect. Those after it go well again. */
  nextFeed: z.enum(['normal', 'fatal', 'fatalAfterEffect']).default('normal'),
  /** Whether processing reports are packed. */
  gzipReports: z.boolean().default(true),
  /** A change of an order shows in searchOrders so much later; getOrder shows it at once. */
  listLagMs: z.number().nonnegative().default(0),
  /** Orders that searchOrders never shows; getOrder does. */
  missingFromLists: z.array(z.string()).default([]),
  /** Base address of the SQS server that has the queues; what happens without one is never published. */
  sqsEndpoint: z.url().nullable().default(null),
  /** From a change to its notification. */
  notificationDelayMs: z.number().nonnegative().default(100),
  /** How often each notification is sent, under one NotificationId. */
  notificationDuplicates: z.int().positive().default(1),
  /** Every so manieth notification waits until a later one has been sent; 0: none. */
  notificationReorder: z
    .int()
    .nonnegative()
    .refine((every) => every !== 1, 'every notification would wait for another')
    .default(0),
  /** Every so manieth notification is lost; 0: none. */
  notificationDropEvery: z.int().nonnegative().default(0),
  rates: z
    .strictObject({
      searchOrders: rateSchema.default({ perSecond: 0.0056, burst: 20 }),
      getOrder: rateSchema.default({ perSecond: 0.5, burst: 30 }),
      confirmShipment: rateSchema.default({ perSecond: 2, burst: 10 }),
      createFeedDocument: rateSchema.default({ perSecond: 0.5, burst: 15 }),
      createFeed: rateSchema.default({ perSecond: 0.0083, burst: 15 }),
      getFeed: rateSchema.default({ perSecond: 2, burst: 15 }),
      getFeeds: rateSchema.default({ perSecond: 0.0222, burst: 10 }),
      cancelFeed: rateSchema.default({ perSecond: 2, burst: 15 }),
      getFeedDocument: rateSchema.default({ perSecond: 0.0222, burst: 10 }),
      /** Of each operation of the notifications API. */
      notifications: rateSchema.default({ perSecond: 1, burst: 5 }),
    })
    .prefault({}),
});

export type AmazonSettings = z.output<typeof amazonSettingsSchema>;

/** The settings of a sandbox that nobody has changed, sandbox credentials included. */
export const amazonSettingsDefaults: AmazonSettings = amazonSettingsSchema.parse({});

export interface SettingsKeeper {
  current(): AmazonSettings;
  /** Replaces the named settings; throws a ZodError on unknown or wrong ones. */
  change(changes: unknown): void;
}

/** Settings that nobody has changed are those of `initial`, or else the usual ones. */
export function keepSettings(
  store: Store,
  initial: Partial<z.input<typeof amazonSettingsSchema>> = {},
): SettingsKeeper {
  const records = store.collection<AmazonSettings>('amazon-settings');
  const current = () => amazonSettingsSchema.parse(records.get('settings') ?? initial);
  return {
    current,
    change: (changes) => {
      const changed = z.record(z.string(), z.unknown()).parse(changes);
      records.put('settings', amazonSettingsSchema.parse({ ...current(), ...changed }));
    },
  };
}
