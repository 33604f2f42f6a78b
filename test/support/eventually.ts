import { setTimeout } from 'node:timers/promises';

/** Long, for machines that are busy; it costs nothing where all is well. */
const patienceMs = 40_000;

/** Looks again and again until what it sees is as wanted; fails after 40 seconds with what it saw last. */
export async function eventually<T>(look: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (Date.now() > end) throw new Error(`Not as wanted: ${JSON.stringify(seen, null, 1)}`);
    await setTimeout(25);
  }
}
