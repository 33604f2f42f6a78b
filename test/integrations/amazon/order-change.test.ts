import fc from 'fast-check';
import { readOrderChange } from '../../../integrations/amazon/order-change';
import { createNotificationContract } from '../../support/notification-contract';
import { orderChange, orderChangeBody, postalCode, sellerId } from '../../support/order-changes';

const read = (body: unknown) => readOrderChange(JSON.stringify(body), sellerId);

describe('an ORDER_CHANGE message', () => {
  it('is here what Amazon describes', () => {
    expect(createNotificationContract()(orderChangeBody())).toEqual([]);
  });

  it('is a hint which order to read, and nothing more', () => {
    const ids = { notificationId: 'n-1', amazonOrderId: '113-1234567-1234567' };
    expect(readOrderChange(orderChangeBody(ids), sellerId)).toEqual({
      kind: 'orderChange',
      hint: { ...ids, sellerId },
    });
  });

  it('may hold words and fields that are not known today', () => {
    const change = orderChange();
    const { OrderChangeNotification: payload } = change.Payload;
    const next = {
      ...change,
      PayloadVersion: '1.7',
      Payload: {
        OrderChangeNotification: {
          ...payload,
          OrderChangeType: 'SomethingElse',
          Summary: { OrderStatus: 'InvoiceUnconfirmed' },
        },
      },
    };
    expect(read(next).kind).toBe('orderChange');
  });
});

describe('a message that is not for this seller', () => {
  it.each([
    ['of another seller', orderChange({ sellerId: 'A1OTHER' }), 'it is of another seller'],
    ['of another type', { NotificationType: 'FEED_PROCESSING_FINISHED' }, 'it is no ORDER_CHANGE'],
  ])('is told apart: %s', (_, body, reason) => {
    expect(read(body)).toEqual({ kind: 'foreign', reason });
  });
});

describe('a message that is not readable', () => {
  const at = 'Payload.OrderChangeNotification';
  it.each<[string, string, string]>([
    ['no JSON', 'hello', 'it is not JSON'],
    ['truncated', orderChangeBody().slice(0, -9), 'it is not JSON'],
    ['no notification', '[]', 'the answer: '],
    ['without a type', '{}', 'NotificationType: '],
    ['without an order', '{"NotificationType":"ORDER_CHANGE"}', 'NotificationMetadata: '],
    ['with what is no order id', orderChangeBody({ amazonOrderId: postalCode }), `${at}.AmazonOrderId: `],
    ['without an id of its own', orderChangeBody({ notificationId: '' }), 'NotificationMetadata.Notific'],
  ])('says why: %s', (_, body, reason) => {
    expect(readOrderChange(body, sellerId)).toEqual({
      kind: 'unreadable',
      reason: expect.stringContaining(reason),
    });
  });

  it('is never quoted, whatever is in it', () => {
    const secret = fc.constant(postalCode);
    const anything = fc.anything({ values: [secret, fc.constant('ORDER_CHANGE')] });
    const likely = fc.record({
      NotificationType: fc.constantFrom('ORDER_CHANGE', postalCode),
      NotificationMetadata: fc.oneof(anything, fc.record({ NotificationId: secret })),
      Payload: fc.record({
        OrderChangeNotification: fc.record({
          SellerId: fc.constantFrom(sellerId, postalCode),
          AmazonOrderId: fc.oneof(secret, anything),
        }),
      }),
    });
    fc.assert(
      fc.property(fc.oneof(anything, likely), (body) => {
        const text = JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
        const reading = readOrderChange(text ?? postalCode, sellerId);
        expect(reading.kind).not.toBe('orderChange');
        expect(JSON.stringify(reading)).not.toContain(postalCode);
      }),
    );
  });
});
