import { byUrgency, type Trouble } from './alerts';
import { isAcknowledgeable } from './attention';
import { hashOf } from './hash';

/** What people have been told: plain JSON of bounded size. */
export interface Told {
  /** `<account>/<order or Commerce instance> <reason>`, and which matter: 0 while it lasts, else since when it was not there any more, in epoch ms. */
  readonly known: Readonly<Record<string, number>>;
  /** How many more were told that found no room in `known`. */
  readonly beyond: number;
}

export const nothingTold: Told = { known: {}, beyond: 0 };

/** About 100 kB, which every look carries to its activity. */
const mostKnown = 2_000;

/** What comes back so soon is not told again: it comes and goes, or the list showed it late. */
const forgottenAfterMs = 15 * 60_000;

export interface Comparison {
  /** Not told yet, the most urgent first. */
  readonly news: readonly Trouble[];
  /** What has been told, without what is over. */
  readonly before: Told;
  /** The same, with the news. */
  readonly after: Told;
}

/**
 * What of the open troubles is new. Beyond the room for single ones only their number is known: there, news are more
 * of them than before.
 */
export function compare(open: readonly Trouble[], told: Told, nowMs: number): Comparison {
  const present = new Set(open.map(keyOf));
  const known = Object.fromEntries(
    Object.entries(told.known)
      .map(([key, goneSince]): [string, number] => [key, present.has(key) ? 0 : goneSince || nowMs])
      .filter(([, goneSince]) => goneSince === 0 || nowMs - goneSince < forgottenAfterMs),
  );
  const untold = open.filter((trouble) => !Object.hasOwn(known, keyOf(trouble))).toSorted(byUrgency);
  const kept = untold.slice(0, Math.max(0, mostKnown - Object.keys(known).length));
  const after: Told = {
    known: { ...known, ...Object.fromEntries(kept.map((trouble) => [keyOf(trouble), 0])) },
    beyond: untold.length - kept.length,
  };
  if (untold.length <= told.beyond) return { news: [], before: after, after };
  return { news: untold, before: { known, beyond: told.beyond }, after };
}

/** What only a person can settle is another matter with another sentence; others name what is wrong just now. */
function keyOf({ account, amazonOrderId, commerce, reason, note }: Trouble): string {
  const matter = isAcknowledgeable(reason) ? ` ${hashOf(note).toString(36)}` : '';
  return `${account}/${amazonOrderId ?? commerce ?? ''} ${reason}${matter}`;
}
