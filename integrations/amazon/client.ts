import { OrdersApi } from '@sp-api-sdk/orders-api-2026-01-01';
import { OrdersApi as OrdersApiV0 } from '@sp-api-sdk/orders-api-v0';
import type { ConfirmationResult, ShipmentConfirmation } from '../../domain/shipment-confirmation';
import { createAccessTokens, type LoginCredentials } from './access-token';
import { parseAnswer } from './answer';
import { createFeedCancellation } from './cancellation';
import { certainRefusal, confirmationBody, refusalReason } from './confirmation';
import {
  AmazonAnswerError,
  AmazonRefusedError,
  AmazonTokenExpiredError,
  AmazonUnreadableOrderError,
} from './errors';
import { type Answer, createGateway, type Gateway, type Request } from './gateway';
import { readOrder } from './order-mapping';
import type { AmazonPort, OrderPage, OrderSearch } from './port';
import { createLiveRates, type MeteredOperation } from './rates';
import { refusesPaginationToken } from './refusal';
import { trackingWarning } from './tracking-formats';
import { present } from './unreadable';
import { orderAnswerSchema, searchAnswerSchema } from './wire';

/** One seller in one region, and where Amazon is. */
export interface AmazonAccount {
  /** Base address of the Selling Partner API. */
  readonly endpoint: string;
  /** Full address of Login with Amazon's token call. */
  readonly tokenEndpoint: string;
  readonly credentials: LoginCredentials;
}

export interface AmazonSeller extends AmazonAccount {
  readonly sellerId: string;
}

export interface AmazonPortOptions {
  /** Of each call to Amazon, that to Login with Amazon included. Default 20 s. */
  readonly timeoutMs?: number;
  /** Hears of Amazon's live quota with each answer that tells it, in calls per second. */
  readonly onRate?: (operation: MeteredOperation, perSecond: number) => void;
}

const searchPath = '/orders/2026-01-01/orders';
const orderPath = '/orders/2026-01-01/orders/{orderId}';
const confirmationPath = '/orders/v0/orders/{orderId}/shipmentConfirmation';

/** Even the status comes with FULFILLMENT only. */
const everyOrder = [
  'BUYER',
  'RECIPIENT',
  'PROCEEDS',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
  'TAX',
] as const;
const includedData = () => [...everyOrder];

/** Amazon's orders and feeds for one account. Keeps its access token and live quotas, so make it once. */
export function createAmazonPort(account: AmazonSeller, options: AmazonPortOptions = {}): AmazonPort {
  const { timeoutMs = 20_000, onRate } = options;
  const endpoint = account.endpoint.replace(/\/+$/, '');
  const orders = new OrdersApi(undefined, endpoint);
  const ordersV0 = new OrdersApiV0(undefined, endpoint);
  const tokens = createAccessTokens(account.tokenEndpoint, account.credentials, timeoutMs);
  const gateway = createGateway({ tokens, rates: createLiveRates(onRate), timeoutMs });
  return {
    searchOrders: (search, { signal } = {}) => searchOrders(gateway, orders, search, signal),
    getOrder: (amazonOrderId, { signal } = {}) => getOrder(gateway, orders, amazonOrderId, signal),
    confirmShipment: (confirmation, { signal } = {}) =>
      confirmShipment(gateway, ordersV0, confirmation, signal),
    cancellation: createFeedCancellation({ gateway, endpoint, sellerId: account.sellerId, timeoutMs }),
  };
}

async function searchOrders(
  gateway: Gateway,
  api: OrdersApi,
  { window, paginationToken }: OrderSearch,
  signal: AbortSignal | undefined,
): Promise<OrderPage> {
  // A token is taken only with the parameters that it was made for.
  const parameters = {
    ...window,
    maxResultsPerPage: 100,
    includedData: includedData(),
    ...present({ paginationToken }),
  };
  const request: Request = {
    operation: 'searchOrders',
    method: 'GET',
    path: searchPath,
    send: (transport) => api.searchOrders(parameters, transport),
  };
  const answer = await gateway.call(request, signal).catch((error: unknown) => {
    const isRefused = paginationToken !== undefined && error instanceof AmazonRefusedError;
    if (!isRefused || !refusesPaginationToken(error)) throw error;
    throw new AmazonTokenExpiredError(error.call, error.text);
  });
  const page = parseAnswer(answer, searchAnswerSchema);
  const readings = page.orders.map(readOrder);
  return {
    orders: readings.flatMap((reading) => (reading.kind === 'readable' ? [reading.order] : [])),
    unreadable: readings.flatMap((reading) => (reading.kind === 'unreadable' ? [reading.unreadable] : [])),
    ...present({
      nextToken: page.pagination?.nextToken,
      upTo: page.lastUpdatedBefore ?? page.createdBefore ?? beforeItsDate(answer),
      ratePerSecond: answer.ratePerSecond,
    }),
  };
}

/** Lists end two minutes before they are asked; half a minute more for what the answer took. */
const listsEndMs = 150_000;

/** Where Amazon does not say up to when its list goes, by the clock of its answer. */
function beforeItsDate({ date }: Answer): string | undefined {
  return date === undefined ? undefined : new Date(date - listsEndMs).toISOString();
}

async function getOrder(
  gateway: Gateway,
  api: OrdersApi,
  orderId: string,
  signal: AbortSignal | undefined,
): ReturnType<AmazonPort['getOrder']> {
  const request: Request = {
    operation: 'getOrder',
    method: 'GET',
    path: orderPath,
    send: (transport) => api.getOrder({ orderId, includedData: includedData() }, transport),
  };
  try {
    const answer = await gateway.call(request, signal);
    const { order } = parseAnswer(answer, orderAnswerSchema);
    if (order === undefined || order === null) return null;
    const reading = readOrder(order);
    if (reading.kind === 'unreadable')
      throw new AmazonUnreadableOrderError(answer.call, reading.unreadable.reason);
    if (reading.order.amazonOrderId !== orderId)
      throw new AmazonAnswerError(answer.call, 'orderId: another order than asked for');
    return reading.order;
  } catch (error) {
    if (error instanceof AmazonRefusedError && error.call.status === 404) return null;
    throw error;
  }
}

async function confirmShipment(
  gateway: Gateway,
  api: OrdersApiV0,
  confirmation: ShipmentConfirmation,
  signal: AbortSignal | undefined,
): Promise<ConfirmationResult> {
  const certain = certainRefusal(confirmation);
  if (certain) return certain;
  const payload = confirmationBody(confirmation, gateway.amazonNow());
  const parameters = { orderId: confirmation.amazonOrderId, payload };
  const request: Request = {
    operation: 'confirmShipment',
    method: 'POST',
    path: confirmationPath,
    send: (transport) => api.confirmShipment(parameters, transport),
  };
  try {
    await gateway.call(request, signal);
    return { kind: 'taken', ...present({ warning: trackingWarning(confirmation.parcel) }) };
  } catch (error) {
    if (!(error instanceof AmazonRefusedError) || error.call.status !== 400) throw error;
    return { kind: 'refused', reason: refusalReason(error.text), message: error.text };
  }
}
