import { z } from 'zod';
import { alertReasons } from '../domain/alerts';
import { inventoryStrategies } from '../domain/settings';
import { channelTaskQueue } from '../workflows/task-queues';
import { duration, instant, port, slug, webAddress } from './fields';
import { isStandardQueue, noQueueRegion, queueRegion } from './queue';

const hour = 3_600_000;
const day = 24 * hour;

/** Commerce keeps 50 characters of an order number; Amazon's order id has 19. */
const numberPrefix = z.string().regex(/^[A-Za-z0-9_-]{1,31}$/, 'must be 1 to 31 letters, digits, - or _');

const orderNumber = z
  .union(
    [z.enum(['amazon', 'commerce']), z.strictObject({ source: z.literal('amazon'), prefix: numberPrefix })],
    { error: 'must be amazon, commerce or { source: amazon, prefix: AMZ- }' },
  )
  .transform((value) => (typeof value === 'string' ? { source: value, prefix: '' } : value));

const storeView = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'must be the code of a store view, like amazon_us')
  .refine((code) => code !== 'all' && code !== 'admin', 'must be a store view that sells, not admin or all');

/** The state `processing` has the status of the same name by default. */
const orderStatus = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'must be default or a status code of the processing state')
  .transform((code) => (code === 'default' ? 'processing' : code));

const marketplaceSchema = z.strictObject({
  id: z.string().regex(/^A[A-Z0-9]{9,14}$/, "must be Amazon's id of a marketplace, like ATVPDKIKX0DER"),
  commerce: slug,
  store: storeView,
  customer: z.enum(['guest', 'newAccount']).default('guest'),
  orderNumber: orderNumber.prefault('amazon'),
  orderStatus: orderStatus.prefault('default'),
  importOrders: z.enum(['enabled', 'disabled']).default('enabled'),
  fbaOrders: z.enum(['createComplete', 'ignore']).default('createComplete'),
  invoice: z.enum(['onShipment', 'onImport']).default('onShipment'),
  inventory: z.enum(inventoryStrategies).default('none'),
  pendingStock: z.enum(['doNotReserve', 'reserve']).default('doNotReserve'),
  erp: slug.optional(),
  retryBlocked: z
    .array(duration({ leastMs: 1_000, message: 'must be 1 s or longer' }))
    .min(1)
    .prefault(['15 min', '1 h', '6 h', '1 d']),
  shipByWarning: duration({ leastMs: 0 }).prefault('12 h'),
  settleFor: duration({
    leastMs: 0,
    mostMs: 3 * day,
    message: 'must be 3 d or shorter, so that buyer data is gone 30 days after shipment',
  }).prefault('3 d'),
  confirmWithin: duration().prefault('30 min'),
});

const callsPerSecond = z.number().positive().max(1_000);

const notificationsSchema = z
  .strictObject({
    queueUrl: webAddress.refine(
      isStandardQueue,
      'must be a standard queue: Amazon sends nothing to a FIFO one',
    ),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region like us-east-1')
      .optional(),
    endpoint: webAddress.optional(),
  })
  .transform(({ queueUrl, region, endpoint }, context) => {
    const itsRegion = region ?? queueRegion(queueUrl);
    if (itsRegion === undefined)
      context.addIssue({ code: 'custom', path: ['region'], message: noQueueRegion });
    return { queueUrl, region: itsRegion ?? '', endpoint: endpoint ?? new URL(queueUrl).origin };
  });

const accountSchema = z.strictObject({
  name: slug,
  sellerId: z.string().regex(/^[A-Z0-9]{5,20}$/, "must be Amazon's id of the seller, capitals and digits"),
  region: z.enum(['na', 'eu', 'fe']),
  importSince: instant,
  mode: z.enum(['live', 'readOnly']).default('live'),
  endpoint: webAddress.optional(),
  tokenEndpoint: webAddress.optional(),
  intake: z
    .strictObject({
      sweepEvery: duration().prefault('5 min'),
      overlap: duration({ leastMs: 0 }).prefault('30 min'),
      slowSweepEvery: duration().prefault('1 h'),
      slowSweepBack: duration({
        leastMs: day,
        message: 'must be 24 h or longer, because Amazon lists some orders hours late',
      }).prefault('24 h'),
      reconcileEvery: duration().prefault('1 d'),
      reconcileBack: duration({
        mostMs: 25 * day,
        message: 'must be 25 d or shorter, so that finished orders are still there to compare with',
      }).prefault('20 d'),
      staleAfter: duration().prefault('30 min'),
    })
    .prefault({}),
  pace: z
    .strictObject({
      getOrder: callsPerSecond.optional(),
      confirmShipment: callsPerSecond.optional(),
    })
    .prefault({}),
  notifications: notificationsSchema.optional(),
  marketplaces: z.array(marketplaceSchema).min(1),
});

