import { compare, nothingTold, type Told } from '../../domain/alert-memory';
import { alertReasons, digestOf, isWorthTelling, type Trouble } from '../../domain/alerts';
import { together } from '../../domain/digest';

const minute = 60_000;
const now = Date.parse('2026-10-01T12:00:00.000Z');
const at = new Date(now).toISOString();

const trouble = (changes: Partial<Trouble> = {}): Trouble => ({
  account: 'us-main',
  amazonOrderId: '113-0000001-0000001',
  reason: 'blocked',
  note: 'SKU ABC-1 is not in the catalogue.',
  since: at,
  ...changes,
});
const order = (number: number, changes: Partial<Trouble> = {}): Trouble =>
  trouble({ amazonOrderId: `113-0000001-${String(number).padStart(7, '0')}`, ...changes });
const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => order(from + index));

describe('a trouble is worth telling', () => {
  const telling = { reasons: alertReasons, afterMs: 15 * minute };

  it.each<[string, number, boolean]>([
    ['blocked', 0, true],
    ['late', 0, true],
    ['parked', 0, true],
    ['commerceUnreachable', 14, false],
    ['commerceUnreachable', 15, true],
    ['amazonSilent', 14, false],
    ['intakeSilent', 15, true],
    ['watchSilent', 14, false],
    ['watchSilent', 15, true],
    ['a reason of a later version', 60, false],
  ])('%s after %i minutes: %s', (reason, minutes, worth) => {
    const since = new Date(now - minutes * minute).toISOString();
    expect(isWorthTelling(trouble({ reason, since }), telling, now)).toBe(worth);
  });

  it('only where its reason is wanted', () => {
    const wanted = { ...telling, reasons: ['late'] as const };
    expect(isWorthTelling(trouble({ reason: 'late' }), wanted, now)).toBe(true);
    expect(isWorthTelling(trouble(), wanted, now)).toBe(false);
  });
});

describe('what was told', () => {
  const tell = (open: readonly Trouble[], told: Told = nothingTold, at = now) => compare(open, told, at);

  it('is news once, for each reason of an order', () => {
    const blocked = trouble();
    const first = tell([blocked]);
    expect(first.news).toEqual([blocked]);
    const both = tell([blocked, trouble({ reason: 'late' })], first.after);
    expect(both.news).toEqual([trouble({ reason: 'late' })]);
    expect(tell([blocked, trouble({ reason: 'late' })], both.after).news).toEqual([]);
  });

  it('is news again with another matter that only a person can settle', () => {
    const first = trouble({ reason: 'cancellationIncomplete', note: 'The ERP does not stop.' });
    const { after } = compare([first], nothingTold, 0);
    const second = { ...first, note: 'The ERP does not stop. Commerce does not cancel.' };
    expect(compare([second], after, 0).news).toEqual([second]);
    const unreachable = trouble({ reason: 'erpUnreachable', note: 'It answered 503.' });
    const told = compare([unreachable], nothingTold, 0).after;
    expect(compare([{ ...unreachable, note: 'It answered 504.' }], told, 0).news).toEqual([]);
  });

  it('stays news for as long as it is not told', () => {
    const { before } = tell([trouble()]);
    expect(before).toEqual(nothingTold);
    expect(tell([trouble()], before).news).toHaveLength(1);
  });

  it('is forgotten once it has been away for a quarter of an hour', () => {
    const { after } = tell([trouble()]);
    const gone = tell([], after, now + minute).after;
    expect(tell([trouble()], gone, now + 15 * minute).news).toEqual([]);
    const forgotten = tell([], gone, now + 16 * minute).after;
    expect(forgotten).toEqual(nothingTold);
    expect(tell([trouble()], forgotten, now + 17 * minute).news).toHaveLength(1);
  });

  it('counts its absence from the last time that it was there', () => {
    const gone = tell([], tell([trouble()]).after, now + minute).after;
    const back = tell([trouble()], gone, now + 10 * minute).after;
    expect(Object.values(back.known)).toEqual([0]);
    expect(Object.keys(tell([], back, now + 20 * minute).after.known)).toHaveLength(1);
  });

  it('is kept for 2,000 reasons one by one, the most urgent of them, and counted beyond', () => {
    const { news, after } = tell([...many(3_000), order(5_000, { reason: 'late' })]);
    expect([news.length, news[0]?.reason]).toEqual([3_001, 'late']);
    expect([Object.keys(after.known).length, after.beyond]).toEqual([2_000, 1_001]);
    expect(after.known).toHaveProperty(['us-main/113-0000001-0005000 late'], 0);
  });

  it('beyond that is news again only when there are more', () => {
    const { after } = tell(many(3_000));
    expect(tell(many(3_000), after).news).toEqual([]);
    expect(tell(many(3_001), after).news).toHaveLength(1_001);
    const fewer = tell(many(2_500), after).after;
    expect(fewer.beyond).toBe(500);
    expect(tell(many(2_600), fewer).news).toHaveLength(600);
  });

  it('makes room when the first ones are over, and tells nothing twice for that', () => {
    const { after } = tell(many(3_000));
    const rest = tell(many(1_500, 1_500), after, now + minute).after;
    const later = tell(many(1_500, 1_500), rest, now + 20 * minute);
    expect([later.news.length, later.after.beyond]).toEqual([0, 0]);
    expect(Object.keys(later.after.known)).toHaveLength(1_500);
  });

  it('of the same order in two accounts is two things', () => {
    const { after } = tell([trouble()]);
    expect(tell([trouble(), trouble({ account: 'eu-main' })], after).news).toHaveLength(1);
  });
});

