import { setTimeout } from 'node:timers/promises';

const patienceMs = 10_000;

/** Looks again and again until what it sees is as wanted; fails after ten seconds with what it saw last. */
export async function eventually<T>(look: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (Date.now() > end) throw new Error(`Not as wanted: ${JSON.stringify(seen, null, 1)}`);
    await setTimeout(25);
  }
}
