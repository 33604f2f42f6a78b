import type { Digest, News } from '../../domain/digest';
import type { Alert } from './port';

/** What people read of a digest, and what programs do. `page` is the base address of the Orders page. */
export function alertOf(digest: Digest, id: string, page: string): Alert {
  const { at, orders, late, first, intakes } = digest;
  const summary = summaryOf(digest);
  const intakeList = `${page}/intake`;
  return {
    id,
    at,
    kind: 'attention.needed',
    summary,
    text: textOf(digest, summary, page, intakeList),
    data: {
      summary,
      orders,
      late,
      first: first.map((news) => ({ ...news, page: orderPage(news, page) })),
      more: orders - first.length,
      intakes: intakes.map((news) => ({ ...news, page: intakeList })),
      page: attentionList(page),
    },
  };
}

/** Sent by `channel alerts test`. */
export const testAlert = (id: string, at: string, page: string): Alert => ({
  id,
  at,
  kind: 'alert.test',
  summary: 'Test alert of the Amazon sales channel',
  text: `This is a test. Alerts about Amazon orders that need a person come here.\n\n${page}\n`,
  data: { summary: 'Test alert of the Amazon sales channel', page },
});

/** "3 Amazon orders need you (1 late)" */
function summaryOf({ orders, late, intakes }: Digest): string {
  const accounts = [...new Set(intakes.map(({ account }) => account))];
  const named = accounts.length === 1 ? `account ${accounts[0]}` : `${accounts.length} accounts`;
  const subjects = [
    ...(orders > 0 ? [`${orders} Amazon order${orders === 1 ? '' : 's'}`] : []),
    ...(accounts.length > 0 ? [orders > 0 ? named : `Amazon ${named}`] : []),
  ];
  const isOne = orders + accounts.length === 1;
  return `${subjects.join(' and ')} ${isOne ? 'needs' : 'need'} you${late > 0 ? ` (${late} late)` : ''}`;
}

function textOf(digest: Digest, summary: string, page: string, intakeList: string): string {
  const { orders, first, intakes } = digest;
  const more = orders - first.length;
  return [
    `${summary}.`,
    ...first.map((news) => paragraph(headOf(news), news, orderPage(news, page))),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...intakes.map((news) => paragraph(`Account ${news.account}`, news, intakeList)),
    `All that need you: ${attentionList(page)}\n`,
  ].join('\n\n');
}

const headOf = ({ account, amazonOrderId, shipBy, troubles }: News): string =>
  [
    ...(troubles.some(({ reason }) => reason === 'late') ? ['LATE'] : []),
    `${amazonOrderId} (${account})`,
    ...(shipBy === undefined ? [] : [`ship by ${shipBy.slice(0, 16).replace('T', ' ')} UTC`]),
  ].join(', ');

const paragraph = (head: string, { troubles }: News, page: string): string =>
  [head, ...troubles.map(({ note }) => `  ${note}`), `  ${page}`].join('\n');

/** Parked orders have no page of their own. */
const orderPage = ({ account, amazonOrderId, troubles }: News, page: string): string =>
  troubles.some(({ reason }) => reason === 'parked')
    ? `${page}/intake`
    : `${page}/orders/${encodeURIComponent(account)}/${amazonOrderId}`;

const attentionList = (page: string): string => `${page}/?attention=1&pending=1`;
