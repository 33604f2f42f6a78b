import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { ChannelStatus } from '../domain/channel-status';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import {
  type AcknowledgeRequest,
  acknowledgeUpdate,
  type CancelOrderRequest,
  cancelOrderUpdate,
  holdOrderUpdate,
  type MapSkuRequest,
  mapSkuUpdate,
  type OperatorAction,
  type OrderDelivery,
  type OrderState,
  type ParcelReport,
  type RecordParcelRequest,
  recordParcelUpdate,
  releaseOrderUpdate,
  resendToErpUpdate,
  retryOrderUpdate,
} from '../workflows/order/contract';
import { channelTaskQueue } from '../workflows/task-queues';
import { countOrders, findOrder, findOrderOf, listOrders, type OrderPage, type Paging } from './order-list';
import { act, deliver, type OrderRef, type OrderSignalName, reportParcel, snapshot } from './order-messages';
import { type OrderFilter, orderQuery } from './order-query';
import type { OrderRow } from './order-row';

export interface OrderDetails {
  readonly row: OrderRow;
  readonly snapshot?: OrderState;
  /** A sentence, when there is no snapshot. */
  readonly problem?: string;
}

/** `updateId` is the idempotency key: a repetition acts once and has the same answer. */
export type Act<Action extends OperatorAction = OperatorAction> = (
  ref: OrderRef,
  action: Action,
  updateId?: string,
) => Promise<string>;

/** What people do with orders; everything that they are to be told is thrown as an `OrderError`. */
export interface Orders {
  /** One row per order, by date of purchase within a page; open orders come on earlier pages. */
  list(filter?: OrderFilter, paging?: Paging): Promise<OrderPage>;
  /** How many orders of each status fit the filter, whatever statuses that names. */
  count(filter?: OrderFilter): Promise<Record<ChannelStatus, number>>;
  /** Without `account`, the order is looked for in all of them, where a new one may be missing for a moment. */
  find(amazonOrderId: string, account?: string): Promise<OrderRow>;
  show(amazonOrderId: string, account?: string): Promise<OrderDetails>;
  /** These answer with the note that they leave on the order. */
  readonly retry: Act;
  readonly hold: Act;
  readonly release: Act;
  /** The whole order, at Amazon. */
  readonly cancel: Act<CancelOrderRequest>;
  readonly acknowledge: Act<AcknowledgeRequest>;
  readonly resendToErp: Act;
  /** For this order alone; see `mapSku` in `sku-mapping.ts`. */
  readonly mapSku: Act<MapSkuRequest>;
  readonly recordParcel: Act<RecordParcelRequest>;
  deliver(account: string, delivery: OrderDelivery, signal: OrderSignalName): Promise<void>;
  parcel(ref: OrderRef, report: ParcelReport): Promise<void>;
}

export interface OrdersOptions {
  /** Of the channel (`Config.taskQueue`), where orders are begun and which orders are its own. */
  readonly taskQueue?: string;
  /** How long to wait for Temporal, and for a worker where one has to answer. */
  readonly answerWithinMs?: number;
}

/** The façade over Temporal, its only store. Without `hash`, orders are not found by their buyer. */
export function createOrders(
  client: Client,
  hash?: KeyedHash,
  { taskQueue = channelTaskQueue, answerWithinMs = 5_000 }: OrdersOptions = {},
): Orders {
  const scope = { taskQueue, hash };
  const acting =
    <Action extends OperatorAction>(update: UpdateDefinition<string, [Action]>): Act<Action> =>
    (ref, action, updateId = randomUUID()) =>
      act(client, ref, update, { action, updateId, withinMs: answerWithinMs });
  const reading = <Result>(read: () => Promise<Result>) =>
    client.withDeadline(Date.now() + answerWithinMs, read);
  const find: Orders['find'] = (amazonOrderId, account) =>
    reading(() =>
      account === undefined
        ? findOrder(client, scope, amazonOrderId)
        : findOrderOf(client, { account, amazonOrderId }),
    );
  return {
    list: (filter = {}, paging = {}) => reading(() => listOrders(client, orderQuery(filter, scope), paging)),
    count: (filter = {}) => reading(() => countOrders(client, filter, scope)),
    find,
    show: async (amazonOrderId, account) => {
      const row = await find(amazonOrderId, account);
      return { row, ...(await snapshot(client, row, answerWithinMs)) };
    },
    retry: acting(retryOrderUpdate),
    hold: acting(holdOrderUpdate),
    release: acting(releaseOrderUpdate),
    cancel: acting(cancelOrderUpdate),
    acknowledge: acting(acknowledgeUpdate),
    resendToErp: acting(resendToErpUpdate),
    mapSku: acting(mapSkuUpdate),
    recordParcel: acting(recordParcelUpdate),
    deliver: (account, delivery, signal) => deliver(client, { account, taskQueue }, delivery, signal),
    parcel: (ref, report) => reportParcel(client, ref, report),
  };
}
