import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeIn, tablesIn } from '../docs/markdown';
import { openWorld, type World } from '../support/order-world';
import { minutes } from '../support/orders';
import { beginLife, settled } from './life';
import { events } from './life-events';
import { outcomeOf, tokensOf } from './life-outcome';
import { phases } from './life-phases';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'phases-and-events.md'), 'utf8');
const tables = new Map(tablesIn(page).map(({ heading, rows }) => [heading.toLowerCase(), rows]));
const tableOf = (heading: string) => tables.get(heading.toLowerCase()) ?? [];

/** As the page has them: `[pending](#pending)` is `pending`. */
const wordsOf = (cell = '') => cell.replace(/^\[(.+)\]\(.*\)$/, '$1');

const beginnings = tableOf('phases').map(([phase, , facts = '']) => [wordsOf(phase), codeIn(facts)] as const);
const rows = beginnings.flatMap(([phase]) =>
  tableOf(phase).map(([event = '', , outcome = '']) => ({ phase, event, outcome: codeIn(outcome) })),
);

// Waits are long: nothing happens by itself, so that an order comes to rest.
const policy = { retryBlockedMs: [minutes(60)], confirmWithinMs: minutes(60), settleForMs: minutes(600) };

/** Orders that live at the same time. */
const lanes = 16;

let worlds: readonly World[] = [];
const lives = new Map<string, Promise<{ begins: string[]; outcome: string[] }>>();
const nameOf = (phase: string, event: string) => `${phase}, ${event}`;

beforeAll(async () => {
  const [withErp, withoutErp] = [
    await openWorld({ policy: { ...policy, erp: 'x' } }),
    await openWorld({ policy }),
  ];
  worlds = [withErp, withoutErp];
  const ends: Promise<unknown>[] = Array.from({ length: lanes }, () => Promise.resolve());
  for (const [index, { phase, event }] of rows.entries()) {
    const world = phase === 'without an ERP' ? withoutErp : withErp;
    const life = (ends[index % lanes] ?? Promise.resolve()).then(() => live(world, phase, event));
    ends[index % lanes] = life.catch(() => {});
    lives.set(nameOf(phase, event), life);
  }
});
afterAll(async () => {
  await Promise.allSettled(lives.values());
  for (const world of worlds) await world.close();
});

async function live(world: World, phase: string, event: string) {
  const [enter, send] = [phases[phase], events[event]];
  if (!enter || !send) throw new Error(`There is no such phase or event: ${nameOf(phase, event)}`);
  const life = beginLife(world);
  await enter(life);
  await settled(life);
  const begins = tokensOf(await world.snapshot(life.verified));
  return { begins, outcome: await outcomeOf(life, send) };
}

describe('docs/phases-and-events.md', () => {
  it('has all phases and events', () => {
    expect(beginnings.map(([phase]) => phase)).toEqual(Object.keys(phases));
    expect(tableOf('events').map(([event]) => event)).toEqual(Object.keys(events));
  });

  it('has one row for each pair of them', () => {
    const pairs = Object.keys(phases).flatMap((phase) =>
      Object.keys(events).map((event) => nameOf(phase, event)),
    );
    expect(rows.map(({ phase, event }) => nameOf(phase, event))).toEqual(pairs);
  });

  it('explains each word of the outcomes', () => {
    const explained = tableOf('outcomes').map(([token = '']) => codeIn(token)[0]?.replace(/ ?…$/, ''));
    const isExplained = (token: string) =>
      explained.some((word) => token === word || token.startsWith(`${word} `));
    const tokens = [...rows.flatMap(({ outcome }) => outcome), ...beginnings.flatMap(([, facts]) => facts)];
    expect(tokens.length).toBeGreaterThan(rows.length);
    expect(tokens.filter((token) => !isExplained(token))).toEqual([]);
  });
});

describe('an order that is', () => {
  it.each(rows)('$phase, when comes: $event', async ({ phase, event, outcome }) => {
    const [, begins] = beginnings.find(([name]) => name === phase) ?? [];
    expect(await lives.get(nameOf(phase, event))).toEqual({
      begins: begins?.toSorted(),
      outcome: outcome.toSorted(),
    });
  });
});
