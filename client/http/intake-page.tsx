import type { FC } from 'hono/jsx';
import type { Report } from '../../domain/lanes';
import type { ParkedOrder } from '../../workflows/intake/contract';
import { type IntakeStatus, type IntakeView, isSilent } from '../intake-status';
import {
  alertsOf,
  describeReport,
  describeState,
  intakeFacts,
  reportLists,
  titledReports,
} from '../intake-words';
import { type Frame, Layout } from './layout';

export interface IntakePageProps {
  readonly frame: Frame;
  readonly statuses: readonly IntakeStatus[];
  /** Makes a button act once, however often it is pressed. */
  readonly requestId: string;
}

const mostParkedShown = 100;

/** How orders come in, account by account; it shows no buyer. */
export const IntakePage: FC<IntakePageProps> = ({ frame, statuses, requestId }) => (
  <Layout title="Intake" frame={frame}>
    <p>
      <a href="/">← Orders</a>
    </p>
    <h1>Intake</h1>
    <form id="act" method="post">
      <input type="hidden" name="request" value={requestId} />
      <input type="hidden" name="back" value="/intake" />
    </form>
    <div class="stack" id="intakes" data-live>
      {statuses.map((status) => (
        <Intake status={status} timeZone={frame.timeZone} key={status.account} />
      ))}
    </div>
  </Layout>
);

const Intake: FC<{ status: IntakeStatus; timeZone: string }> = ({ status, timeZone }) => {
  const [alert] = alertsOf([status], timeZone);
  return (
    <section class="card pad intake" id={`account-${status.account}`}>
      <div class="title">
        <h2>Account {status.account}</h2>
        {!isSilent(status) && (
          <button
            type="submit"
            form="act"
            formaction={`/intake/${status.account}/reconcile`}
            id={`reconcile-${status.account}`}
          >
            Reconcile now<span class="hidden"> account {status.account}</span>
          </button>
        )}
      </div>
      {alert && <p class="alert">{alert.sentences.join(' ')}</p>}
      {!alert && !isSilent(status) && <p class="sub">{describeState(status, timeZone)}</p>}
      {!isSilent(status) && <State view={status} timeZone={timeZone} />}
    </section>
  );
};

const State: FC<{ view: IntakeView; timeZone: string }> = ({ view, timeZone }) => (
  <>
    <dl>
      {intakeFacts(view, timeZone).map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
    <Parked view={view} />
    <Reports view={view} timeZone={timeZone} />
  </>
);

const Parked: FC<{ view: IntakeView }> = ({ view: { account, parked, parkedCount } }) => {
  if (parkedCount === 0) return null;
  const shown = parked.slice(0, mostParkedShown);
  return (
    <>
      <h3>Orders that cannot be imported</h3>
      <div class="scroll">
        <table class="list">
          <caption class="hidden">Parked orders of account {account}</caption>
          <thead>
            <tr>
              <th scope="col">Amazon order</th>
              <th scope="col">Reason</th>
              <th scope="col">
                <span class="hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((order) => (
              <ParkedRow account={account} order={order} key={order.amazonOrderId ?? order.reason} />
            ))}
          </tbody>
        </table>
      </div>
      {parkedCount > shown.length && <p class="sub">{parkedCount - shown.length} more are not shown.</p>}
    </>
  );
};

const ParkedRow: FC<{ account: string; order: ParkedOrder }> = ({ account, order }) => {
  const { amazonOrderId: id, reason } = order;
  return (
    <tr>
      <th scope="row" class="number wide">
        {id ?? 'An order without a readable id'}
      </th>
      <td class="note wide">{reason}</td>
      <td class="wide">
        {id !== undefined && (
          <span class="actions">
            <button
              type="submit"
              form="act"
              formaction={`/intake/${account}/pull/${encodeURIComponent(id)}`}
              id={`pull-${account}-${id}`}
            >
              Try again<span class="hidden"> order {id}</span>
            </button>
          </span>
        )}
      </td>
    </tr>
  );
};

const Reports: FC<{ view: IntakeView; timeZone: string }> = ({ view, timeZone }) => {
  const known = titledReports(view);
  if (known.length === 0) return null;
  return (
    <>
      <h3>Last reports</h3>
      <dl>
        {known.map(({ title, report }) => (
          <>
            <dt>{title}</dt>
            <dd>
              {describeReport(report, timeZone)}
              <Found report={report} />
            </dd>
          </>
        ))}
      </dl>
    </>
  );
};

const Found: FC<{ report: Report }> = ({ report }) => (
  <>
    {reportLists(report).map(({ title, count, first }) => (
      <span class="sub" key={title}>
        {title}: {first.join(', ')}
        {count > first.length && ` and ${count - first.length} more`}
      </span>
    ))}
  </>
);
