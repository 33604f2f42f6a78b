import { eventViolations } from '../support/cloud-events';
import {
  cancelRequested,
  minute,
  type OpenErp,
  openErp,
  openListener,
  orderKey,
  submitted,
} from './erp-shop';

let shop: OpenErp;
let channel: Awaited<ReturnType<typeof openListener>>;

beforeEach(async () => {
  shop = openErp();
  channel = await openListener();
  await shop.command('PATCH', '/settings', { callbackUrl: channel.url });
});
afterEach(async () => {
  await channel.close();
  await shop.store.close();
});

/** Received and accepted. */
async function accepted() {
  await shop.post(submitted());
  await shop.pass(5 * minute);
}

describe('decisions', () => {
  it('accepts by the clock and tells it in a signed CloudEvent', async () => {
    await shop.post(submitted());
    await shop.pass(4 * minute);
    expect(channel.told).toEqual([]);
    await shop.pass(minute);
    expect(channel.kinds()).toEqual(['order.accepted']);
    expect(channel.told[0]).toMatchObject({
      subject: orderKey,
      data: {
        erpOrderNumber: 'SO-100001',
        lines: [
          { lineKey: '70000000000001', erpLineId: 'SO-100001-1' },
          { lineKey: '70000000000002', erpLineId: 'SO-100001-2' },
        ],
      },
    });
  });

  it('rejects orders with an unknown SKU, and takes them afresh in a new message', async () => {
    await shop.command('PATCH', '/settings', { rejectSkus: ['MUG-SAND-350'] });
    await accepted();
    expect(channel.told[0]?.data).toEqual({
      code: 'UNKNOWN_SKU',
      message: 'The item is not in the item master',
      lineKeys: ['70000000000002'],
    });
    await shop.command('PATCH', '/settings', { rejectSkus: [] });
    await shop.post(submitted({}, { id: 'msg_2' }));
    await shop.pass(5 * minute);
    expect(channel.kinds()).toEqual(['order.rejected', 'order.accepted']);
    expect(new Set(channel.told.map(({ id }) => id)).size).toBe(2);
    expect(await shop.booked()).toMatchObject({ state: 'accepted', submits: 2, duplicateSubmits: 0 });
  });

  it('refuses such orders in its answer where told so, and forgets them', async () => {
    await shop.command('PATCH', '/settings', { rejectSkus: ['MUG-SAND-350'], rejectsAtOnce: true });
    const { status, body } = await shop.post(submitted());
    expect([status, body?.code]).toEqual([422, 'UNKNOWN_SKU']);
    expect((await shop.books()).orders).toEqual([]);
    await shop.command('PATCH', '/settings', { rejectSkus: [] });
    expect((await shop.post(submitted())).status).toBe(202);
  });

  it('leaves the decision to its clerk where told so', async () => {
    await shop.command('PATCH', '/settings', { autoAcknowledge: false });
    await accepted();
    expect(channel.told).toEqual([]);
    await shop.command('POST', `/orders/${orderKey}/reject`, { code: 'CREDIT', message: 'No credit' });
    await shop.command('POST', `/orders/${orderKey}/accept`);
    await shop.pass(0);
    await shop.pass(0);
    expect(channel.kinds()).toEqual(['order.rejected', 'order.accepted']);
    expect((await shop.command('POST', `/orders/${orderKey}/accept`)).status).toBe(409);
    expect((await shop.command('POST', '/orders/acme-us/nothing/accept')).status).toBe(404);
  });

  it('cancels what has not left the warehouse', async () => {
    await accepted();
    await shop.post(cancelRequested());
    await shop.pass(0);
    expect(channel.kinds()).toEqual(['order.accepted', 'order.cancelled']);
    expect(await shop.booked()).toMatchObject({ state: 'cancelled' });
  });

  it('refuses to cancel what has', async () => {
    await accepted();
    await shop.command('POST', `/orders/${orderKey}/ship`);
    await shop.post(cancelRequested());
    await shop.pass(0);
    await shop.pass(0);
    expect(channel.kinds()).toEqual(['order.accepted', 'shipment.created', 'order.cancel-refused']);
    expect(await shop.booked()).toMatchObject({ state: 'shipped' });
  });

  it('refuses to cancel what is packed', async () => {
    await accepted();
    await shop.command('POST', `/orders/${orderKey}/pack`);
    await shop.post(cancelRequested());
    await shop.pass(0);
    expect(channel.kinds()).toEqual(['order.accepted', 'order.cancel-refused']);
    expect(channel.told[1]?.data).toEqual({ message: 'The goods are packed' });
    expect(await shop.booked()).toMatchObject({ state: 'accepted' });
  });
});

