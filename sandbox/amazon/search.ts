import type { Dataset } from './answer';
import { invalidInput } from './errors';
import type { OrderState } from './life';
import type { AmazonOrder } from './order';
import { fingerprint, parseQuery, type SearchQuery, windowOf } from './search-query';
import type { AmazonSettings } from './settings';

/** Where the next page begins, inside the token: Amazon's token is opaque, ours merely looks so. */
interface Position {
  parameters: string;
  before: number;
  /** Time and id of the last order given. */
  after: [number, string];
  expiresAt: number;
}

export interface PlacedOrder {
  order: AmazonOrder;
  state: OrderState;
}

export interface Page {
  orders: PlacedOrder[];
  includedData: readonly Dataset[];
  nextToken?: string;
  /** The upper bound that all pages of this search share. */
  bound: { lastUpdatedBefore: string } | { createdBefore: string };
}

const writeToken = (position: Position) => Buffer.from(JSON.stringify(position)).toString('base64');

function readToken(token: string, parameters: string, now: Date): Position {
  let position: Position;
  try {
    position = JSON.parse(Buffer.from(token, 'base64').toString()) as Position;
  } catch {
    throw invalidInput('The pagination token is invalid.');
  }
  if (position.parameters !== parameters)
    throw invalidInput(
      'The parameters of the request differ from those that the pagination token was made for.',
    );
  if (position.expiresAt <= now.getTime()) throw invalidInput('The pagination token has expired.');
  return position;
}

type Place = Position['after'];

const comparePlaces = (one: Place, other: Place) => one[0] - other[0] || one[1].localeCompare(other[1]);

const allows = <T>(wanted: readonly T[] | undefined, value: T) => !wanted || wanted.includes(value);

const passes = ({ order, state }: PlacedOrder, query: SearchQuery) =>
  allows<string>(query.fulfillmentStatuses, state.status) &&
  allows(query.fulfilledBy, order.fulfilledBy) &&
  allows(query.marketplaceIds, order.marketplaceId);

/**
 * One page of searchOrders over `placed`, oldest change first. An order that changes while a client pages
 * leaves the window and is found by the next search, as at Amazon.
 */
export function searchPage(
  placed: readonly PlacedOrder[],
  parameters: URLSearchParams,
  now: Date,
  { paginationTokenHours, mostPerPage }: Pick<AmazonSettings, 'paginationTokenHours' | 'mostPerPage'>,
): Page {
  const query = parseQuery(parameters);
  const window = windowOf(query, now);
  const bound = fingerprint(query);
  const token = query.paginationToken ? readToken(query.paginationToken, bound, now) : undefined;
  const before = token?.before ?? window.before;
  const matching = placed
    .filter((each) => passes(each, query))
    .map((each): { each: PlacedOrder; place: Place } => {
      const time = window.byUpdate ? each.state.lastUpdatedAt : each.order.plan.placedAt;
      return { each, place: [Date.parse(time), each.order.orderId] };
    })
    .filter(({ place }) => place[0] >= window.after && place[0] <= before)
    .filter(({ place }) => !token || comparePlaces(place, token.after) > 0)
    .sort((one, other) => comparePlaces(one.place, other.place));

  const page = matching.slice(0, Math.min(query.maxResultsPerPage, mostPerPage));
  const last = matching.length > page.length ? page.at(-1) : undefined;
  const expiresAt = now.getTime() + paginationTokenHours * 3_600_000;
  const upTo = new Date(before).toISOString();
  return {
    orders: page.map(({ each }) => each),
    includedData: query.includedData ?? [],
    ...(last && { nextToken: writeToken({ parameters: bound, before, after: last.place, expiresAt }) }),
    bound: window.byUpdate ? { lastUpdatedBefore: upTo } : { createdBefore: upTo },
  };
}