const websiteCode = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'must be the code of a website, like base');
const sourceCode = z.string().regex(/^[A-Za-z0-9_-]{1,255}$/, 'must be the code of a source, like default');

const commerceSchema = z.strictObject({
  name: slug,
  edition: z.enum(['paas', 'cloudService']).default('paas'),
  url: webAddress.refine((url) => !/\/(rest|V1)\b/.test(url), 'must end before /rest and /V1'),
  tokenEndpoint: webAddress.optional(),
  shipmentsEvery: duration().prefault('1 min'),
  shipmentsWithoutNumber: z.enum(['wait', 'send']).default('wait'),
  events: z
    .strictObject({
      clientId: z
        .string()
        .regex(/^[A-Za-z0-9_-]{8,100}$/, 'must be the client id of the Adobe Developer Console project'),
    })
    .optional(),
  concurrency: z.int().min(1).max(100).default(6),
  stock: z
    .strictObject({
      website: websiteCode.default('base'),
      origin: sourceCode.default('default'),
      allocation: sourceCode.default('amazon_allocated'),
    })
    .prefault({}),
});

const erpSchema = z.strictObject({
  name: slug,
  kind: z.literal('webhook'),
  url: webAddress,
  timeout: duration().prefault('20 s'),
});

const mailAddress = z.email({
  error: ({ code }) =>
    code === 'invalid_format' ? 'must be a mail address like orders@example.com' : undefined,
});

const alertsSchema = z
  .strictObject({
    every: duration({ leastMs: 1_000, message: 'must be 1 s or longer' }).prefault('1 min'),
    after: duration({ leastMs: 0 }).prefault('15 min'),
    pace: duration({ leastMs: 0 }).prefault('15 min'),
    reasons: z
      .array(z.enum(alertReasons))
      .min(1)
      .default([...alertReasons]),
    page: webAddress.optional(),
    webhook: z.strictObject({ url: webAddress }).optional(),
    mail: z
      .strictObject({
        host: z.string().min(1),
        secure: z.boolean().default(true),
        port: port.optional(),
        user: z.string().min(1).optional(),
        from: mailAddress,
        to: z.array(mailAddress).min(1),
      })
      .optional(),
  })
  .refine(({ webhook, mail }) => webhook !== undefined || mail !== undefined, 'must have webhook or mail');

/** The settings file as the merchant writes it. Unknown keys are refused: a misspelt one would do nothing. */
export const settingsSchema = z.strictObject({
  accounts: z.array(accountSchema).min(1),
  commerce: z.array(commerceSchema).min(1),
  erps: z.array(erpSchema).default([]),
  alerts: alertsSchema.optional(),
  page: z
    .strictObject({ host: z.string().min(1).default('127.0.0.1'), port: port.default(8230) })
    .prefault({}),
  codec: z.strictObject({ port: port.default(8231) }).prefault({}),
  temporalUi: webAddress.prefault('http://127.0.0.1:8233'),
  keyRing: z.string().min(1).default('.data/key-ring'),
  installation: z.string().min(1).default('.data/installation'),
  taskQueue: z.string().min(1).max(200).default(channelTaskQueue),
  logs: z
    .strictObject({
      folder: z.string().min(1).default('.data/logs'),
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    })
    .prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
export type AccountSettings = Settings['accounts'][number];
export type CommerceSettings = Settings['commerce'][number];
export type AlertSettings = NonNullable<Settings['alerts']>;
export type MarketplaceSettings = AccountSettings['marketplaces'][number];
