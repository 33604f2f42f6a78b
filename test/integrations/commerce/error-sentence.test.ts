import { errorSentence, personalValues, quotes } from '../../../integrations/commerce/error-sentence';

const sentence = (body: object) => errorSentence(JSON.stringify(body));

describe("Commerce's errors as sentences", () => {
  it('fills parameters of a list and of an object', () => {
    expect(sentence({ message: 'No such entity with %1 = %2', parameters: ['id', 7] })).toBe(
      'No such entity with id = 7',
    );
    expect(
      sentence({
        message: "The consumer isn't authorized to access %resources.",
        parameters: { resources: 'Magento_Sales::ship' },
      }),
    ).toBe("The consumer isn't authorized to access Magento_Sales::ship.");
  });

  it('adds what stands under `errors`, with parameters of its own', () => {
    expect(
      sentence({
        message: 'Transfer validation failed',
        errors: [
          { message: 'SKU %sku is not available.', parameters: { sku: 'MUG' } },
          { message: 'Sorry.' },
        ],
      }),
    ).toBe('Transfer validation failed SKU MUG is not available. Sorry.');
  });

  it('reads failures before routing', () => {
    expect(sentence({ messages: { error: [{ code: 503, message: 'Under maintenance' }] } })).toBe(
      'Under maintenance',
    );
  });

  it('leaves a placeholder without a value, and puts all on one line', () => {
    expect(sentence({ message: "We can't save:\n%1 %2", parameters: ['"City" is required.'] })).toBe(
      'We can\'t save: "City" is required. %2',
    );
  });

  it.each(['<html>Bad gateway</html>', '', '[]', 'null', '{"message":null}'])('has none for %s', (body) => {
    expect(errorSentence(body)).toBe('');
  });
});

describe('values of the buyer in a sentence', () => {
  const values = personalValues({
    entity: {
      sku: 'MUG',
      customer_email: 'ada@example.org',
      billing_address: { lastname: '-', firstname: 'Li', street: ['1 Sample Street', 'Apt 5'] },
    },
  });

  it('are found wherever they stand in the request', () => {
    expect(values).toEqual(['ada@example.org', 'Li', '1 Sample Street', 'Apt 5']);
  });

  it.each([
    ['Mail for ADA@example.org is on its way', true],
    ['No such street: 1 sample street', true],
    ['Who is Li?', true],
    ['List of MUG is empty - sorry', false],
  ])('%s: %s', (text, found) => {
    expect(quotes(text, values)).toBe(found);
  });
});
