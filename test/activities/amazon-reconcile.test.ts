import type { OrderSpec } from '../../sandbox/amazon';
import { opening } from '../support/amazon-service';
import { importSince } from './amazon-channel';
import { amazonFixture } from './amazon-fixture';

const fixture = amazonFixture();
const { place, signalsOf } = fixture;
const pending = { plan: { placedAt: opening.toISOString() } };

describe('an order that Amazon finished long ago', () => {
  const day = 86_400_000;
  /** Shipped at once; the search of its test comes so many days later. */
  const shippedBefore = async (days: number, changes: Partial<OrderSpec> = {}): Promise<string> => {
    const orderId = place(changes);
    await fixture.amazon.command('POST', `/orders/${orderId}/ship`);
    fixture.amazon.clock.advance(days * day);
    return orderId;
  };

  it('does not begin a second time once nothing is kept of it, unless somebody wants it', async () => {
    const fbm = await shippedBefore(1);
    const fba = await shippedBefore(31, { fulfilledBy: 'AMAZON' });
    expect(await fixture.channel.sweepPage()).toMatchObject({
      findings: { listed: 2, delivered: 0, tooOld: { count: 2 } },
    });
    const asOf = fixture.amazon.clock.now().toISOString();
    expect(await fixture.channel.pullOrder(fbm, { asOf })).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining('nothing is kept of it'),
    });
    expect(await fixture.channel.runs(0)).toEqual([]);
    expect(await fixture.channel.pullOrder(fbm, { asOf, anyAge: true })).toMatchObject({ kind: 'delivered' });
    expect(await fixture.channel.sweepPage({ anyAge: true })).toMatchObject({
      findings: { started: { first: [fba] } },
    });
    expect(await fixture.channel.runs(2)).toEqual([fbm, fba].sort());
  });

  it('begins as long as its workflow would still be kept', async () => {
    const recent = await shippedBefore(29);
    expect(await fixture.channel.sweepPage()).toMatchObject({
      findings: { tooOld: { count: 0 }, started: { first: [recent] } },
    });
  });

  it('still gets its news while its workflow runs', async () => {
    const orderId = place(pending);
    await fixture.channel.sweepPage();
    await fixture.channel.shown(orderId);
    await fixture.amazon.command('POST', `/orders/${orderId}/verify`);
    await fixture.amazon.command('POST', `/orders/${orderId}/ship`);
    fixture.amazon.clock.advance(60 * day);
    expect(await fixture.channel.sweepPage()).toMatchObject({
      findings: { delivered: 1, tooOld: { count: 0 } },
    });
    expect(await signalsOf(orderId)).toEqual(['orderPending', 'orderShipped']);
  });
});

describe('comparing Amazon’s list with the workflows', () => {
  it('tells what is missing, what was ended by hand, and what ended otherwise', async () => {
    const [known, terminated, finished] = [place(), place(), place()];
    await fixture.channel.sweepPage();
    for (const orderId of [known, terminated, finished]) await fixture.channel.shown(orderId);
    await fixture.channel.handle(terminated).terminate('by mistake');
    await fixture.channel.finish(finished);
    await fixture.channel.shown(terminated, 'TERMINATED');
    await fixture.channel.shown(finished, 'COMPLETED');
    const missing = place();
    expect(await fixture.channel.sweepPage({ window: { createdAfter: importSince } })).toMatchObject({
      findings: {
        listed: 4,
        delivered: 2,
        started: { count: 1, first: [missing] },
        restarted: { count: 1, first: [terminated] },
        differing: {
          count: 1,
          first: [`${finished}: its workflow ended as Pending, Amazon says UNSHIPPED`],
        },
      },
    });
    expect(await signalsOf(known)).toEqual(['orderVerified']);
  });

  it('takes orders from before importing began only where it is told to', async () => {
    const early = place({ plan: { placedAt: '2026-09-30T23:59:59Z', verifiedAt: importSince } });
    expect(await fixture.channel.sweepPage({ anyAge: true })).toMatchObject({ findings: { delivered: 0 } });
    expect(await fixture.channel.sweepPage({ beforeImportSince: true })).toMatchObject({
      findings: { started: { first: [early] } },
    });
  });

  it('has the same digest for the same orders, and another for others', async () => {
    place();
    const digestOf = async () => {
      const page = await fixture.channel.sweepPage();
      return page.kind === 'page' ? page.digest : undefined;
    };
    const first = await digestOf();
    expect(await digestOf()).toBe(first);
    place();
    expect(await digestOf()).not.toBe(first);
  });
});
