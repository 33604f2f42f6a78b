import { NotConfiguredError } from '../../activities/not-configured';
import { fullOrder, minutes, opening } from '../support/amazon-service';
import { policy } from './amazon-channel';
import { amazonFixture } from './amazon-fixture';

const fixture = amazonFixture();
const { place, signalsOf } = fixture;

describe('pulling one order', () => {
  it('delivers it unless its workflow has that version, and then, too, if it is told to', async () => {
    const orderId = place();
    expect(await fixture.channel.pullOrder(orderId)).toEqual({ kind: 'delivered', status: 'UNSHIPPED' });
    await fixture.channel.shown(orderId);
    expect(await fixture.channel.pullOrder(orderId)).toEqual({ kind: 'unchanged', status: 'UNSHIPPED' });
    expect(await signalsOf(orderId)).toEqual(['orderVerified']);
    expect(await fixture.channel.pullOrder(orderId, { evenUnchanged: true })).toEqual({
      kind: 'unchanged',
      status: 'UNSHIPPED',
    });
    expect(await signalsOf(orderId)).toEqual(['orderVerified', 'orderVerified']);
  });

  it('says why it does not', async () => {
    expect(await fixture.channel.pullOrder('111-0000000-0000001')).toEqual({ kind: 'notFound' });
    const fba = place({ fulfilledBy: 'AMAZON' });
    expect(await fixture.channel.pullOrder(fba)).toEqual({
      kind: 'ignored',
      status: 'UNSHIPPED',
      reason: 'Amazon fulfils it and has not shipped it yet',
    });
    const foreign = place({ marketplaceId: 'A1PA6795UKMFR9' });
    expect(await fixture.channel.pullOrder(foreign)).toMatchObject({ kind: 'ignored', parked: true });
    const cancelled = place();
    await fixture.amazon.command('POST', `/orders/${cancelled}/cancel`);
    expect(await fixture.channel.pullOrder(cancelled)).toMatchObject({
      kind: 'ignored',
      status: 'CANCELLED',
    });
    const finished = place();
    await fixture.channel.pullOrder(finished);
    await fixture.channel.finish(finished);
    await fixture.amazon.command('POST', `/orders/${finished}/ship`);
    expect(await fixture.channel.pullOrder(finished)).toEqual({
      kind: 'ignored',
      status: 'SHIPPED',
      reason: 'It is not started again: its workflow ended as Pending, Amazon says SHIPPED',
    });
  });

  it('parks what it cannot read, with the reason', async () => {
    const unreadable = place({ currency: 'ZZZ' });
    expect(await fixture.channel.pullOrder(unreadable)).toEqual({
      kind: 'ignored',
      parked: true,
      reason: 'proceeds: currency ZZZ is not known',
    });
  });

  it('throws when it is throttled', async () => {
    await fixture.amazon.command('POST', '/faults', { path: '/orders/', kind: 'status', status: 429 });
    await expect(fixture.channel.pullOrder('111-0000000-0000001')).rejects.toMatchObject({
      name: 'AmazonThrottledError',
      retryAfterMs: 2000,
    });
  });
});

describe('what the account has mapped', () => {
  it('goes along as far as it is for SKUs of the order', async () => {
    const [one, other] = [place(), place()];
    const { order } = (await fixture.channel.readOrder(one)) ?? {};
    const sku = order?.lines[0]?.sku ?? '';
    const skuMap = { [sku]: 'MUG-1', 'NOT-OF-THIS-ORDER': 'MUG-2' };
    await fixture.channel.pullOrder(one, { skuMap });
    await fixture.channel.pullOrder(other, { skuMap: { 'NOT-OF-THIS-ORDER': 'MUG-2' } });
    expect(await fixture.channel.skuMapOf(one)).toEqual({ [sku]: 'MUG-1' });
    expect(await fixture.channel.skuMapOf(other)).toBeNull();
    const swept = place();
    await fixture.channel.sweepPage({ skuMap });
    expect(await fixture.channel.skuMapOf(swept)).toEqual({ [sku]: 'MUG-1' });
  });
});

