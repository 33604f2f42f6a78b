import { XMLBuilder } from 'fast-xml-parser';
import type { Cancellation } from '../../domain/cancellation';

/** A feed of ours has one message. */
export const messageId = '1';

/**
 * The order acknowledgement feed (`amzn-envelope.xsd`, `OrderAcknowledgement.xsd`) that cancels an order: status
 * `Failure`, with the reason on each item.
 */
export function cancellationXml(sellerId: string, { amazonOrderId, reason, lines }: Cancellation): string {
  return new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' }).build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    AmazonEnvelope: {
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:noNamespaceSchemaLocation': 'amzn-envelope.xsd',
      Header: { DocumentVersion: '1.01', MerchantIdentifier: sellerId },
      MessageType: 'OrderAcknowledgement',
      Message: {
        MessageID: messageId,
        OrderAcknowledgement: {
          AmazonOrderID: amazonOrderId,
          StatusCode: 'Failure',
          Item: lines.map(({ orderItemId, quantity }) => ({
            AmazonOrderItemCode: orderItemId,
            CancelReason: reason,
            Quantity: quantity,
          })),
        },
      },
    },
  });
}
