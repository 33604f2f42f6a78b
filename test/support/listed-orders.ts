import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import type { ChannelStatus } from '../../domain/channel-status';
import type { HandOff } from '../../domain/hand-off';
import { createDataConverter } from '../../integrations/temporal/data-converter';
import { createKeyRing, type KeyRing } from '../../integrations/temporal/key-ring';
import { buyerTokens, channelHash } from '../../integrations/temporal/keyed-hash';
import {
  type IntakeState,
  orderIntakeWorkflowId,
  orderIntakeWorkflowType,
} from '../../workflows/intake/contract';
import {
  amazonOrderWorkflowType,
  type OrderMemo,
  orderMemoKey,
  orderWorkflowId,
} from '../../workflows/order/contract';
import { newOrderState } from '../../workflows/order/state';
import { attributes } from '../../workflows/search-attributes';
import {
  type ShipmentWatchState,
  shipmentWatchWorkflowId,
  shipmentWatchWorkflowType,
} from '../../workflows/shipments/contract';
import { intakeState } from './intake-state';
import { newOrderId } from './orders';
import { connectToTestServer } from './temporal';

export interface Listed {
  account?: string;
  amazonOrderId?: string;
  status?: ChannelStatus;
  memo?: Partial<OrderMemo>;
  commerceOrderNumber?: string;
  purchasedAt?: string;
  fulfilledBy?: 'MERCHANT' | 'AMAZON';
  totalMinor?: number;
  currency?: string;
  shipBy?: string;
  /** Of the run before, with which the stand-in begins. */
  handOff?: HandOff;
}

/** Orders of an account that no other test has, as the list knows them: nothing works on them. */
export async function openList() {
  const environment = await connectToTestServer();
  const account = `t${randomUUID().slice(0, 8)}`;
  const keyRing = createKeyRing();
  const { connection, options } = environment.client;
  const client = new Client({
    connection,
    namespace: options.namespace,
    dataConverter: createDataConverter(keyRing),
  });
  return {
    account,
    client,
    keyRing,
    environment,
    start: (listed: Listed = {}) => start(client, { keyRing, taskQueue: account }, { account, ...listed }),
    /** The intake of the account; it answers while a stand-in runs. */
    startIntake: (changes: Partial<IntakeState> = {}) =>
      client.workflow.start(orderIntakeWorkflowType, {
        workflowId: orderIntakeWorkflowId(account),
        taskQueue: account,
        args: [{ state: intakeState(changes) }],
      }),
    /** The shipment watch of a Commerce instance of the account's name; it answers while a stand-in runs. */
    startShipmentWatch: (changes: Partial<ShipmentWatchState> = {}) => {
      const pace = { pauseMs: 60_000, roundMs: 60_000 };
      const state: ShipmentWatchState = { looks: 1, rounds: 1, waiting: 0, signalled: 0, pace, ...changes };
      return client.workflow.start(shipmentWatchWorkflowType, {
        workflowId: shipmentWatchWorkflowId(account),
        taskQueue: account,
        args: [{ state }],
      });
    },
    /** Ends the workflow of an order by hand. */
    end: async (amazonOrderId: string) => {
      const workflowId = orderWorkflowId(account, amazonOrderId);
      await client.workflow.getHandle(workflowId).terminate('The test ends it');
      await untilListed(client, `WorkflowId = '${workflowId}' AND ExecutionStatus = 'Terminated'`);
    },
    close: async () => {
      for await (const { workflowId } of client.workflow.list({
        query: `TaskQueue = '${account}' AND ExecutionStatus = 'Running'`,
      })) {
        // Visibility may be late: it is over already.
        await client.workflow
          .getHandle(workflowId)
          .terminate('The test is over')
          .catch(() => {});
      }
      await environment.teardown();
    },
  };
}

export type List = Awaited<ReturnType<typeof openList>>;

async function start(
  client: Client,
  { keyRing, taskQueue }: { keyRing: KeyRing; taskQueue: string },
  listed: Listed & { account: string },
): Promise<string> {
  const { account, amazonOrderId = newOrderId(), status = 'Unshipped', memo = {} } = listed;
  const content: OrderMemo = { held: false, attention: [], ...memo };
  const workflowId = orderWorkflowId(account, amazonOrderId);
  const fresh = newOrderState({ account, amazonOrderId });
  await client.workflow.start(amazonOrderWorkflowType, {
    workflowId,
    taskQueue,
    args: [
      { account, amazonOrderId, ...(listed.handOff && { state: { ...fresh, handOff: listed.handOff } }) },
    ],
    memo: { [orderMemoKey]: content },
    typedSearchAttributes: [
      { key: attributes.amazonOrderId, value: amazonOrderId },
      { key: attributes.sellerAccount, value: account },
      { key: attributes.channelStatus, value: status },
      { key: attributes.marketplace, value: 'ATVPDKIKX0DER' },
      { key: attributes.fulfilledBy, value: listed.fulfilledBy ?? 'MERCHANT' },
      { key: attributes.currency, value: listed.currency ?? 'USD' },
      { key: attributes.orderTotalMinor, value: listed.totalMinor ?? 1623 },
      { key: attributes.purchasedAt, value: new Date(listed.purchasedAt ?? '2026-10-01T12:00:00Z') },
      { key: attributes.buyerTokens, value: buyerTokens(channelHash(keyRing), { name: content.buyer }) },
      { key: attributes.attention, value: content.attention.map(({ reason }) => reason) },
      ...(listed.commerceOrderNumber
        ? [{ key: attributes.commerceOrderNumber, value: listed.commerceOrderNumber }]
        : []),
      ...(listed.shipBy ? [{ key: attributes.shipBy, value: new Date(listed.shipBy) }] : []),
    ],
  });
  await untilListed(client, `WorkflowId = '${workflowId}' AND ExecutionStatus = 'Running'`);
  return amazonOrderId;
}

/** Visibility follows a moment later. */
async function untilListed(client: Client, query: string): Promise<void> {
  while ((await client.workflow.count(query)).count === 0) await setTimeout(20);
}

/** A worker that speaks the messages of orders and intakes, for as long as `during` takes. */
export async function withStandIn<Result>(list: List, during: () => Promise<Result>): Promise<Result> {
  const worker = await Worker.create({
    connection: list.environment.nativeConnection,
    namespace: list.client.options.namespace,
    taskQueue: list.account,
    dataConverter: createDataConverter(list.keyRing),
    workflowBundle: await bundle(),
  });
  return worker.runUntil(during);
}

let made: Promise<{ code: string }> | undefined;

function bundle(): Promise<{ code: string }> {
  made ??= bundleWorkflowCode({
    workflowsPath: require.resolve('./stand-in-workflows'),
    failureConverterPath: require.resolve('../../integrations/temporal/failure-converter'),
    logger: new DefaultLogger('ERROR'),
  });
  return made;
}
