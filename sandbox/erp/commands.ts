import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ErpOrders } from './orders';
import type { Outbox } from './outbox';
import { bookedOrder, ErpRefusal } from './records';

const rejectSchema = z.strictObject({
  code: z.string().default('REFUSED_BY_HAND'),
  message: z.string().default('Refused by hand'),
});
const shipSchema = z.strictObject({
  carrierCode: z.string().optional(),
  carrierName: z.string().optional(),
  service: z.string().optional(),
  tracking: z.string().optional(),
  /** Default: everything that is still to be shipped. */
  items: z
    .array(z.strictObject({ lineKey: z.string(), quantity: z.int().positive() }))
    .min(1)
    .optional(),
});
const correctSchema = z.strictObject({ shipmentId: z.string(), tracking: z.string() });

const bodyOf = async (c: Context): Promise<unknown> => JSON.parse((await c.req.text()) || '{}');

/** `/_sandbox/orders`: the ERP's books, and the hand of its clerk. */
export function orderCommands(orders: ErpOrders, outbox: Outbox) {
  const app = new Hono().basePath('/_sandbox/orders');
  const path = '/:account/:amazonOrderId';
  const keyOf = (c: Context) => `${c.req.param('account')}/${c.req.param('amazonOrderId')}`;

  app.get('/', (c) => c.json({ orders: orders.all().map(bookedOrder), answersWaiting: outbox.waiting() }));
  app.post(`${path}/accept`, (c) => c.json(bookedOrder(orders.accept(keyOf(c)))));
  app.post(`${path}/reject`, async (c) => {
    const { code, message } = rejectSchema.parse(await bodyOf(c));
    return c.json(bookedOrder(orders.reject(keyOf(c), code, message)));
  });
  app.post(`${path}/pack`, (c) => c.json(bookedOrder(orders.pack(keyOf(c)))));
  app.post(`${path}/correct`, async (c) => {
    const { shipmentId, tracking } = correctSchema.parse(await bodyOf(c));
    return c.json(bookedOrder(orders.correct(keyOf(c), shipmentId, tracking)));
  });
  app.post(`${path}/ship`, async (c) => {
    const parcel = shipSchema.parse(await bodyOf(c));
    return c.json(bookedOrder(orders.ship(keyOf(c), parcel)));
  });
  app.onError((error, c) => {
    if (error instanceof ErpRefusal) return c.json({ error: error.message }, error.status);
    return c.json({ error: error.message }, error instanceof z.ZodError ? 400 : 500);
  });
  return app;
}
