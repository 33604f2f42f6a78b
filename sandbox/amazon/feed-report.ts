import { XMLBuilder } from 'fast-xml-parser';

/** Why a message, or the whole document, is not processed: Amazon's code and words. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly code: number;
  readonly orderId: string | undefined;

  constructor(code: number, text: string, orderId?: string) {
    super(text);
    this.code = code;
    this.orderId = orderId;
  }
}

export interface Processed {
  messages: number;
  /** By message; 0 is the document as a whole. */
  errors: { messageId: string; error: FeedError }[];
}

/** The XML processing report that a feed ends with. */
export function processingReport(sellerId: string, feedId: string, { messages, errors }: Processed): string {
  return new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true }).build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    AmazonEnvelope: {
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:noNamespaceSchemaLocation': 'amzn-envelope.xsd',
      Header: { DocumentVersion: '1.02', MerchantIdentifier: sellerId },
      MessageType: 'ProcessingReport',
      Message: {
        MessageID: 1,
        ProcessingReport: {
          DocumentTransactionID: feedId,
          StatusCode: 'Complete',
          ProcessingSummary: {
            MessagesProcessed: messages,
            MessagesSuccessful: Math.max(0, messages - errors.length),
            MessagesWithError: errors.length,
            MessagesWithWarning: 0,
          },
          Result: errors.map(({ messageId, error }) => ({
            MessageID: messageId,
            ResultCode: 'Error',
            ResultMessageCode: error.code,
            ResultDescription: error.message,
            ...(error.orderId !== undefined && { AdditionalInfo: { AmazonOrderID: error.orderId } }),
          })),
        },
      },
    },
  });
}
