import type { Parcel } from '../../../domain/parcel';
import { createAmazonPort } from '../../../integrations/amazon/client';
import { refusalReason } from '../../../integrations/amazon/confirmation';
import type { AmazonPort } from '../../../integrations/amazon/port';
import {
  type AmazonService,
  fullOrder,
  minutes,
  openAmazonService,
  opening,
} from '../../support/amazon-service';

const marketplaceId = 'ATVPDKIKX0DER';
const number = '1Z999AA10000000001';

describe('confirming a shipment at Amazon', () => {
  let amazon: AmazonService;
  let port: AmazonPort;
  beforeEach(async () => {
    amazon = await openAmazonService();
    port = createAmazonPort(amazon.account);
  });
  afterEach(async () => {
    expect(amazon.violations()).toEqual([]);
    await amazon.close();
  });
  const place = (changes = {}) => {
    const { orderId, lines } = amazon.place(fullOrder(changes));
    return {
      amazonOrderId: orderId,
      items: lines.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
    };
  };
  const parcelOf = (lines: Parcel['lines'], changes: Partial<Parcel> = {}): Parcel => ({
    parcelId: 'p1',
    packageReferenceId: '4711',
    source: { system: 'commerce', shipmentId: '9' },
    carrierCode: 'ups',
    trackingNumber: number,
    shippedAt: opening.toISOString(),
    lines,
    amazon: 'waiting',
    ...changes,
  });
  const confirm = (amazonOrderId: string, parcel: Parcel) =>
    port.confirmShipment({ amazonOrderId, marketplaceId, purchasedAt: opening.toISOString(), parcel });

  it('ships an order in two packages, which Amazon then shows', async () => {
    const { amazonOrderId, items } = place();
    const [mugs, board] = items.map((item) => [item]);
    expect(await confirm(amazonOrderId, parcelOf(mugs ?? []))).toEqual({ kind: 'taken' });
    const second = parcelOf(board ?? [], {
      packageReferenceId: '4712',
      carrierCode: 'custom',
      carrierName: 'Bike Courier',
      trackingNumber: 'B-7',
    });
    expect(await confirm(amazonOrderId, second)).toEqual({ kind: 'taken' });
    amazon.clock.advance(minutes(1));
    const order = await port.getOrder(amazonOrderId);
    expect(order).toMatchObject({
      status: 'SHIPPED',
      lines: [{ quantityFulfilled: 3 }, { quantityFulfilled: 1, quantityUnfulfilled: 0 }],
      packages: [
        { packageReferenceId: '4711', carrier: 'UPS', trackingNumber: number, lines: mugs },
        { packageReferenceId: '4712', carrier: 'Bike Courier', shippedAt: opening.toISOString() },
      ],
    });
  });

  it('edits the package when the reference comes again', async () => {
    const { amazonOrderId, items } = place();
    await confirm(amazonOrderId, parcelOf(items));
    const corrected = '1Z999AA10000000002';
    expect(await confirm(amazonOrderId, parcelOf(items, { trackingNumber: corrected }))).toEqual({
      kind: 'taken',
    });
    expect(amazon.booked(amazonOrderId)?.packages).toMatchObject([
      { packageReferenceId: '4711', trackingNumber: corrected, confirmations: 2 },
    ]);
  });

  it('is refused for an order that was shipped otherwise', async () => {
    const { amazonOrderId, items } = place();
    await amazon.command('POST', `/orders/${amazonOrderId}/ship`);
    expect(await confirm(amazonOrderId, parcelOf(items))).toMatchObject({
      kind: 'refused',
      reason: 'alreadyShipped',
      message: expect.stringContaining('PackageToUpdateNotFound'),
    });
  });

  it('is refused after too many edits', async () => {
    await amazon.command('PATCH', '/settings', { maxPackageVersions: 1 });
    const { amazonOrderId, items } = place();
    await confirm(amazonOrderId, parcelOf(items));
    expect(await confirm(amazonOrderId, parcelOf(items))).toMatchObject({ reason: 'versionLimit' });
  });

  it('is refused for a cancelled order', async () => {
    const { amazonOrderId, items } = place();
    await amazon.command('POST', `/orders/${amazonOrderId}/cancel`);
    expect(await confirm(amazonOrderId, parcelOf(items))).toMatchObject({ reason: 'cancelled' });
  });

  it('is not needed for a Ship+ order', async () => {
    const { amazonOrderId, items } = place({ programs: ['FBM_SHIP_PLUS'] });
    expect(await confirm(amazonOrderId, parcelOf(items))).toMatchObject({ reason: 'noConfirmationNeeded' });
  });

  it('is refused with the field that Amazon names: quantity, item, carrier', async () => {
    const { amazonOrderId, items } = place();
    const many = items.map((item) => ({ ...item, quantity: 9 }));
    expect(await confirm(amazonOrderId, parcelOf(many))).toMatchObject({ reason: 'invalidQuantity' });
    const unknown = parcelOf([{ orderItemId: '1', quantity: 1 }]);
    expect(await confirm(amazonOrderId, unknown)).toMatchObject({ reason: 'invalid' });
    await amazon.command('PATCH', '/settings', { carrierCodes: ['FedEx'] });
    expect(await confirm(amazonOrderId, parcelOf(items))).toEqual({
      kind: 'refused',
      reason: 'invalidCarrier',
      message: 'CarrierCode UPS is invalid.',
    });
  });

  it('goes through with a carrier that Amazon does not list as Other, by its name', async () => {
    await amazon.command('PATCH', '/settings', { carrierCodes: ['FedEx'] });
    const { amazonOrderId, items } = place();
    const conceded = parcelOf(items, { concessions: ['carrier'], carrierName: 'UPS Ground' });
    expect(await confirm(amazonOrderId, conceded)).toEqual({ kind: 'taken' });
    expect(amazon.booked(amazonOrderId)?.packages).toMatchObject([{ carrier: 'UPS Ground' }]);
  });

  it('tells the service, and the number without blanks', async () => {
    const { amazonOrderId, items } = place();
    const parcel = parcelOf(items, {
      trackingNumber: ' 1Z 999AA1 0000000001\u200b',
      carrierName: 'UPS Ground',
    });
    expect(await confirm(amazonOrderId, parcel)).toEqual({ kind: 'taken' });
    amazon.clock.advance(minutes(1));
    const shown = JSON.stringify(amazon.exchanges.at(-1)?.requestBody);
    expect(shown).toContain('Ground');
    expect(amazon.booked(amazonOrderId)?.packages).toMatchObject([{ trackingNumber: number }]);
  });

  it('takes a number that does not look like one of its carrier, with a warning', async () => {
    const { amazonOrderId, items } = place();
    expect(await confirm(amazonOrderId, parcelOf(items, { trackingNumber: '1Z999' }))).toEqual({
      kind: 'taken',
      warning: 'Amazon took parcel 1Z999, but that does not look like a number of UPS: check it.',
    });
  });

  it.each([
    ['a number that is none', { trackingNumber: 'n/a' }, 'invalidTracking'],
    ['a reference that Amazon cannot edit', { packageReferenceId: 'PKG-1' }, 'versionLimit'],
  ])('is not sent with %s', async (_, changes, reason) => {
    const { amazonOrderId, items } = place();
    expect(await confirm(amazonOrderId, parcelOf(items, changes))).toMatchObject({ kind: 'refused', reason });
    expect(amazon.count('/shipmentConfirmation')).toBe(0);
  });

  it('has a ship date between the purchase and Amazon’s now, whatever the shop’s clock says', async () => {
    const { amazonOrderId, items } = place();
    const [mugs, board] = items.map((item) => [item]);
    amazon.clock.advance(minutes(10));
    await port.getOrder(amazonOrderId);
    const ahead = new Date(opening.getTime() + minutes(60)).toISOString();
    const behind = new Date(opening.getTime() - minutes(60)).toISOString();
    await confirm(amazonOrderId, parcelOf(mugs ?? [], { shippedAt: ahead }));
    await confirm(amazonOrderId, parcelOf(board ?? [], { shippedAt: behind, packageReferenceId: '4712' }));
    amazon.clock.advance(minutes(1));
    const [first, second] = (await port.getOrder(amazonOrderId))?.packages ?? [];
    const minutesAfter = (at = '') => (Date.parse(at) - opening.getTime()) / minutes(1);
    expect(minutesAfter(first?.shippedAt)).toBeGreaterThan(9);
    expect(minutesAfter(first?.shippedAt)).toBeLessThanOrEqual(10);
    expect(second?.shippedAt).toBe(opening.toISOString());
  });

  it('is refused with a ship date of the future while Amazon’s time is not known, and goes through then', async () => {
    const { amazonOrderId, items } = place();
    const ahead = parcelOf(items, { shippedAt: new Date(opening.getTime() + minutes(60)).toISOString() });
    expect(await confirm(amazonOrderId, ahead)).toMatchObject({ reason: 'invalidShipDate' });
    expect(await confirm(amazonOrderId, ahead)).toEqual({ kind: 'taken' });
  });

  it('throws where it cannot be decided: throttled, or an order that Amazon does not have', async () => {
    const { amazonOrderId, items } = place();
    await amazon.command('PATCH', '/settings', { rates: { confirmShipment: { perSecond: 2, burst: 1 } } });
    await expect(confirm('111-0000000-0000001', parcelOf(items))).rejects.toMatchObject({
      name: 'AmazonRefusedError',
      call: { operation: 'confirmShipment', status: 404 },
    });
    await expect(confirm(amazonOrderId, parcelOf(items))).rejects.toMatchObject({
      name: 'AmazonThrottledError',
      retryAfterMs: 500,
    });
    expect(amazon.booked(amazonOrderId)?.packages).toEqual([]);
  });

  it('may be repeated when the answer got lost: one package, no refusal', async () => {
    const { amazonOrderId, items } = place();
    await amazon.command('POST', '/faults', { path: 'shipmentConfirmation', kind: 'dropAfter' });
    await expect(confirm(amazonOrderId, parcelOf(items))).rejects.toThrow('no connection');
    expect(await confirm(amazonOrderId, parcelOf(items))).toEqual({ kind: 'taken' });
    expect(amazon.booked(amazonOrderId)?.packages).toHaveLength(1);
  });
});

describe('the words of a refusal', () => {
  it.each([
    ['errorMetric=PackageToUpdateNotFound', 'alreadyShipped'],
    ['errorMetric=InvalidPackageVersion', 'versionLimit'],
    ['it has reached the maximum number of allowed updates', 'versionLimit'],
    ['errorMetric=NonexistentOrderItem', 'cancelled'],
    ['Failed to find order item list by order ID 1', 'cancelled'],
    ['Order 1 is a Ship+ order', 'noConfirmationNeeded'],
    ['CarrierName is required for CarrierCode Other.', 'invalidCarrier'],
    ['ShipDate cannot be in the future.', 'invalidShipDate'],
    ['TrackingNumber is required.', 'invalidTracking'],
    ['Quantity is invalid: it exceeds the unfulfilled quantity', 'invalidQuantity'],
    ['Order 1 is not ready for shipment: its status is PENDING.', 'invalid'],
    ['PackageReferenceId: is invalid, must be a positive numeric value.', 'invalid'],
  ])('"%s" means %s', (text, reason) => {
    expect(refusalReason(text)).toBe(reason);
  });
});
