import type { FC } from 'hono/jsx';
import type { OrderRow } from '../order-row';
import { isOpen, isOver } from '../order-row';
import { describeAttention, describeInstant, fulfilment, statusWords } from '../words';

export const Status: FC<{ row: OrderRow }> = ({ row }) => (
  <span class={`status ${row.channelStatus}`}>{statusWords[row.channelStatus]}</span>
);

export const Fulfilment: FC<{ row: OrderRow }> = ({ row }) => {
  const by = fulfilment(row.fulfilledBy);
  if (!by) return null;
  return (
    <span class="sub" title={by.long}>
      {by.short}
    </span>
  );
};

/** Why somebody should look, in plain words; the sentence is in the title. */
export const Tags: FC<{ row: OrderRow }> = ({ row }) => {
  if (!row.held && row.attention.length === 0) return null;
  return (
    <span class="tags">
      {row.held && <span class="tag held">Held</span>}
      {row.attention.map((attention) => (
        <span class="tag" title={attention.note} key={attention.reason}>
          {describeAttention(attention)}
        </span>
      ))}
    </span>
  );
};

/** Date above time of day. */
export const Instant: FC<{ at: string | undefined; timeZone: string }> = ({ at, timeZone }) => {
  const [date, time] = describeInstant(at, timeZone).split(', ');
  if (!date) return null;
  return (
    <time datetime={at}>
      {date}
      <span class="sub">{time}</span>
    </time>
  );
};

export const orderPath = ({ account, amazonOrderId }: OrderRow): string =>
  `/orders/${encodeURIComponent(account)}/${amazonOrderId}`;

export type OrderAction = 'retry' | 'hold' | 'release' | 'resendToErp';
const actionWords: Readonly<Record<OrderAction, string>> = {
  retry: 'Retry',
  hold: 'Hold',
  release: 'Release',
  resendToErp: 'Hand to ERP again',
};

const erpLacksIt: readonly string[] = ['erpRejected', 'notHandedOff'];

/** What the order may be open for; the workflow itself decides. */
function actionsFor(row: OrderRow): OrderAction[] {
  if (!isOpen(row)) return [];
  const over = isOver(row);
  const lacking = row.attention.some(({ reason }) => erpLacksIt.includes(reason));
  return [
    ...(row.attention.length > 0 ? (['retry'] as const) : []),
    ...(lacking && !over ? (['resendToErp'] as const) : []),
    ...(row.held ? (['release'] as const) : over ? [] : (['hold'] as const)),
  ];
}

/** Buttons of the form `form`, which stands outside of what is refreshed. */
export const Buttons: FC<{ row: OrderRow; form: string }> = ({ row, form }) => (
  <>
    {actionsFor(row).map((action) => (
      <button
        type="submit"
        form={form}
        formaction={`${orderPath(row)}/${action}`}
        id={`${action}-${row.workflowId}`}
        key={action}
      >
        {actionWords[action]}
        <span class="hidden"> order {row.amazonOrderId}</span>
      </button>
    ))}
  </>
);

/** The Web UI finds the latest run by itself, so that the address stays right when an order continues as new. */
export function workflowAddress(temporalUi: string, namespace: string, workflowId: string): string {
  const base = temporalUi.replace(/\/+$/, '');
  return `${base}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