describe('reading one order for its workflow', () => {
  it('gives what a sweep would deliver, and touches no workflow', async () => {
    const orderId = place();
    const delivery = await fixture.channel.readOrder(orderId);
    expect(delivery).toMatchObject({ order: { amazonOrderId: orderId, status: 'UNSHIPPED' }, policy });
    expect(delivery?.version).toMatch(/^2026-10-01T\d\d:\d\d:\d\d\.\d{3}Z [\w-]{22}$/);
    expect(delivery?.buyerTokens).toHaveLength(3);
    expect(await fixture.channel.readOrder(orderId)).toEqual(delivery);
    expect(await fixture.channel.runs(0)).toEqual([]);
    expect(await fixture.channel.readOrder('111-0000000-0000001')).toBeNull();
  });

  it('has another version when anything about the order is another', async () => {
    const orderId = place();
    const before = await fixture.channel.readOrder(orderId);
    fixture.amazon.setTamper(async (_, answer) => {
      const { order } = (await answer.json()) as { order: object };
      return Response.json({ order: { ...order, programs: ['PRIME'] } });
    });
    const after = await fixture.channel.readOrder(orderId);
    expect(after?.order.lastUpdatedAt).toBe(before?.order.lastUpdatedAt);
    expect(after?.version).not.toBe(before?.version);
  });

  it('is not possible for what the settings do not have', async () => {
    const foreign = place({ marketplaceId: 'A1PA6795UKMFR9' });
    await expect(fixture.channel.readOrder(foreign)).rejects.toThrow(NotConfiguredError);
  });
});

describe('confirming a shipment', () => {
  it('gives Amazon’s answer', async () => {
    const { orderId: amazonOrderId, lines } = fixture.amazon.place(fullOrder());
    const parcel = {
      parcelId: 'p1',
      packageReferenceId: '12',
      source: { system: 'erp' as const, shipmentId: '1' },
      carrierCode: 'UPS',
      trackingNumber: '1Z999AA10000000012',
      shippedAt: opening.toISOString(),
      lines: lines.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
      amazon: 'waiting' as const,
    };
    const purchasedAt = opening.toISOString();
    const confirmation = { amazonOrderId, marketplaceId: 'ATVPDKIKX0DER', purchasedAt, parcel };
    expect(await fixture.channel.confirmShipment(confirmation)).toEqual({ kind: 'taken' });
    const other = { ...confirmation, parcel: { ...parcel, packageReferenceId: '13' } };
    expect(await fixture.channel.confirmShipment(other)).toMatchObject({
      kind: 'refused',
      reason: 'alreadyShipped',
    });
    expect(fixture.amazon.booked(amazonOrderId)?.packages).toHaveLength(1);
  });
});

describe('cancelling an order', () => {
  it('goes from a ticket that has no effect to Amazon’s word about it', async () => {
    const { orderId: amazonOrderId, lines } = fixture.amazon.place(fullOrder());
    const { cancellation } = fixture.channel;
    const marketplaceId = 'ATVPDKIKX0DER';
    const units = lines.map(({ orderItemId, quantity }) => ({ orderItemId, quantity }));
    const { ticket } = await cancellation.prepare({
      amazonOrderId,
      marketplaceId,
      reason: 'PricingError',
      lines: units,
    });
    fixture.amazon.clock.advance(minutes(5));
    expect((await fixture.channel.readOrder(amazonOrderId))?.order.status).toBe('UNSHIPPED');
    const submitted = await cancellation.submit({ amazonOrderId, marketplaceId, ticket });
    if (submitted.kind === 'refused') throw new Error(submitted.message);
    const follow = () => cancellation.follow({ amazonOrderId, ticket: submitted.ticket });
    expect(await follow()).toEqual({ kind: 'inProgress' });
    fixture.amazon.clock.advance(minutes(1));
    expect(await follow()).toEqual({ kind: 'done' });
    expect((await fixture.channel.readOrder(amazonOrderId))?.order.status).toBe('CANCELLED');
    expect(
      await cancellation.submit({ amazonOrderId, marketplaceId, ticket: { documentId: '1' } }),
    ).toMatchObject({ kind: 'refused', mayHaveApplied: true });
  });
});