describe('shipments', () => {
  it('ships by the clock where told so', async () => {
    await shop.command('PATCH', '/settings', { shipsOrders: true, shipAfterMs: 60 * minute });
    await accepted();
    await shop.pass(59 * minute);
    expect(channel.kinds()).toEqual(['order.accepted']);
    await shop.pass(minute);
    expect(channel.told[1]?.data).toEqual({
      shipmentId: 'SH-1',
      revision: 1,
      shippedAt: expect.stringMatching(/^2026-10-01T09:05/),
      packages: [
        {
          packageId: '1',
          carrierCode: 'UPS',
          tracking: '1Z999EE10000000001',
          items: [
            { lineKey: '70000000000001', quantity: 2 },
            { lineKey: '70000000000002', quantity: 1 },
          ],
        },
      ],
    });
  });

  it('ships by hand, in as many parcels as told, never more than there is', async () => {
    await accepted();
    const ship = (body?: object) => shop.command('POST', `/orders/${orderKey}/ship`, body ?? {});
    const items = [{ lineKey: '70000000000001', quantity: 1 }];
    await ship({ carrierCode: 'Other', carrierName: 'Bike courier', tracking: 'BC-1', items });
    expect((await ship({ items: [{ lineKey: '70000000000001', quantity: 2 }] })).status).toBe(422);
    expect(await shop.booked()).toMatchObject({ state: 'accepted' });
    await ship();
    expect(await shop.booked()).toMatchObject({
      state: 'shipped',
      shipments: [
        { packages: [{ carrierCode: 'Other', carrierName: 'Bike courier', tracking: 'BC-1', items }] },
        {
          packages: [
            {
              carrierCode: 'UPS',
              items: [
                { lineKey: '70000000000001', quantity: 1 },
                { lineKey: '70000000000002', quantity: 1 },
              ],
            },
          ],
        },
      ],
    });
    expect((await ship()).status).toBe(409);
  });

  it('corrects a tracking number as the next revision of the shipment', async () => {
    await accepted();
    await shop.command('POST', `/orders/${orderKey}/ship`);
    const correct = (shipmentId: string) =>
      shop.command('POST', `/orders/${orderKey}/correct`, { shipmentId, tracking: '1Z-CORRECTED' });
    expect((await correct('SH-2')).status).toBe(404);
    await correct('SH-1');
    for (let round = 0; round < 2; round += 1) await shop.pass(0);
    expect(channel.kinds()).toEqual(['order.accepted', 'shipment.created', 'shipment.created']);
    expect(channel.told[2]?.data).toMatchObject({
      shipmentId: 'SH-1',
      revision: 2,
      packages: [{ packageId: '1', tracking: '1Z-CORRECTED', items: [{ quantity: 2 }, { quantity: 1 }] }],
    });
  });

  it('leaves alone what had left before it had the order', async () => {
    const lines = [{ lineKey: '1', sku: 'MUG-BLUE-350', quantity: 3, quantityShipped: 2, total: '44.97' }];
    await shop.post(submitted({ lines }));
    await shop.pass(5 * minute);
    await shop.command('POST', `/orders/${orderKey}/ship`);
    expect((await shop.booked())?.shipments[0]?.packages[0]?.items).toEqual([{ lineKey: '1', quantity: 1 }]);
  });
});

describe('telling the channel', () => {
  it('keeps the rules of CloudEvents and Standard Webhooks in every event', async () => {
    await accepted();
    await shop.command('POST', `/orders/${orderKey}/ship`);
    await shop.post(cancelRequested());
    for (let round = 0; round < 3; round += 1) await shop.pass(0);
    expect(channel.told).toHaveLength(3);
    expect(channel.told.flatMap(({ headers, rawBody }) => eventViolations(headers, rawBody))).toEqual([]);
  });

  it('sends again until it reads 2xx, under the same id, and later answers after that', async () => {
    channel.answerNext(503);
    await accepted();
    await shop.command('POST', `/orders/${orderKey}/ship`);
    await shop.pass(0);
    expect(channel.kinds()).toEqual(['order.accepted']);
    await new Promise((done) => setTimeout(done, 120));
    await shop.pass(0);
    await shop.pass(0);
    expect(channel.kinds()).toEqual(['order.accepted', 'order.accepted', 'shipment.created']);
    expect(channel.told[1]?.id).toBe(channel.told[0]?.id);
    expect(await shop.books()).toMatchObject({ answersWaiting: 0 });
  });

  it('tells each answer as often as told', async () => {
    await shop.command('PATCH', '/settings', { callbackCopies: 2 });
    await accepted();
    await shop.pass(0);
    await shop.pass(0);
    expect(channel.kinds()).toEqual(['order.accepted', 'order.accepted']);
  });
});
