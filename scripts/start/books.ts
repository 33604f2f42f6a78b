import { z } from 'zod';
import type { OrderRow } from '../../client/order-row';
import type { Orders } from '../../client/orders';

const amazonSchema = z.object({
  orders: z.array(
    z.object({
      orderId: z.string(),
      status: z.string(),
      fulfilledBy: z.enum(['MERCHANT', 'AMAZON']),
      total: z.string(),
      currency: z.string(),
      extras: z.record(z.string(), z.string()),
      lines: z.array(
        z.object({
          orderItemId: z.string(),
          fulfilled: z.number(),
          unfulfilled: z.number(),
          goods: z.string(),
          total: z.string(),
        }),
      ),
      packages: z.array(
        z.object({
          packageReferenceId: z.string(),
          trackingNumber: z.string(),
          confirmations: z.number(),
          items: z.array(z.object({ orderItemId: z.string(), quantity: z.number() })),
        }),
      ),
    }),
  ),
  quotaViolations: z.number(),
});

const commerceSchema = z.object({
  orders: z.array(
    z.object({
      increment_id: z.string(),
      ext_order_id: z.string().nullable(),
      state: z.string().nullable(),
      order_currency_code: z.string().nullable(),
      grand_total: z.number(),
      total_paid: z.number(),
      base_grand_total: z.number(),
      base_total_paid: z.number(),
      items: z.array(
        z.object({
          item_id: z.number(),
          ext_order_item_id: z.string().nullable(),
          sku: z.string().nullable(),
          row_total: z.number(),
          tax_amount: z.number(),
          discount_amount: z.number(),
          qty_ordered: z.number(),
          qty_shipped: z.number(),
        }),
      ),
      shipments: z.array(
        z.object({
          items: z.array(z.object({ order_item_id: z.number(), qty: z.number() })),
          tracks: z.array(z.object({ track_number: z.string() })),
        }),
      ),
    }),
  ),
  mails: z.number(),
});

const erpSchema = z.object({
  orders: z.array(
    z.object({
      amazonOrderId: z.string(),
      commerceOrderNumber: z.string().optional(),
      erpOrderNumber: z.string().optional(),
      state: z.string(),
      currency: z.string(),
      total: z.string(),
      lines: z.array(z.object({ lineKey: z.string(), quantity: z.number(), total: z.string() })),
      duplicateSubmits: z.number(),
    }),
  ),
});

/** What each system says of the demo's orders, read once, in this order: the channel can only be ahead of it. */
export interface Books {
  readonly amazon: z.infer<typeof amazonSchema>;
  readonly commerce: z.infer<typeof commerceSchema>;
  readonly erp: z.infer<typeof erpSchema>;
  readonly workflows: readonly OrderRow[];
}

export interface BookAddresses {
  readonly amazon: string;
  readonly commerce: string;
  readonly erp: string;
}

export async function readBooks(addresses: BookAddresses, orders: Orders): Promise<Books> {
  const workflows = await allRows(orders);
  const [amazon, commerce, erp] = await Promise.all([
    read(addresses.amazon, amazonSchema),
    read(addresses.commerce, commerceSchema),
    read(addresses.erp, erpSchema),
  ]);
  return { amazon, commerce, erp, workflows };
}

async function read<T>(address: string, schema: z.ZodType<T>): Promise<T> {
  const answer = await fetch(`${address}/_sandbox/orders`, { signal: AbortSignal.timeout(10_000) });
  return schema.parse(await answer.json());
}

export async function allRows(orders: Orders): Promise<OrderRow[]> {
  const rows: OrderRow[] = [];
  let pageToken: string | undefined;
  do {
    const page = await orders.list(
      { includePending: true },
      { pageSize: 200, ...(pageToken !== undefined && { pageToken }) },
    );
    rows.push(...page.orders);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return rows;
}
