import { cancellationXml } from '../../../integrations/amazon/acknowledgement';
import { readReport } from '../../../integrations/amazon/processing-report';

const result = (fields: Record<string, string>) =>
  `<Result>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</Result>`;

const report = (successful: number, withError: number, ...results: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">
  <Header><DocumentVersion>1.02</DocumentVersion><MerchantIdentifier>A1</MerchantIdentifier></Header>
  <MessageType>ProcessingReport</MessageType>
  <Message>
    <MessageID>1</MessageID>
    <ProcessingReport>
      <DocumentTransactionID>50000000001</DocumentTransactionID>
      <StatusCode>Complete</StatusCode>
      <ProcessingSummary>
        <MessagesProcessed>${successful + withError}</MessagesProcessed>
        <MessagesSuccessful>${successful}</MessagesSuccessful>
        <MessagesWithError>${withError}</MessagesWithError>
        <MessagesWithWarning>0</MessagesWithWarning>
      </ProcessingSummary>
      ${results.join('')}
    </ProcessingReport>
  </Message>
</AmazonEnvelope>`;

const error = {
  MessageID: '1',
  ResultCode: 'Error',
  ResultMessageCode: '18021',
  ResultDescription: '\n  Too many &amp; already fulfilled\n',
};
const warning = { ...error, ResultCode: 'Warning' };

describe('a processing report', () => {
  it('says that the message went well, with or without a word about it', () => {
    expect(readReport(report(1, 0))).toEqual({ kind: 'done' });
    expect(readReport(report(1, 0, result(warning)))).toEqual({ kind: 'done' });
  });

  it('says with Amazon’s code and words what is wrong with the message, or with the whole document', () => {
    const refused = { kind: 'refused', message: '18021: Too many & already fulfilled.' };
    expect(readReport(report(0, 1, result(error)))).toEqual(refused);
    expect(readReport(report(0, 1, result(warning), result({ ...error, MessageID: '0' })))).toEqual(refused);
  });

  it('is no success where an error is counted and not explained', () => {
    const refused = { kind: 'refused', mayHaveApplied: true };
    expect(readReport(report(1, 1))).toMatchObject(refused);
    expect(readReport(report(0, 1, result({ ...error, MessageID: '2' })))).toMatchObject(refused);
  });

  it('keeps what Amazon quotes of a buyer to itself', () => {
    const quoting = { ...error, ResultDescription: 'Mail ada@example.com or call +1 206 555 0100.' };
    expect(readReport(report(0, 1, result(quoting)))).toEqual({
      kind: 'refused',
      message: '18021: Mail [e-mail] or call [phone].',
    });
  });

  it('is none where it knows nothing of the message, or lacks its summary', () => {
    expect(() => readReport(report(0, 0))).toThrow('the report knows nothing of the message');
    const summary = /<ProcessingSummary>[\s\S]*<\/ProcessingSummary>/;
    expect(() => readReport(report(1, 0).replace(summary, ''))).toThrow(
      'AmazonEnvelope.Message.ProcessingReport.ProcessingSummary: ',
    );
  });
});

describe('the feed of a cancellation', () => {
  it('is XML whatever stands in it', () => {
    const lines = [{ orderItemId: '<&">', quantity: 2 }];
    const xml = cancellationXml('A1&B', {
      amazonOrderId: '1',
      marketplaceId: 'm',
      reason: 'NoInventory',
      lines,
    });
    expect(xml).toContain('<MerchantIdentifier>A1&amp;B</MerchantIdentifier>');
    expect(xml).toContain('<AmazonOrderItemCode>&lt;&amp;&quot;&gt;</AmazonOrderItemCode>');
  });
});
