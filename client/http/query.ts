import { z } from 'zod';
import { channelStatuses } from '../../domain/channel-status';
import type { Paging } from '../order-list';
import type { OrderFilter } from '../order-query';

const flag = z.literal(['1', 'on', 'true', '']).transform((value) => value !== '');
const longestText = 200;

/** The query of the Orders list, in the address of the page and of `/api/orders`. */
const querySchema = z.object({
  status: z.enum(['', ...channelStatuses]).optional(),
  pending: flag.optional(),
  attention: flag.optional(),
  account: z.string().max(longestText).optional(),
  q: z.string().max(longestText).optional(),
  page: z.string().max(4_000).optional(),
  size: z.coerce.number().int().min(1).max(500).optional(),
});

export interface ListQuery {
  readonly status?: (typeof channelStatuses)[number] | undefined;
  readonly pending?: boolean | undefined;
  readonly attention?: boolean | undefined;
  readonly account?: string | undefined;
  readonly q?: string | undefined;
  readonly page?: string | undefined;
  readonly size?: number | undefined;
}

/** The address asks for something that there is not. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** @throws QueryError that names the parameters. */
export function readQuery(parameters: Readonly<Record<string, string>>): ListQuery {
  const parsed = querySchema.safeParse(parameters);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new QueryError(problems.join('; '));
  }
  const { status, q, ...others } = parsed.data;
  return { ...others, status: status || undefined, q: q?.trim() || undefined };
}

export function filterOf({ status, pending, attention, account, q }: ListQuery): OrderFilter {
  const channelStatus = status && [status];
  return { channelStatus, includePending: pending, attention, account, search: q };
}

export const pagingOf = ({ page, size }: ListQuery): Paging => ({ pageToken: page, pageSize: size });

/** The address of the list with this query; `change` replaces parts of it. */
export function listAddress(query: ListQuery, change: ListQuery = {}): string {
  const { status, pending, attention, account, q, page, size } = { ...query, ...change };
  const parameters = new URLSearchParams();
  const texts = { status, account, q, page, size: size?.toString() };
  for (const [name, value] of Object.entries(texts)) if (value) parameters.set(name, value);
  for (const [name, value] of Object.entries({ pending, attention })) if (value) parameters.set(name, '1');
  return parameters.size > 0 ? `/?${parameters}` : '/';
}
