import { Client, Connection } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createWebhooks } from '../../client/http/webhooks';
import { createSigner } from '../../integrations/erp/signature';
import { createWebhookErp } from '../../integrations/erp/webhook';
import { buyerWords } from '../integrations/erp/orders';
import { connectToTestServer } from '../support/temporal';
import { type IdleOrder, idleOrder } from './idle-order';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const port = createWebhookErp({ name: 'wms', url: 'https://wms.example.com/', secret, timeoutMs: 1000 });
const silent = {
  ...createWebhookErp({ name: 'silent', url: 'https://wms.example.com/', secret, timeoutMs: 1 }),
};
delete silent.parsePush;
const erps = (name: string) => [port, silent].find((erp) => erp.name === name);

let environment: TestWorkflowEnvironment;
let order: IdleOrder;

beforeAll(async () => {
  environment = await connectToTestServer();
});
afterAll(() => environment.teardown());
beforeEach(() => {
  order = idleOrder(environment);
});
afterEach(() => order.close());

const parcel = (packageId: string, more: object = {}) => ({
  packageId,
  carrierCode: 'UPS',
  tracking: `1Z999AA1000000000${packageId}`,
  items: [{ lineKey: '70000000000001', quantity: 1 }],
  ...more,
});
const shipment = (packages: object[], more: object = {}) => ({
  shipmentId: 'SH-1',
  revision: 1,
  shippedAt: '2026-10-02T08:00:00.000Z',
  packages,
  ...more,
});

const eventBody = (kind: string, data: object, more: object = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id: 'msg_1',
    source: '/wms',
    type: `com.amazon-sales-channel.${kind}.v1`,
    subject: order.orderKey,
    time: '2026-10-01T12:00:00Z',
    datacontenttype: 'application/json',
    data,
    ...more,
  });

interface Posting {
  erp?: string;
  at?: Date;
  headers?: Record<string, string>;
  client?: Client;
  storeWithinMs?: number;
}

async function post(
  body: string,
  { erp = 'wms', at = new Date(), headers = {}, ...dependencies }: Posting = {},
) {
  const marketplaces = [{ id: 'ATVPDKIKX0DER', policy: { erp: 'wms' } }];
  const accounts = [{ name: order.account, marketplaces }];
  const app = createWebhooks({ erps, accounts, client: environment.client, ...dependencies });
  const answer = await app.request(`/webhooks/erp/${erp}`, {
    method: 'POST',
    headers: { ...createSigner(secret).headers('msg_1', at, body), ...headers },
    body,
  });
  const { message } = (await answer.json()) as { message: string };
  expect(message).not.toMatch(buyerWords);
  return { status: answer.status, message, headers: answer.headers };
}

