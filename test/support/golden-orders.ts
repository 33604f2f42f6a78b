import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../integrations/commerce/golden');

/** An order as Amazon answers it, what a shop makes of it, and how both are set up. */
export interface GoldenOrder {
  readonly settings: {
    /** Of the website that gets the order; `rates` by currency, for one unit of `base`. */
    readonly website: { readonly base: string; readonly rates?: Readonly<Record<string, number>> };
    /** As in `channel.yaml`. */
    readonly orderNumber?: { readonly source: 'amazon' | 'commerce'; readonly prefix?: string };
    readonly customer?: 'guest' | 'newAccount';
    readonly orderStatus?: string;
    /** Products beside those of the demo catalogue. */
    readonly products?: Readonly<Record<string, object>>;
  };
  /** `order` of `getOrder`, Orders API 2026-01-01. */
  readonly order: WireOrder;
  /** Body of `POST /V1/orders`. */
  readonly payload?: GoldenPayload;
}

interface WireOrder {
  readonly orderId: string;
  readonly orderItems: readonly {
    readonly fulfillment?: { readonly packing?: { readonly giftOption?: { readonly giftMessage?: string } } };
  }[];
  readonly proceeds?: { readonly grandTotal: { readonly amount: string; readonly currencyCode: string } };
}

type Columns = Readonly<Record<string, unknown>>;

export interface GoldenPayload {
  readonly entity: Columns & { readonly items: readonly Columns[]; readonly payment: Columns };
}

/** Names without `.json`, e.g. `01-us-one-line`. */
export const goldenNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5))
  .sort();

const pathOf = (name: string) => join(folder, `${name}.json`);

export function readGolden(name: string): GoldenOrder {
  return JSON.parse(readFileSync(pathOf(name), 'utf8')) as GoldenOrder;
}

/** `GOLDEN=write npm test -- golden` takes over what is sent now; the test fails all the same: review the change. */
export const rewritesGolden = process.env.GOLDEN === 'write';

export function writePayload(name: string, payload: GoldenPayload): void {
  writeFileSync(pathOf(name), `${JSON.stringify({ ...readGolden(name), payload }, null, 2)}\n`);
}