it('what is told of one shop’s watch is news once more of another shop’s', () => {
  const { amazonOrderId: _, ...silent } = trouble({ reason: 'watchSilent', commerce: 'main' });
  const { after } = compare([silent], nothingTold, now);
  const other = { ...silent, commerce: 'outlet' };
  expect(compare([silent, other], after, now).news).toEqual([other]);
});

describe('a digest', () => {
  it('has late orders first, then those at risk, each by the ship-by date', () => {
    const { first, orders, late } = digestOf(
      [
        order(1),
        order(2, { reason: 'shipByAtRisk', shipBy: '2026-10-02T00:00:00.000Z' }),
        order(3, { shipBy: '2026-10-01T00:00:00.000Z' }),
        order(4, { reason: 'late', shipBy: '2026-09-30T00:00:00.000Z' }),
        order(5, { reason: 'late', shipBy: '2026-09-29T00:00:00.000Z' }),
      ],
      at,
    );
    expect(first.map(({ amazonOrderId }) => amazonOrderId?.slice(-1))).toEqual(['5', '4', '2', '3', '1']);
    expect([orders, late]).toEqual([5, 2]);
  });

  it('says of an order all that is new in one entry', () => {
    const { first, orders } = digestOf([trouble(), trouble({ reason: 'late', note: 'Late.' })], at);
    expect(orders).toBe(1);
    expect(first[0]?.troubles.map(({ reason }) => reason)).toEqual(['late', 'blocked']);
  });

  it('shows 20 orders and all intakes, and counts the rest', () => {
    const { amazonOrderId: _, ...intake } = trouble({ reason: 'amazonSilent' });
    const { first, orders, intakes } = digestOf([...many(332), intake], at);
    expect([first.length, orders]).toEqual([20, 332]);
    expect(intakes).toEqual([
      { account: 'us-main', troubles: [{ reason: 'amazonSilent', note: intake.note }] },
    ]);
  });

  it('is put together with a later one, late orders first', () => {
    const one = digestOf(many(30), at);
    const other = digestOf([order(99, { reason: 'late' })], '2026-10-01T12:15:00.000Z');
    const both = together(one, other);
    expect(both).toMatchObject({ at: '2026-10-01T12:15:00.000Z', orders: 31, late: 1 });
    expect(both.first).toHaveLength(20);
    expect(both.first[0]?.amazonOrderId).toBe('113-0000001-0000099');
  });

  it('cuts what is long', () => {
    const [news] = digestOf([trouble({ note: 'x'.repeat(1_000) })], at).first;
    expect(news?.troubles[0]?.note).toHaveLength(201);
  });
});
