import { withoutQuotes } from '../../domain/quotes';
import { amazonOrder, line } from '../support/orders';

const order = amazonOrder({
  buyer: { name: 'Ada Sample', email: 'ada@example.com' },
  shipTo: {
    name: 'Ada Sample',
    lines: ['1 Hidden Street'],
    phone: '+1 555 0100',
    city: 'Oakland',
    postalCode: '94103',
    countryCode: 'US',
  },
  lines: [line({ giftMessage: 'Happy birthday' })],
});

it.each([
  'Customer ada sample is unknown',
  'Address "1 hidden street" is not valid',
  'No account for ada@example.com',
  '+1 555 0100 is no number',
  'Sample has no credit',
  'Text too long: Happy birthday',
  'ZIP 94103 is unknown',
  'Nothing goes to Oakland',
])('what names the buyer is not quoted: %s', (words) => {
  expect(withoutQuotes(words, order)).toBe('(its words name the buyer: read them there)');
});

it.each(['SKU MUG-1 is not in the item master', 'The item is out of stock in the US', ''])(
  'what does not stays as it is: %j',
  (words) => {
    expect(withoutQuotes(words, order)).toBe(words);
  },
);
