import { attributes } from '../../workflows/search-attributes';
import { fullOrder, minutes, opening } from '../support/amazon-service';
import { importSince } from './amazon-channel';
import { amazonFixture } from './amazon-fixture';

const fixture = amazonFixture();
const { place, signalsOf } = fixture;
const pending = { plan: { placedAt: opening.toISOString() } };

describe('delivering a page of orders', () => {
  it('starts one workflow for each new order and tells it what Amazon says', async () => {
    const waiting = place(pending);
    const verified = place();
    const shipped = place({
      fulfilledBy: 'AMAZON',
      plan: { ...fullOrder().plan, shippedAt: opening.toISOString() },
    });
    expect(await fixture.channel.sweepPage()).toMatchObject({
      kind: 'page',
      findings: { pages: 1, listed: 3, delivered: 3, started: { count: 3 } },
      parked: [],
      ratePerSecond: 0.0056,
      upTo: expect.any(String),
    });
    expect(await fixture.channel.probe(waiting)).toEqual({
      input: { account: fixture.channel.account, amazonOrderId: waiting },
      signals: ['orderPending'],
    });
    expect(await signalsOf(verified)).toEqual(['orderVerified']);
    expect(await signalsOf(shipped)).toEqual(['orderShipped']);
  });

  it('can be told apart in the Temporal Web UI from its start, without personal data', async () => {
    const orderId = place();
    await fixture.channel.sweepPage();
    const description = await fixture.channel.handle(orderId).describe();
    expect(await description.staticSummary()).toBe(`${orderId}, US, FBM`);
    const { typedSearchAttributes: values } = description;
    expect(values.get(attributes.sellerAccount)).toBe(fixture.channel.account);
    expect(values.get(attributes.marketplace)).toBe('ATVPDKIKX0DER');
    expect(values.get(attributes.fulfilledBy)).toBe('MERCHANT');
    expect(values.get(attributes.channelStatus)).toBe('Pending');
    expect(values.get(attributes.purchasedAt)).toEqual(opening);
    expect(description.memo).toEqual({});
    expect(JSON.stringify(values.getAll())).not.toMatch(/\bAda\b|sample/i);
  });

  it('signals an order again when it has changed, and only then', async () => {
    const waiting = place(pending);
    const verified = place();
    await fixture.channel.sweepPage();
    for (const orderId of [waiting, verified]) await fixture.channel.shown(orderId);
    expect(await fixture.channel.sweepPage()).toMatchObject({ findings: { delivered: 0 } });

    await fixture.amazon.command('POST', `/orders/${waiting}/verify`);
    fixture.amazon.clock.advance(minutes(3));
    expect(await fixture.channel.sweepPage()).toMatchObject({ findings: { delivered: 1 } });
    expect(await signalsOf(waiting)).toEqual(['orderPending', 'orderVerified']);
    expect(await signalsOf(verified)).toEqual(['orderVerified']);
  });

  it('makes one workflow of a page that is delivered twice at the same time', async () => {
    const ids = [place(), place(), place()];
    await Promise.all([fixture.channel.sweepPage(), fixture.channel.sweepPage()]);
    expect(await fixture.channel.runs(3)).toEqual(ids);
  });

  it('ignores what is not to be imported, without a workflow', async () => {
    place({ fulfilledBy: 'AMAZON' });
    place({ plan: { placedAt: '2026-09-30T23:59:59Z', verifiedAt: importSince } });
    place({ plan: { placedAt: opening.toISOString(), cancelledAt: opening.toISOString() } });
    expect(await fixture.channel.sweepPage()).toMatchObject({
      findings: { listed: 3, delivered: 0 },
      parked: [],
    });
    expect(await fixture.channel.runs(0)).toEqual([]);
  });

  it('tells a known order that it is cancelled', async () => {
    const orderId = place();
    await fixture.channel.sweepPage();
    await fixture.amazon.command('POST', `/orders/${orderId}/cancel`);
    fixture.amazon.clock.advance(minutes(3));
    expect(await fixture.channel.sweepPage()).toMatchObject({ findings: { delivered: 1 } });
    expect(await signalsOf(orderId)).toEqual(['orderVerified', 'orderCancelled']);
  });

  it('parks what a person must look at: unknown marketplace, unreadable order', async () => {
    const foreign = place({ marketplaceId: 'A1PA6795UKMFR9' });
    const unreadable = place({ currency: 'ZZZ' });
    const good = place();
    expect(await fixture.channel.sweepPage()).toMatchObject({
      findings: { delivered: 1 },
      parked: [
        { amazonOrderId: unreadable, reason: 'proceeds: currency ZZZ is not known' },
        { amazonOrderId: foreign, reason: expect.stringContaining('A1PA6795UKMFR9 is not in the account') },
      ],
    });
    expect(await fixture.channel.runs(1)).toEqual([good]);
  });

  it('tells which orders are settled or passed over, where that is wanted', async () => {
    place({ marketplaceId: 'A1PA6795UKMFR9' });
    place({ currency: 'ZZZ' });
    const ignored = place({ fulfilledBy: 'AMAZON' });
    const good = place();
    const told = await fixture.channel.sweepPage({ tellIds: true });
    expect(told).toMatchObject({ findings: { delivered: 1 }, settled: [good], passedOver: [ignored] });
    expect(await fixture.channel.sweepPage()).toMatchObject({ settled: [], passedOver: [] });
  });

  it('parks an order that Temporal does not take, and delivers the others', async () => {
    const [line] = fullOrder().lines;
    const huge = place({
      lines: [{ sku: 'MUG-BLUE-350', quantity: 1, ...line, title: 'x'.repeat(2_500_000) }],
    });
    const good = place();
    expect(await fixture.channel.sweepPage()).toMatchObject({
      findings: { delivered: 1 },
      parked: [{ amazonOrderId: huge, reason: expect.stringMatching(/^It could not be handed to .*: .+/) }],
    });
    expect(await fixture.channel.runs(1)).toEqual([good]);
  });

  it('hands on the token of the next page', async () => {
    for (let number = 0; number < 101; number += 1) fixture.amazon.place(fullOrder());
    fixture.amazon.clock.advance(minutes(3));
    const first = await fixture.channel.sweepPage();
    expect(first).toMatchObject({
      kind: 'page',
      findings: { delivered: 100 },
      nextToken: expect.any(String),
    });
    const last = await fixture.channel.sweepPage(
      first.kind === 'page' && first.nextToken !== undefined ? { paginationToken: first.nextToken } : {},
    );
    expect(last).toMatchObject({ kind: 'page', findings: { delivered: 1 } });
    expect(last).not.toHaveProperty('nextToken');
    expect(await fixture.channel.runs(101)).toHaveLength(101);
  });

  it('answers with what the intake plans by: throttled, token expired', async () => {
    place();
    await fixture.amazon.command('POST', '/faults', { path: '/orders$', kind: 'status', status: 429 });
    expect(await fixture.channel.sweepPage()).toEqual({ kind: 'throttled' });
    await fixture.channel.sweepPage();
    await fixture.amazon.command('POST', '/faults', { path: '/orders$', kind: 'status', status: 429 });
    expect(await fixture.channel.sweepPage()).toEqual({ kind: 'throttled', ratePerSecond: 0.0056 });
    expect(await fixture.channel.sweepPage({ paginationToken: 'bm90IGEgdG9rZW4=' })).toEqual({
      kind: 'tokenExpired',
    });
    await fixture.amazon.command('POST', '/faults', { path: '/orders$', kind: 'status', status: 500 });
    await expect(fixture.channel.sweepPage()).rejects.toThrow('answered 500');
  });
});

