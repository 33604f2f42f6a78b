import type { FC } from 'hono/jsx';
import type { OrderDetails } from '../orders';
import { describeAttention, describeInstant, describeTotal, fulfilment } from '../words';
import { type Frame, Layout } from './layout';
import { MapSkuForm } from './map-sku';
import { Card, Lines, Notes, Parcels } from './order-parts';
import { Buttons, orderPath, Status, Tags } from './parts';
import { AcknowledgeForm, CancelForm } from './settle-order';

export interface OrderPageProps {
  readonly frame: Frame;
  readonly details: OrderDetails;
  readonly workflowLink: string;
  readonly requestId: string;
}

/** Everything about one order: what its row says, and what its workflow answers. */
export const OrderDetailsPage: FC<OrderPageProps> = (props) => {
  const { row } = props.details;
  return (
    <Layout title={`Order ${row.amazonOrderId}`} frame={props.frame}>
      <p>
        <a href="/">← Orders</a>
      </p>
      <Head {...props} />
      <div class="grid">
        <Story {...props} />
        <div class="stack">
          <div id="order-facts" data-live>
            <Facts {...props} />
          </div>
          <Act {...props} />
          <CancelForm row={row} requestId={props.requestId} />
          <MapSkuForm row={row} snapshot={props.details.snapshot} requestId={props.requestId} />
        </div>
      </div>
    </Layout>
  );
};

const Head: FC<OrderPageProps> = ({ details: { row, problem } }) => (
  <div id="order-head" data-live>
    <div class="title">
      <h1>Order {row.amazonOrderId}</h1>
      <Status row={row} />
      <Tags row={row} />
    </div>
    {problem && <p class="alert">{problem}</p>}
  </div>
);

const Story: FC<OrderPageProps> = ({ details: { row, snapshot }, frame: { timeZone }, requestId }) => (
  <div class="stack" id="order-story" data-live>
    {row.attention.map((attention) => (
      <div class="alert" key={attention.reason}>
        <b>{describeAttention(attention)}</b>
        {attention.note}
        <AcknowledgeForm row={row} requestId={requestId} attention={attention} />
      </div>
    ))}
    {snapshot && (
      <>
        <Lines snapshot={snapshot} />
        <Parcels parcels={snapshot.parcels} timeZone={timeZone} />
        <Notes notes={snapshot.notes} timeZone={timeZone} />
      </>
    )}
  </div>
);

const Act: FC<OrderPageProps> = ({ details: { row }, requestId }) => (
  <Card title="Act on the order">
    <form id="act" class="act" method="post">
      <input type="hidden" name="request" value={requestId} />
      <input type="hidden" name="back" value={orderPath(row)} />
      <label class="hidden" for="why">
        Why, for the notes of the order
      </label>
      <input type="text" id="why" name="why" maxlength={300} placeholder="Why (optional)" />
      <span class="actions" id="order-actions" data-live>
        <Buttons row={row} form="act" />
      </span>
    </form>
  </Card>
);

function factsOf({ row, snapshot }: OrderDetails, timeZone: string) {
  const shipTo = snapshot?.delivery?.order.shipTo;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Account', row.account],
    ['Fulfilment', fulfilment(row.fulfilledBy)?.long],
    ['Commerce order', row.commerceOrderNumber],
    ['ERP order', row.erpOrderNumber],
    ['Buyer', row.buyer],
    ['Ship to', shipTo && [shipTo.city, shipTo.stateOrRegion, shipTo.countryCode].filter(Boolean).join(', ')],
    ['Total', describeTotal(row)],
    ['Purchased', describeInstant(row.purchasedAt, timeZone)],
    ['Ship by', describeInstant(row.shipBy, timeZone)],
  ];
  return facts.filter(([, value]) => value);
}

const Facts: FC<OrderPageProps> = ({ details, workflowLink, frame }) => (
  <Card title="Order">
    <dl>
      {factsOf(details, frame.timeZone).map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
      <dt>Workflow</dt>
      <dd>
        <a href={workflowLink}>{details.row.workflowId}</a>
        <span class="sub">{details.row.executionStatus.toLowerCase().replaceAll('_', ' ')}</span>
      </dd>
    </dl>
  </Card>
);