describe('an event of the ERP', () => {
  it.each([
    ['order.accepted', { erpOrderNumber: 'SO-7' }, { kind: 'accepted', erpOrderNumber: 'SO-7' }],
    [
      'order.rejected',
      { code: 'CREDIT', message: 'No credit', lineKeys: ['1'] },
      { kind: 'rejected', code: 'CREDIT', message: 'No credit' },
    ],
    ['order.cancelled', {}, { kind: 'cancelled' }],
    ['order.cancel-refused', { message: 'Too late' }, { kind: 'cancelRefused', message: 'Too late' }],
  ])('%s is signalled to the workflow of its order', async (kind, data, change) => {
    await order.start();
    expect(await post(eventBody(kind, data))).toMatchObject({ status: 202, message: 'Taken.' });
    expect(await order.signals()).toEqual([
      { name: 'erpOrderChanged', content: { eventId: 'msg_1', ...change } },
    ]);
  });

  it('about a shipment becomes one signal for each of its packages', async () => {
    await order.start();
    const packages = [parcel('1'), parcel('2', { carrierCode: 'Other', carrierName: 'Bike courier' })];
    expect((await post(eventBody('shipment.created', shipment(packages)))).status).toBe(202);
    const about = {
      shippedAt: '2026-10-02T08:00:00.000Z',
      lines: [{ orderItemId: '70000000000001', quantity: 1 }],
      revision: 1,
    };
    expect(await order.signals()).toEqual([
      {
        name: 'parcelShipped',
        content: {
          ...about,
          source: { system: 'erp', shipmentId: 'SH-1/1' },
          carrierCode: 'UPS',
          trackingNumber: '1Z999AA10000000001',
        },
      },
      {
        name: 'parcelShipped',
        content: {
          ...about,
          source: { system: 'erp', shipmentId: 'SH-1/2' },
          carrierCode: 'Other',
          carrierName: 'Bike courier',
          trackingNumber: '1Z999AA10000000002',
        },
      },
    ]);
  });

  it('about a shipment whose revision is no number does not say which one is newer', async () => {
    await order.start();
    await post(eventBody('shipment.created', shipment([parcel('1')], { revision: 'a7f3' })));
    expect(JSON.stringify(await order.signals())).not.toContain('revision');
  });

  it('that a shipment was taken back is signalled as parcels with nothing in them', async () => {
    await order.start();
    const voided = eventBody('shipment.created', shipment([parcel('1')], { voided: true }));
    expect(await post(voided)).toMatchObject({ status: 202 });
    const [signal, ...others] = await order.signals();
    expect(others).toEqual([]);
    expect(JSON.stringify(signal)).toContain('"lines":[]');
  });

  it('that is repeated is signalled under the same id', async () => {
    await order.start();
    const body = eventBody('order.cancelled', {});
    expect([(await post(body)).status, (await post(body)).status]).toEqual([202, 202]);
    const [first, second] = await order.signals();
    expect(second).toEqual(first);
  });

  it('is refused for an order that has no workflow', async () => {
    expect(await post(eventBody('order.cancelled', {}))).toMatchObject({
      status: 404,
      message: 'The channel has no such order now.',
    });
  });

  it('is refused for an order whose workflow was ended by hand, so that it comes again', async () => {
    await order.start();
    await order.workflow.terminate();
    expect((await post(eventBody('order.cancelled', {}))).status).toBe(404);
    await order.start();
    expect((await post(eventBody('order.cancelled', {}))).status).toBe(202);
    expect(await order.signals()).toHaveLength(1);
  });

  it('is taken and changes nothing once the order is over', async () => {
    await order.start();
    await order.complete();
    expect(await post(eventBody('order.cancelled', {}))).toMatchObject({
      status: 202,
      message: 'The order is over; the event changes nothing.',
    });
  });

  it('is refused with 503 while Temporal is away', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:1' });
    const answer = await post(eventBody('order.cancelled', {}), {
      client: new Client({ connection }),
      storeWithinMs: 500,
    });
    await connection.close();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
  });
});

describe('a message that is not the ERP’s', () => {
  it.each([
    ['a signature that does not fit', { headers: { 'webhook-signature': 'v1,AAAA' } }],
    ['no signature', { headers: { 'webhook-signature': '' } }],
    ['an old timestamp', { at: new Date(Date.now() - 301_000) }],
  ])('is refused with 401: %s', async (_, posting) => {
    await order.start();
    expect((await post(eventBody('order.cancelled', {}), posting)).status).toBe(401);
    expect(await order.signals()).toEqual([]);
  });

  it.each(['nobody', 'silent'])('is refused with 404 under the name %s', async (erp) => {
    expect((await post(eventBody('order.cancelled', {}), { erp })).status).toBe(404);
  });
});

describe('a body that is no event of ours', () => {
  it.each([
    ['no JSON', () => '{'],
    ['an unknown type', () => eventBody('order.lost', { name: 'Ada Sample' })],
    ['another id than the header says', () => eventBody('order.cancelled', {}, { id: 'msg_2' })],
    ['no order number', () => eventBody('order.accepted', { note: 'Ada Sample, Seattle' })],
    ['a shipment without packages', () => eventBody('shipment.created', shipment([]))],
    ['an endless number', () => eventBody('order.accepted', { erpOrderNumber: '7'.repeat(101) })],
  ])('is refused with 422: %s', async (_, body) => {
    await order.start();
    expect((await post(body())).status).toBe(422);
    expect(await order.signals()).toEqual([]);
  });

  it('is refused with 404 when its subject is no Amazon order', async () => {
    expect((await post(eventBody('order.cancelled', {}, { subject: 'wms/SO-7' }))).status).toBe(404);
  });

  it('is refused with 413 when it is longer than 256 kB', async () => {
    const long = eventBody('order.rejected', { code: 'X', message: 'x'.repeat(256 * 1024) });
    expect((await post(long)).status).toBe(413);
  });
});
