import {
  type AmazonSandbox,
  type BookedOrder,
  createAmazonSandbox,
  type OrderSpec,
} from '../../sandbox/amazon';
import { type Clock, createClock } from '../../sandbox/clock';
import type { Exchange } from '../../sandbox/server';
import { openStore } from '../../sandbox/store';
import { createWireContracts } from '../support/wire-contracts';

export const minutes = (count: number) => count * 60_000;
export const opening = new Date('2026-10-01T08:00:00.000Z');
export const everything =
  'BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS';

const credentials = {
  client_id: 'amzn1.application-oa2-client.sandbox',
  client_secret: 'amzn1.oa2-cs.v1.sandbox',
  refresh_token: 'Atzr|sandbox',
};

interface Money {
  amount: string;
  currencyCode: string;
}
interface Breakdown {
  type: string;
  subtotal: Money;
  detailedBreakdowns?: { subtype: string; value: Money }[];
}

/** What the tests read of Amazon's `Order`. */
export interface WireOrder {
  orderId: string;
  createdTime: string;
  lastUpdatedTime: string;
  buyer?: object;
  recipient?: { deliveryAddress: { phone?: string; name?: string } };
  proceeds?: { grandTotal: Money; breakdowns: Breakdown[] };
  fulfillment?: { fulfillmentStatus: string; shipByWindow?: object };
  packages?: {
    packageReferenceId: string;
    trackingNumber: string;
    carrier: string;
    packageItems: object[];
  }[];
  orderItems: {
    orderItemId: string;
    proceeds?: { proceedsTotal: Money; breakdowns: Breakdown[] };
    cancellation?: { cancellationRequest?: object; cancellationExecution: { cancelledBy: string } };
    fulfillment?: { quantityFulfilled: number; quantityUnfulfilled: number; packing?: object };
  }[];
}

export interface SearchAnswer {
  orders: WireOrder[];
  pagination?: { nextToken?: string };
  lastUpdatedBefore?: string;
  createdBefore?: string;
}

export interface Books {
  orders: BookedOrder[];
  operations: Record<string, { calls: number; violations: number }>;
  quotaViolations: number;
}

const contracts = createWireContracts();

/** A shop on the sandbox Amazon, at eight in the morning, with the calls that the tests make. */
export async function openShop(folder?: string) {
  const store = openStore(folder);
  const clock: Clock = createClock(store, 1, opening.getTime());
  const exchanges: Exchange[] = [];
  const sandbox: AmazonSandbox = createAmazonSandbox({
    store,
    clock,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const request = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    sandbox.app.request(`http://amazon.test${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const authorize = async (changes: Record<string, string> = {}) => {
    const form = { grant_type: 'refresh_token', ...credentials, ...changes };
    const answer = await request('POST', '/auth/o2/token', new URLSearchParams(form).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const token = { text: '', until: 0 };
  const currentToken = async () => {
    if (token.until <= clock.now().getTime()) {
      token.text = (await authorize()).body.access_token ?? '';
      token.until = clock.now().getTime() + minutes(59);
    }
    return token.text;
  };
  const call = async (method: string, path: string, body?: unknown) =>
    request(method, path, body, { 'x-amz-access-token': await currentToken() });
  /** With the token of the application itself, which acts for no seller. */
  const callGrantless = async (method: string, path: string, body?: unknown) => {
    const scope = 'sellingpartnerapi::notifications';
    const granted = await authorize({ grant_type: 'client_credentials', scope });
    return request(method, path, body, { 'x-amz-access-token': granted.body.access_token ?? '' });
  };
  const command = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (await (await request(method, `/_sandbox${path}`, body)).json()) as T;
  const search = (parameters: Record<string, string>) =>
    call('GET', `/orders/2026-01-01/orders?${new URLSearchParams(parameters)}`);

  return {
    clock,
    exchanges,
    request,
    authorize,
    call,
    callGrantless,
    work: () => sandbox.work(),
    command,
    search,
    useToken: (text: string) => {
      token.text = text;
      token.until = Number.POSITIVE_INFINITY;
    },
    place: (spec: OrderSpec) => sandbox.addOrder(spec),
    find: async (parameters: Record<string, string>) =>
      (await (await search({ includedData: everything, ...parameters })).json()) as SearchAnswer,
    read: async (orderId: string, includedData = everything) => {
      const query = includedData === '' ? '' : `?includedData=${includedData}`;
      const answer = await call('GET', `/orders/2026-01-01/orders/${orderId}${query}`);
      return ((await answer.json()) as { order: WireOrder }).order;
    },
    confirm: (orderId: string, packageDetail: object, marketplaceId = 'ATVPDKIKX0DER') =>
      call('POST', `/orders/v0/orders/${orderId}/shipmentConfirmation`, { marketplaceId, packageDetail }),
    books: () => command<Books>('GET', '/orders'),
    /** All that the vendor's description forbids; where requests are wrong on purpose, in the answers only. */
    violations: (part: 'exchange' | 'answer' = 'exchange') =>
      exchanges.flatMap((each) =>
        part === 'answer' ? (contracts?.answerViolations(each) ?? []) : (contracts?.violations(each) ?? []),
      ),
    close: () => {
      clock.save();
      return store.close();
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** An order of two lines, three and one pieces, verified at once. */
export const verifiedOrder = (changes: Partial<OrderSpec> = {}): OrderSpec => ({
  lines: [
    { sku: 'MUG-BLUE-350', quantity: 3, taxMinor: 371 },
    { sku: 'BOARD-OAK-M', quantity: 1, taxMinor: 320 },
  ],
  plan: { placedAt: opening.toISOString(), verifiedAt: opening.toISOString() },
  ...changes,
});
