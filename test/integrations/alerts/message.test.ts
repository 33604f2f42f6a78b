import type { Digest, News } from '../../../domain/digest';
import { alertOf } from '../../../integrations/alerts/message';

const page = 'https://channel.example.com';
const id = 'msg_1';
const blocked: News = {
  account: 'us-main',
  amazonOrderId: '113-0000001-0000001',
  troubles: [{ reason: 'blocked', note: 'SKU ABC-1 is not in the catalogue.' }],
};
const late: News = {
  account: 'us-main',
  amazonOrderId: '113-0000001-0000002',
  shipBy: '2026-10-01T07:00:00.000Z',
  troubles: [{ reason: 'late', note: 'Confirm a shipment at once.' }],
};
const silent: News = {
  account: 'eu-main',
  troubles: [{ reason: 'amazonSilent', note: 'Amazon has not answered.' }],
};
const digest = (changes: Partial<Digest> = {}): Digest => ({
  at: '2026-10-01T12:00:00.000Z',
  orders: 1,
  late: 0,
  first: [blocked],
  intakes: [],
  ...changes,
});

describe('an alert', () => {
  it.each([
    [digest(), '1 Amazon order needs you'],
    [digest({ orders: 3, late: 1 }), '3 Amazon orders need you (1 late)'],
    [digest({ orders: 0, first: [], intakes: [silent] }), 'Amazon account eu-main needs you'],
    [
      digest({ orders: 0, first: [], intakes: [silent, { ...silent, account: 'us-main' }] }),
      'Amazon 2 accounts need you',
    ],
    [digest({ intakes: [silent] }), '1 Amazon order and account eu-main need you'],
  ])('is summed up in one line', (told, summary) => {
    expect(alertOf(told, id, page).summary).toBe(summary);
  });

  it('says for people which orders, why, and where to look', () => {
    const told = digest({ orders: 314, late: 1, first: [late, blocked], intakes: [silent] });
    expect(alertOf(told, id, page).text).toBe(`314 Amazon orders and account eu-main need you (1 late).

LATE, 113-0000001-0000002 (us-main), ship by 2026-10-01 07:00 UTC
  Confirm a shipment at once.
  https://channel.example.com/orders/us-main/113-0000001-0000002

113-0000001-0000001 (us-main)
  SKU ABC-1 is not in the catalogue.
  https://channel.example.com/orders/us-main/113-0000001-0000001

and 312 more

Account eu-main
  Amazon has not answered.
  https://channel.example.com/intake

All that need you: https://channel.example.com/?attention=1&pending=1
`);
  });

  it('says the same for programs', () => {
    const told = digest({ orders: 314, late: 1, first: [late, blocked], intakes: [silent] });
    expect(alertOf(told, id, page)).toMatchObject({
      id,
      kind: 'attention.needed',
      data: {
        summary: '314 Amazon orders and account eu-main need you (1 late)',
        orders: 314,
        late: 1,
        more: 312,
        first: [{ ...late, page: `${page}/orders/us-main/113-0000001-0000002` }, { ...blocked }],
        intakes: [{ ...silent, page: `${page}/intake` }],
        page: `${page}/?attention=1&pending=1`,
      },
    });
  });

  it('of a parked order leads to the intake, since it has no page of its own', () => {
    const parked = { ...blocked, troubles: [{ reason: 'parked', note: 'Not imported.' }] };
    const { text } = alertOf(digest({ first: [parked] }), id, page);
    expect(text).toContain('Not imported.\n  https://channel.example.com/intake\n');
    expect(text).not.toContain('/orders/');
  });
});
