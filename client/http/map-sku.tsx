import type { Context, Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import type { OrderState } from '../../workflows/order/contract';
import type { Intakes } from '../intakes';
import type { OrderRow } from '../order-row';
import type { Orders } from '../orders';
import { mapSku } from '../sku-mapping';
import { actOn, formLimit } from './forms';
import type { PageEnv } from './frame';
import { Card } from './order-parts';
import { orderPath } from './parts';
import { QueryError } from './query';

const sku = z.string().trim().min(1).max(100);
const mappingSchema = z.object({
  from: z.string().min(1).max(100),
  to: sku,
  always: z.literal('1').optional(),
});

interface FormProps {
  readonly row: OrderRow;
  readonly snapshot: OrderState | undefined;
  readonly requestId: string;
}

/** On a blocked order; outside of what is refreshed, so that nobody types in vain. */
export const MapSkuForm: FC<FormProps> = ({ row, snapshot, requestId }) => {
  const isBlocked = row.attention.some(({ reason }) => reason === 'blocked');
  if (!isBlocked || !snapshot?.delivery || snapshot.commerce) return null;
  const skus = [...new Set(snapshot.delivery.order.lines.map((line) => line.sku))];
  return (
    <Card title="Map SKU">
      <form id="map-sku" class="act" method="post" action={`${orderPath(row)}/map-sku`}>
        <input type="hidden" name="request" value={requestId} />
        <input type="hidden" name="back" value={orderPath(row)} />
        <label for="map-from">Amazon</label>
        <select id="map-from" name="from">
          {skus.map((each) => (
            <option value={each} key={each}>
              {each}
            </option>
          ))}
        </select>
        <label for="map-to">is in Commerce</label>
        <input type="text" id="map-to" name="to" required maxlength={64} />
        <label>
          <input type="checkbox" name="always" value="1" /> also for future orders
        </label>
        <button type="submit">Map</button>
      </form>
    </Card>
  );
};

export interface MapSkuOptions {
  readonly orders: Orders;
  readonly intakes: Intakes;
}

/** `POST /orders/<account>/<id>/map-sku`; to be added before the route of the other buttons. */
export function addMapSkuRoute(app: Hono<PageEnv>, options: MapSkuOptions): void {
  app.post('/orders/:account/:id/map-sku', formLimit, async (c) => {
    const ref = { account: c.req.param('account'), amazonOrderId: c.req.param('id') };
    const subject = `Order ${ref.amazonOrderId}`;
    const { from, to, always } = await mappingOf(c);
    return actOn(c, subject, async ({ why, request }) => {
      const mapping = { from, to, always: always === '1', by: 'Orders page', ...(why && { why }) };
      const { done, sentence } = await mapSku(options, ref, mapping, request && `map-sku-${from}-${request}`);
      return { done, sentence: `${subject}: ${sentence}` };
    });
  });
}

/** @throws QueryError for a form that is none of ours */
async function mappingOf(c: Context<PageEnv>): Promise<z.output<typeof mappingSchema>> {
  const form = mappingSchema.safeParse(await c.req.parseBody());
  if (!form.success) throw new QueryError('Say which SKU of Amazon is which in Commerce.');
  return form.data;
}
