import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { FeedError } from './feed-report';

const messageSchema = z.looseObject({ MessageID: z.string().regex(/^\d+$/) });
export type FeedMessage = z.output<typeof messageSchema>;

const envelopeSchema = z.object({
  AmazonEnvelope: z.object({
    Header: z.strictObject({ DocumentVersion: z.string(), MerchantIdentifier: z.string() }),
    MessageType: z.string(),
    Message: z.array(messageSchema).min(1),
  }),
});

/** Amazon's word for what its XSD does not allow. */
export const schemaError = (code: 5000 | 5002, { issues: [issue] }: z.ZodError) =>
  new FeedError(code, `XML Parsing Error: element ${issue?.path.join('/')} is missing or not valid.`);

/**
 * The messages of an XML feed.
 *
 * @throws FeedError, about the document as a whole
 */
export function messagesIn(text: string, type: string, sellerId: string): FeedMessage[] {
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { line, col } = valid.err;
    throw new FeedError(5000, `XML Parsing Fatal Error at Line ${line}, Column ${col}.`);
  }
  const parser = new XMLParser({
    parseTagValue: false,
    isArray: (name) => name === 'Message' || name === 'Item',
  });
  const parsed = envelopeSchema.safeParse(parser.parse(text));
  if (!parsed.success) throw schemaError(5000, parsed.error);
  const { Header, MessageType, Message } = parsed.data.AmazonEnvelope;
  if (MessageType !== type)
    throw new FeedError(5000, `The message type ${MessageType} does not belong to the feed type.`);
  if (Header.MerchantIdentifier !== sellerId)
    throw new FeedError(
      5000,
      `The merchant identifier ${Header.MerchantIdentifier} is not that of the seller.`,
    );
  return Message;
}
