import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Dataset, datasets } from './answer';
import { invalidInput } from './errors';

const minimumAgeMs = 2 * 60_000;
const statuses = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'UNSHIPPED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'CANCELLED',
  'UNFULFILLABLE',
] as const;

const list = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)));
const moment = z.iso.datetime({ offset: true });

const querySchema = z.object({
  createdAfter: moment.optional(),
  createdBefore: moment.optional(),
  lastUpdatedAfter: moment.optional(),
  lastUpdatedBefore: moment.optional(),
  fulfillmentStatuses: list(statuses).optional(),
  fulfilledBy: list(['MERCHANT', 'AMAZON']).optional(),
  marketplaceIds: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.string()).max(50))
    .optional(),
  maxResultsPerPage: z.coerce.number().int().min(1).max(100).default(100),
  paginationToken: z.string().optional(),
  includedData: list(datasets).optional(),
});

export type SearchQuery = z.output<typeof querySchema>;

export function parseIncludedData(text: string | undefined): readonly Dataset[] {
  if (text === undefined) return [];
  const parsed = list(datasets).safeParse(text);
  if (!parsed.success) throw invalidInput('Value for parameter includedData is invalid.');
  return parsed.data;
}

/** Read like Amazon's gateway does: arrays are joined by commas, or the parameter is repeated. */
export function parseQuery(parameters: URLSearchParams): SearchQuery {
  const joined = [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]);
  const parsed = querySchema.safeParse(Object.fromEntries(joined));
  if (parsed.success) return parsed.data;
  const name = parsed.error.issues[0]?.path[0];
  throw invalidInput(`Value for parameter ${String(name)} is invalid.`);
}

/** The time window, by creation or by update; refuses what Amazon refuses. */
export function windowOf(query: SearchQuery, now: Date) {
  const { createdAfter, createdBefore, lastUpdatedAfter, lastUpdatedBefore } = query;
  const byUpdate = lastUpdatedAfter !== undefined;
  if (byUpdate === (createdAfter !== undefined))
    throw invalidInput('Exactly one of createdAfter and lastUpdatedAfter must be provided.');
  if (byUpdate ? createdBefore : lastUpdatedBefore)
    throw invalidInput('Parameters of creation time and of update time cannot be combined.');
  const after = Date.parse(lastUpdatedAfter ?? createdAfter ?? '');
  const asked = byUpdate ? lastUpdatedBefore : createdBefore;
  const latest = now.getTime() - minimumAgeMs;
  if (asked !== undefined && Date.parse(asked) > latest)
    throw invalidInput('The Before time must be at least two minutes before the time of the request.');
  if (asked !== undefined && Date.parse(asked) < after)
    throw invalidInput('The Before time must be equal to or after the After time.');
  return { byUpdate, after, before: asked === undefined ? latest : Date.parse(asked) };
}

/** All parameters that a token binds: everything but page size and datasets. */
export function fingerprint({
  paginationToken: _,
  maxResultsPerPage: __,
  includedData: ___,
  ...bound
}: SearchQuery): string {
  return createHash('sha256').update(JSON.stringify(bound)).digest('base64url');
}
