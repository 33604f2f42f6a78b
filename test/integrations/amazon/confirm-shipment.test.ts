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
    trackingNumber: '1Z999',
    shippedAt: opening.toISOString(),
    lines,
    amazon: 'waiting',
    ...changes,
  });
  const confirm = (amazonOrderId: string, parcel: Parcel) =>
    port.confirmShipment({ amazonOrderId, marketplaceId, parcel });

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
        { packageReferenceId: '4711', carrier: 'UPS', trackingNumber: '1Z999', lines: mugs },
        { packageReferenceId: '4712', carrier: 'Bike Courier', shippedAt: opening.toISOString() },
      ],
    });
  });

  it('edits the package when the reference comes again', async () => {
    const { amazonOrderId, items } = place();
    await confirm(amazonOrderId, parcelOf(items));
    expect(await confirm(amazonOrderId, parcelOf(items, { trackingNumber: '1Z000' }))).toEqual({
      kind: 'taken',
    });
    expect(amazon.booked(amazonOrderId)?.packages).toMatchObject([
      { packageReferenceId: '4711', trackingNumber: '1Z000', confirmations: 2 },
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
    expect(await confirm(amazonOrderId, parcelOf(items))).toMatchObject({ reason: 'alreadyShipped' });
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

  it('is refused as invalid with too many pieces, an unknown item or an unlisted carrier', async () => {
    const { amazonOrderId, items } = place();
    const many = items.map((item) => ({ ...item, quantity: 9 }));
    expect(await confirm(amazonOrderId, parcelOf(many))).toMatchObject({ reason: 'invalid' });
    const unknown = parcelOf([{ orderItemId: '1', quantity: 1 }]);
    expect(await confirm(amazonOrderId, unknown)).toMatchObject({ reason: 'invalid' });
    await amazon.command('PATCH', '/settings', { carrierCodes: ['FedEx'] });
    expect(await confirm(amazonOrderId, parcelOf(items))).toEqual({
      kind: 'refused',
      reason: 'invalid',
      message: 'CarrierCode UPS is invalid.',
    });
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
    ['errorMetric=InvalidPackageVersion', 'alreadyShipped'],
    ['it has reached the maximum number of allowed updates', 'alreadyShipped'],
    ['errorMetric=NonexistentOrderItem', 'cancelled'],
    ['Failed to find order item list by order ID 1', 'cancelled'],
    ['Order 1 is a Ship+ order', 'noConfirmationNeeded'],
    ['PackageReferenceId: is invalid, must be a positive numeric value.', 'invalid'],
  ])('"%s" means %s', (text, reason) => {
    expect(refusalReason(text)).toBe(reason);
  });
});
