import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { CancellationOutcome } from '../../domain/cancellation';
import { messageId } from './acknowledgement';
import { AmazonAnswerError } from './errors';
import { downloading } from './feed-documents';
import { refusalSentence } from './refusal';
import { describeIssue } from './wire';

const count = z.string().regex(/^\d+$/, 'not a number').transform(Number);

const resultSchema = z.object({
  MessageID: z.string(),
  ResultCode: z.string(),
  ResultMessageCode: z.string().optional(),
  ResultDescription: z.string().optional(),
});
type Result = z.output<typeof resultSchema>;

const reportSchema = z.object({
  AmazonEnvelope: z.object({
    Message: z.object({
      ProcessingReport: z.object({
        ProcessingSummary: z.object({ MessagesSuccessful: count, MessagesWithError: count }),
        Result: z.array(resultSchema).default([]),
      }),
    }),
  }),
});

/**
 * What the processing report of a feed with one message says about it. DONE is no success: this is.
 *
 * @throws AmazonAnswerError for what is no such report; it quotes nothing
 */
export function readReport(xml: string): CancellationOutcome {
  const { ProcessingSummary: summary, Result: results } = parseReport(xml);
  const error = results.find(isOurError);
  if (error) {
    const { ResultMessageCode: code = 'no code', ResultDescription: text = 'no words' } = error;
    return { kind: 'refused', message: refusalSentence({ code, text }) };
  }
  if (summary.MessagesWithError > 0)
    return {
      kind: 'refused',
      message: 'Its report counts an error and does not explain it.',
      mayHaveApplied: true,
    };
  if (summary.MessagesSuccessful === 0)
    throw new AmazonAnswerError(downloading, 'the report knows nothing of the message');
  return { kind: 'done' };
}

function parseReport(xml: string) {
  const parsed = reportSchema.safeParse(parseXml(xml));
  if (!parsed.success) throw new AmazonAnswerError(downloading, describeIssue(parsed.error));
  return parsed.data.AmazonEnvelope.Message.ProcessingReport;
}

/** The parser's own error would quote the text, so it is not passed on. */
function parseXml(xml: string): unknown {
  const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Result' });
  try {
    return parser.parse(xml, true);
  } catch {
    throw new AmazonAnswerError(downloading, 'the report is not XML');
  }
}

/** Message 0 is the document as a whole. */
const isOurError = ({ MessageID, ResultCode }: Result) =>
  ResultCode === 'Error' && [messageId, '0'].includes(MessageID);