describe('an order whose workflow has ended', () => {
  it('is started again with what it knew, if somebody terminated it', async () => {
    const orderId = place();
    await fixture.channel.sweepPage();
    const state = await fixture.channel.probe(orderId);
    await fixture.channel.handle(orderId).terminate('by mistake');
    await fixture.channel.shown(orderId, 'TERMINATED');
    expect(await fixture.channel.sweepPage()).toMatchObject({ findings: { delivered: 1 } });
    expect(await fixture.channel.probe(orderId)).toEqual({
      input: { account: fixture.channel.account, amazonOrderId: orderId, resumed: 'terminated', state },
      signals: ['orderVerified'],
    });
    await fixture.channel.shown(orderId);
    expect(await fixture.channel.runs(2)).toEqual([orderId, orderId]);
    expect(await fixture.channel.sweepPage()).toMatchObject({ findings: { delivered: 0 } });
  });

  it('is started again with what it knew even before visibility shows that it ended', async () => {
    const orderId = place();
    await fixture.channel.sweepPage();
    const state = await fixture.channel.probe(orderId);
    await fixture.channel.handle(orderId).terminate('by mistake');
    await fixture.channel.pullOrder(orderId, { evenUnchanged: true });
    expect((await fixture.channel.probe(orderId)).input).toMatchObject({ resumed: 'terminated', state });
  });

  it('is started again even if the old run does not answer', async () => {
    fixture.openChannel('mute');
    const orderId = place();
    await fixture.channel.sweepPage();
    await fixture.channel.shown(orderId);
    await fixture.channel.handle(orderId).terminate('by mistake');
    await fixture.channel.shown(orderId, 'TERMINATED');
    expect(await fixture.channel.sweepPage()).toMatchObject({ findings: { delivered: 1 } });
    const { events } = await fixture.channel.handle(orderId).fetchHistory();
    const [input] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    expect(JSON.parse(Buffer.from(input?.data ?? '').toString())).toEqual({
      account: fixture.channel.account,
      amazonOrderId: orderId,
      resumed: 'terminated',
    });
  });

  it('stays ended if it completed, whatever Amazon says later', async () => {
    const orderId = place();
    await fixture.channel.sweepPage();
    await fixture.channel.finish(orderId);
    expect(await fixture.channel.sweepPage()).toMatchObject({ findings: { delivered: 0 } });
    await fixture.channel.shown(orderId, 'COMPLETED');
    await fixture.amazon.command('POST', `/orders/${orderId}/ship`);
    fixture.amazon.clock.advance(minutes(3));
    expect(await fixture.channel.sweepPage()).toMatchObject({ findings: { delivered: 0 } });
    expect(await fixture.channel.runs(1)).toEqual([orderId]);
  });
});
