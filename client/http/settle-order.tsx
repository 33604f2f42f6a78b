import type { Context, Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { attentionReasons, isAcknowledgeable } from '../../domain/attention';
import { type CancelReason, cancelReasons } from '../../domain/cancellation';
import { isOpen, isOver, type OrderRow, type RowAttention } from '../order-row';
import type { Orders } from '../orders';
import { actOn, formLimit } from './forms';
import type { PageEnv } from './frame';
import { Card } from './order-parts';
import { orderPath } from './parts';
import { QueryError } from './query';

interface FormProps {
  readonly row: OrderRow;
  readonly requestId: string;
}

/** For what only a person can settle: says that this is done. */
export const AcknowledgeForm: FC<FormProps & { attention: RowAttention }> = ({
  row,
  requestId,
  attention,
}) => {
  const reason = attentionReasons.find((known) => known === attention.reason);
  if (!isOpen(row) || !reason || !isAcknowledgeable(reason)) return null;
  return (
    <form class="act" method="post" action={`${orderPath(row)}/acknowledge`}>
      <Hidden row={row} requestId={requestId} />
      <input type="hidden" name="reason" value={reason} />
      <button type="submit">Acknowledge</button>
    </form>
  );
};

/** On an order of which nothing has left; the workflow itself decides. */
export const CancelForm: FC<FormProps> = ({ row, requestId }) => {
  const mayBe = isOpen(row) && !isOver(row) && row.fulfilledBy === 'MERCHANT';
  if (!mayBe || row.channelStatus !== 'Unshipped') return null;
  return (
    <Card title="Cancel at Amazon">
      <form id="cancel" class="act" method="post" action={`${orderPath(row)}/cancel`}>
        <Hidden row={row} requestId={requestId} />
        <label for="cancel-reason">Reason</label>
        <select id="cancel-reason" name="reason" required>
          <option value="">Choose…</option>
          {Object.keys(cancelReasons).map((each) => (
            <option value={each} key={each}>
              {each}
            </option>
          ))}
        </select>
        <button type="submit">Cancel the order</button>
      </form>
    </Card>
  );
};

const Hidden: FC<FormProps> = ({ row, requestId }) => (
  <>
    <input type="hidden" name="request" value={requestId} />
    <input type="hidden" name="back" value={orderPath(row)} />
  </>
);

const cancelSchema = z.object({ reason: z.enum(Object.keys(cancelReasons) as [CancelReason]) });
const acknowledgeSchema = z.object({ reason: z.enum(attentionReasons) });

/** `POST /orders/<account>/<id>/cancel` and `…/acknowledge`; to be added before the route of the other buttons. */
export function addSettleRoutes(app: Hono<PageEnv>, { orders }: { readonly orders: Orders }): void {
  app.post('/orders/:account/:id/cancel', formLimit, async (c) => {
    const { reason } = await formOf(c, cancelSchema, 'Choose the reason that Amazon is told.');
    return act(c, `cancel-${reason}`, (ref, action, id) => orders.cancel(ref, { ...action, reason }, id));
  });
  app.post('/orders/:account/:id/acknowledge', formLimit, async (c) => {
    const { reason } = await formOf(c, acknowledgeSchema, 'Say what is acknowledged.');
    return act(c, `acknowledge-${reason}`, (ref, action, id) =>
      orders.acknowledge(ref, { ...action, reason }, id),
    );
  });
}

type Run = (
  ref: { readonly account: string; readonly amazonOrderId: string },
  action: { readonly by: string; readonly why?: string },
  updateId: string | undefined,
) => Promise<string>;

function act(c: Context<PageEnv, '/orders/:account/:id'>, key: string, run: Run): Promise<Response> {
  const ref = { account: c.req.param('account'), amazonOrderId: c.req.param('id') };
  const subject = `Order ${ref.amazonOrderId}`;
  return actOn(c, subject, async ({ why, request }) => {
    const action = { by: 'Orders page', ...(why && { why }) };
    const note = await run(ref, action, request && `${key}-${request}`);
    return { done: true, sentence: `${subject}: ${note}` };
  });
}

/** @throws QueryError for a form that is none of ours */
async function formOf<Form>(c: Context<PageEnv>, schema: z.ZodType<Form>, sentence: string): Promise<Form> {
  const form = schema.safeParse(await c.req.parseBody());
  if (!form.success) throw new QueryError(sentence);
  return form.data;
}
