import type { Window } from '../../domain/lanes';
import { endOf } from '../../domain/sweep-window';

/** How Amazon lists orders, as far as the intake can notice: late, in pages, in a window that orders leave. */
export interface ModelOrder {
  readonly id: string;
  readonly createdAt: number;
  /** The change at `at` shows in lists from `listedAt` on; the newest one counts. */
  readonly changes: { readonly at: number; readonly listedAt: number }[];
}

export interface ModelPage {
  /** Newest change of each order on the page as the list shows it. */
  readonly orders: readonly { readonly id: string; readonly version: number }[];
  readonly upTo: number;
  readonly nextToken?: string;
}

const pageSize = 3;
const twoMinutes = 2 * 60_000;
const tokenLifeMs = 24 * 3_600_000;

interface Token {
  readonly after: readonly [number, string];
  readonly upTo: number;
  readonly expiresAt: number;
}

export interface ListCall {
  readonly orders: readonly ModelOrder[];
  readonly window: Window;
  readonly token: string | undefined;
  /** Amazon may give a page of nothing, and a token for the next one. */
  readonly isEmpty: boolean;
}

/** One page of the list at `now`; undefined when the token has expired, a day after the first page. */
export function listPage({ orders, window, token, isEmpty }: ListCall, now: number): ModelPage | undefined {
  const position = token === undefined ? undefined : (JSON.parse(token) as Token);
  if (position && position.expiresAt <= now) return undefined;
  const until = endOf(window);
  const upTo = position?.upTo ?? (until === undefined ? now - twoMinutes : Date.parse(until));
  const expiresAt = position?.expiresAt ?? now + tokenLifeMs;
  if (isEmpty) {
    const after = position?.after ?? [0, ''];
    return {
      orders: [],
      upTo: now - twoMinutes,
      nextToken: JSON.stringify({ after, upTo, expiresAt, calls: now }),
    };
  }
  const byUpdate = 'lastUpdatedAfter' in window;
  const after = Date.parse(byUpdate ? window.lastUpdatedAfter : window.createdAfter);
  const matching = orders
    .flatMap(({ id, createdAt, changes }) => {
      const version = Math.max(...changes.filter(({ listedAt }) => listedAt <= now).map(({ at }) => at));
      return Number.isFinite(version) ? [{ id, version, place: byUpdate ? version : createdAt }] : [];
    })
    .filter(({ place }) => place >= after && place <= upTo)
    .filter(({ id, place }) => !position || compare([place, id], position.after) > 0)
    .sort((one, other) => compare([one.place, one.id], [other.place, other.id]));
  const page = matching.slice(0, pageSize);
  const last = matching.length > page.length ? page.at(-1) : undefined;
  const next = last && { after: [last.place, last.id], upTo, expiresAt };
  return {
    orders: page.map(({ id, version }) => ({ id, version })),
    // Later pages tell a later time than their list goes up to, which whoever takes it pays for.
    upTo: now - twoMinutes,
    ...(next && { nextToken: JSON.stringify(next) }),
  };
}

const compare = ([one, id]: readonly [number, string], [other, otherId]: readonly [number, string]): number =>
  one - other || id.localeCompare(otherId);

/** What Amazon says of an order that is read by its id: the newest at once. */
export const newestOf = ({ changes }: ModelOrder, now: number): number =>
  Math.max(...changes.filter(({ at }) => at <= now).map(({ at }) => at));
