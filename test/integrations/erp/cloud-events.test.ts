import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  cloudEvent,
  messageId,
  readCloudEvent,
  rejectionSchema,
} from '../../../integrations/erp/cloud-events';
import { WebhookRefusedError } from '../../../integrations/erp/errors';
import { handoffOrder } from '../../../integrations/erp/handoff';
import { account, order, orderKey } from './orders';

const submitted = { kind: 'order.submitted', data: handoffOrder(account, order) } as const;
const cancel = { kind: 'order.cancel-requested', data: { orderKey, reason: 'Cancelled at Amazon' } } as const;

const parcel = {
  packageId: '1',
  carrierCode: 'UPS',
  tracking: '1Z999AA10123456784',
  items: [{ lineKey: '70000000000001', quantity: 2 }],
};
const shipment = {
  shipmentId: 'SH-1',
  revision: 2,
  shippedAt: '2026-10-02T10:00:00+02:00',
  packages: [parcel],
};

/** An event of the ERP, as JSON. */
const told = (kind: string, data: unknown, changes: object = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id: 'msg_1',
    source: '/erp',
    type: `com.amazon-sales-channel.${kind}.v1`,
    subject: orderKey,
    data,
    ...changes,
  });
const read = (kind: string, data: unknown, changes?: object) =>
  readCloudEvent('msg_1', told(kind, data, changes));

/** The sentence that answers a body which is no event. */
function refusal(body: string): string {
  try {
    readCloudEvent('msg_1', body);
  } catch (error) {
    if (error instanceof WebhookRefusedError && error.reason === 'body') return error.message;
    throw error;
  }
  throw new Error('the body was taken');
}

describe('an event on its way to the ERP', () => {
  it('is a CloudEvent about the order', () => {
    const at = new Date('2026-10-01T09:00:00.000Z');
    expect(JSON.parse(cloudEvent(submitted, 'msg_1', at))).toEqual({
      specversion: '1.0',
      id: 'msg_1',
      source: '/amazon-sales-channel',
      type: 'com.amazon-sales-channel.order.submitted.v1',
      subject: orderKey,
      time: '2026-10-01T09:00:00.000Z',
      datacontenttype: 'application/json',
      data: submitted.data,
    });
  });

  it('has the same id whenever the same is told, and another one for anything else', () => {
    expect(messageId(submitted, 1)).toBe(
      messageId({ ...submitted, data: handoffOrder(account, order, '7') }, 1),
    );
    const others = [messageId(submitted, 1), messageId(submitted, 2), messageId(cancel, 1)];
    expect(new Set(others).size).toBe(3);
  });

  it('has an id without a dot, whatever the account is called', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (name, revision) => {
        const data = { ...submitted.data, orderKey: `${name}/${order.amazonOrderId}` };
        expect(messageId({ ...submitted, data }, revision)).toMatch(/^msg_[A-Za-z0-9_-]{27}$/);
      }),
    );
  });
});

