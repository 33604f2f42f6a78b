import { z } from 'zod';
import type { BookedOrder } from '../../sandbox/amazon';
import type { BookedErpOrder } from '../../sandbox/erp';
import type { Channel } from './channel';

const commerceSchema = z.object({
  orders: z.array(
    z.object({
      entity_id: z.number(),
      increment_id: z.string(),
      ext_order_id: z.string(),
      state: z.string(),
      items: z.array(
        z.object({
          item_id: z.number(),
          ext_order_item_id: z.string().nullable(),
          qty_ordered: z.number(),
          qty_invoiced: z.number(),
          qty_shipped: z.number(),
          qty_canceled: z.number(),
          qty_refunded: z.number(),
        }),
      ),
      shipments: z.array(
        z.object({
          entity_id: z.number(),
          items: z.array(z.object({ order_item_id: z.number(), qty: z.number() })),
          tracks: z.array(z.object({ entity_id: z.number(), track_number: z.string() })),
        }),
      ),
    }),
  ),
  mails: z.number(),
});
export type CommerceBooks = z.output<typeof commerceSchema>['orders'][number];
export type CommerceItem = CommerceBooks['items'][number];
const erpSchema = z.object({ orders: z.array(z.custom<BookedErpOrder>()) });

/** What the three systems have of one order. */
export interface OrderBooks {
  readonly amazon: BookedOrder;
  readonly commerce: readonly CommerceBooks[];
  readonly erp: readonly BookedErpOrder[];
}

export interface World {
  of(orderId: string): OrderBooks;
  readonly mails: number;
}

/** By Amazon's order id. */
async function readWorld({ sandbox }: Channel): Promise<World> {
  const amazons = [sandbox.amazon, ...Object.values(sandbox.amazons)];
  const amazon = new Map(amazons.flatMap((each) => each.orders()).map((order) => [order.orderId, order]));
  const [commerce, erp] = await Promise.all([
    read(sandbox.urls.commerce, commerceSchema),
    read(sandbox.urls.erp, erpSchema),
  ]);
  return {
    mails: commerce.mails,
    of: (orderId) => {
      const order = amazon.get(orderId);
      if (!order) throw new Error(`Amazon has no order ${orderId}`);
      return {
        amazon: order,
        commerce: commerce.orders.filter(({ ext_order_id }) => ext_order_id === orderId),
        erp: erp.orders.filter(({ amazonOrderId }) => amazonOrderId === orderId),
      };
    },
  };
}

/** The same answer for all who ask within a moment. */
export function worldReader(channel: Channel, everyMs: number): () => Promise<World> {
  let latest: { at: number; world: Promise<World> } | undefined;
  return () => {
    if (!latest || Date.now() - latest.at > everyMs) latest = { at: Date.now(), world: readWorld(channel) };
    return latest.world;
  };
}

async function read<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await fetch(`${url}/_sandbox/orders`);
  return schema.parse(await answer.json());
}

export type UnitsByItem = Readonly<Record<string, number>>;

export const sumOf = (parts: readonly UnitsByItem[], orderItemId: string): number =>
  parts.reduce((sum, units) => sum + (units[orderItemId] ?? 0), 0);

export const itemsOf = (units: UnitsByItem): { orderItemId: string; quantity: number }[] =>
  Object.entries(units).flatMap(([orderItemId, quantity]) =>
    quantity > 0 ? [{ orderItemId, quantity }] : [],
  );
