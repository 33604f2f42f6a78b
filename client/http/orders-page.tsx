import type { FC } from 'hono/jsx';
import { type ChannelStatus, channelStatuses } from '../../domain/channel-status';
import type { IntakeAlert } from '../intake-words';
import type { OrderPage } from '../order-list';
import type { OrderRow } from '../order-row';
import { describeTotal, statusWords } from '../words';
import { IntakeAlerts } from './intake-alerts';
import { type Frame, Layout } from './layout';
import { Buttons, Fulfilment, Instant, orderPath, Status, Tags } from './parts';
import { type ListQuery, listAddress } from './query';

export interface OrdersPageProps {
  readonly frame: Frame;
  readonly query: ListQuery;
  readonly page: OrderPage;
  readonly counts: Readonly<Record<ChannelStatus, number>>;
  readonly alerts: readonly IntakeAlert[];
  /** Of the order's workflow in the Temporal Web UI. */
  readonly workflowLink: (row: OrderRow) => string;
  /** Makes a button act once, however often it is pressed. */
  readonly requestId: string;
}

export const OrdersPage: FC<OrdersPageProps> = (props) => (
  <Layout title="Orders" frame={props.frame}>
    <h1>Orders</h1>
    <IntakeAlerts alerts={props.alerts} />
    <Tabs {...props} />
    <search>
      <Filter query={props.query} />
    </search>
    <form id="act" method="post">
      <input type="hidden" name="request" value={props.requestId} />
      <input type="hidden" name="back" value={listAddress(props.query)} />
    </form>
    <div id="orders" data-live>
      <Table {...props} />
      <Pages {...props} />
    </div>
  </Layout>
);

const Tabs: FC<OrdersPageProps> = ({ query, counts }) => {
  const shown = channelStatuses.filter((status) => status !== 'Pending');
  const all = [...shown, ...(query.pending ? (['Pending'] as const) : [])];
  const sum = all.reduce((total, status) => total + counts[status], 0);
  const tabs = [
    { status: undefined, title: 'All', count: sum },
    ...[...shown, 'Pending' as const].map((status) => ({
      status,
      title: statusWords[status],
      count: counts[status],
    })),
  ];
  return (
    <nav aria-label="Channel status" id="tabs" data-live>
      <ul class="tabs">
        {tabs.map(({ status, title, count }) => (
          <li key={title}>
            <a
              id={`tab-${title}`}
              href={listAddress(query, { status, page: undefined })}
              aria-current={query.status === status ? 'page' : undefined}
            >
              {title} <b>{count}</b>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Filter: FC<{ query: ListQuery }> = ({ query }) => (
  <form class="filter" method="get" action="/">
    {query.status && <input type="hidden" name="status" value={query.status} />}
    {query.account && <input type="hidden" name="account" value={query.account} />}
    {query.size && <input type="hidden" name="size" value={query.size} />}
    <label>
      <span class="hidden">Order number or buyer</span>
      <input type="search" name="q" value={query.q} placeholder="Order number or buyer" />
    </label>
    <label>
      <input type="checkbox" name="attention" value="1" checked={query.attention} />
      Needs attention
    </label>
    <label>
      <input type="checkbox" name="pending" value="1" checked={query.pending} />
      Show pending
    </label>
    <button type="submit" class="main">
      Show
    </button>
    {(query.q || query.attention || query.pending || query.account) && <a href="/">Clear</a>}
  </form>
);

const columns = [
  'Status',
  'Amazon order',
  'Commerce order',
  'Buyer',
  'Total',
  'Purchased',
  'Ship by',
  'ERP',
  'Note',
] as const;

const Table: FC<OrdersPageProps> = ({ page, workflowLink, frame }) => {
  if (page.orders.length === 0) return <p class="card empty">No order fits.</p>;
  return (
    <div class="card scroll">
      <table class="list">
        <caption class="hidden">Orders, the latest first</caption>
        <thead>
          <tr>
            {columns.map((title) => (
              <th scope="col" class={title === 'Total' ? 'right' : undefined} key={title}>
                {title}
              </th>
            ))}
            <th scope="col">
              <span class="hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {page.orders.map((row) => (
            <Row row={row} key={row.workflowId} link={workflowLink(row)} frame={frame} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Row: FC<{ row: OrderRow; link: string; frame: Frame }> = ({ row, link, frame: { timeZone } }) => (
  <tr class={row.attention.length > 0 ? 'look' : undefined} data-order={row.amazonOrderId}>
    <td>
      <Status row={row} />
      <Fulfilment row={row} />
    </td>
    <th scope="row" class="number">
      <a href={link} id={`workflow-${row.workflowId}`} title="Open its workflow in the Temporal Web UI">
        {row.amazonOrderId}
      </a>
      <span class="sub">
        {row.account} · <a href={orderPath(row)}>Details</a>
      </span>
    </th>
    <td class="number" data-label="Commerce order">
      {row.commerceOrderNumber}
    </td>
    <td data-label="Buyer">{row.buyer}</td>
    <td class="number right" data-label="Total">
      {describeTotal(row)}
    </td>
    <td class="number" data-label="Purchased">
      <Instant at={row.purchasedAt} timeZone={timeZone} />
    </td>
    <td class="number" data-label="Ship by">
      <Instant at={row.shipBy} timeZone={timeZone} />
    </td>
    <td class="number" data-label="ERP">
      {row.erpOrderNumber}
    </td>
    <td class="note wide">
      <Tags row={row} />
      {row.note}
    </td>
    <td class="wide">
      <span class="actions">
        <Buttons row={row} form="act" />
      </span>
    </td>
  </tr>
);

const Pages: FC<OrdersPageProps> = ({ query, page }) => {
  if (!query.page && !page.nextPageToken) return null;
  return (
    <nav class="pages" aria-label="Pages">
      {query.page && <a href={listAddress(query, { page: undefined })}>First page</a>}
      {page.nextPageToken && <a href={listAddress(query, { page: page.nextPageToken })}>Next page</a>}
    </nav>
  );
};