describe('what an ERP tells', () => {
  const about = { eventId: 'msg_1', orderKey };

  it.each([
    ['order.accepted', { erpOrderNumber: 'SO-1' }, { kind: 'accepted', erpOrderNumber: 'SO-1', lines: [] }],
    ['order.rejected', { code: 'X', message: 'No' }, { kind: 'rejected', code: 'X', message: 'No' }],
    [
      'order.rejected',
      { code: 'X', message: 'No', lineKeys: ['1'] },
      { kind: 'rejected', code: 'X', message: 'No', lineKeys: ['1'] },
    ],
    ['order.cancelled', {}, { kind: 'cancelled' }],
    ['order.cancel-refused', { message: 'Too late' }, { kind: 'cancelRefused', message: 'Too late' }],
  ])('is read: %s %j', (kind, data, event) => {
    expect(read(kind, data)).toEqual({ ...about, ...event });
  });

  it('is read with what its maker adds, and without what CloudEvents leaves open', () => {
    expect(read('order.cancelled', undefined, { time: 'whenever', traceparent: '00-1' })).toEqual({
      ...about,
      kind: 'cancelled',
    });
  });

  it('may be a shipment, whose revision becomes a text and whose time becomes UTC', () => {
    expect(read('shipment.created', shipment)).toEqual({
      ...about,
      kind: 'shipment',
      shipment: {
        ...shipment,
        orderKey,
        revision: '2',
        shippedAt: '2026-10-02T08:00:00.000Z',
        voided: false,
      },
    });
  });

  it('is cut where it talks too much', () => {
    const event = read('order.rejected', { code: 'X', message: 'no '.repeat(1000) });
    expect(event.kind === 'rejected' && event.message.length).toBe(500);
  });

  const of = (length: number) => 'x'.repeat(length);
  const packed = (changes: object) => ({ ...shipment, packages: [{ ...parcel, ...changes }] });
  it.each<[field: string, kind: string, data: (text: string) => object]>([
    ['code', 'order.rejected', (code) => ({ code, message: 'No' })],
    ['erpOrderNumber', 'order.accepted', (erpOrderNumber) => ({ erpOrderNumber })],
    ['shipmentId', 'shipment.created', (shipmentId) => ({ ...shipment, shipmentId })],
    ['revision', 'shipment.created', (revision) => ({ ...shipment, revision })],
    ['packageId', 'shipment.created', (packageId) => packed({ packageId })],
    ['carrierCode', 'shipment.created', (carrierCode) => packed({ carrierCode })],
    ['carrierName', 'shipment.created', (carrierName) => packed({ carrierName })],
    ['service', 'shipment.created', (service) => packed({ service })],
    ['tracking', 'shipment.created', (tracking) => packed({ tracking })],
    ['lineKey', 'shipment.created', (lineKey) => packed({ items: [{ lineKey, quantity: 1 }] })],
  ])('is refused by name where its %s is longer than 100 characters', (field, kind, data) => {
    expect(read(kind, data(of(100)))).toMatchObject({ eventId: 'msg_1' });
    expect(refusal(told(kind, data(of(101))))).toContain(field);
  });

  it('is refused where its id is longer than 200 characters', () => {
    const id = of(201);
    const readIt = () => readCloudEvent(id, told('order.cancelled', {}, { id }));
    expect(readIt).toThrow(/200 characters[\s\S]*at id/);
  });

  it('reads as the page about it shows', () => {
    const page = readFileSync(join(__dirname, '../../../docs/erp-webhook.md'), 'utf8');
    const [, example = ''] = page.match(/^```json\n(\{\n {2}"specversion"[\s\S]*?)^```/m) ?? [];
    expect(readCloudEvent(JSON.parse(example).id, example)).toMatchObject({
      kind: 'shipment',
      orderKey: 'us-main/113-1234567-1234567',
    });
  });

  it.each([
    ['no JSON', '{', 'not JSON'],
    ['no event', '[]', 'not a known event'],
    ['an unknown type', told('order.lost', {}), 'type'],
    ['another version', told('order.cancelled', {}, { specversion: '0.3' }), 'specversion'],
    ['no source', told('order.cancelled', {}, { source: '' }), 'source'],
    ['an event under another webhook-id', told('order.cancelled', {}, { id: 'msg_2' }), 'webhook-id'],
    ['an event about no order', told('order.cancelled', {}, { subject: 'Ada Sample' }), 'subject'],
    ['no ERP order number', told('order.accepted', { note: 'Ada Sample' }), 'data.erpOrderNumber'],
    ['no package', told('shipment.created', { ...shipment, packages: [] }), 'data.packages'],
    [
      'other carriers without a name',
      told('shipment.created', { ...shipment, packages: [{ ...parcel, carrierCode: 'Other' }] }),
      'carrierName',
    ],
    [
      'half pieces',
      told('shipment.created', {
        ...shipment,
        packages: [{ ...parcel, items: [{ lineKey: 'Ada Sample', quantity: 0.5 }] }],
      }),
      'quantity',
    ],
  ])('is refused: %s', (_, body, field) => {
    expect(refusal(body)).toContain(field);
    expect(refusal(body)).not.toContain('Sample');
  });

  it('is read or refused, whatever comes, and never breaks', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (body) => {
        expect(refusal(body)).toEqual(expect.any(String));
      }),
    );
  });
});

describe('a no in the answer to a submitted order', () => {
  it('is cut, code and message, because nobody could be told that it is too long', () => {
    const { code, message } = rejectionSchema.parse({ code: 'x'.repeat(101), message: 'no '.repeat(1000) });
    expect([code.length, message.length]).toEqual([100, 500]);
  });
});
