import { createSecretKey, randomUUID } from 'node:crypto';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { LookForShipmentsInput, LookForShipmentsResult } from '../../activities/contracts/commerce';
import { createShipmentActivities } from '../../activities/shipments';
import type { FindWaitingOrders } from '../../activities/waiting-orders';
import type { ChannelStatus } from '../../domain/channel-status';
import type { PlacedOrder } from '../../domain/commerce-order';
import type { CommercePort } from '../../integrations/commerce/port';
import { createKeyedHash } from '../../integrations/temporal/keyed-hash';
import { addTrack } from '../../sandbox/commerce/track';
import { amazonOrderWorkflowType } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import { eventually, patiently } from '../support/eventually';
import { connectToTestServer } from '../support/temporal';
import { commerceShop } from './commerce-shop';
import {
  changesQuery,
  reportsQuery,
  seenQuery,
  statusSignal,
  type WaitingOrderInput,
} from './waiting-order-probe';

const hash = createKeyedHash(createSecretKey(Buffer.alloc(32, 7)));

export interface LookOptions extends Partial<Omit<LookForShipmentsInput, 'commerce'>> {
  port?: CommercePort;
  withoutNumber?: boolean;
  findOrders?: FindWaitingOrders;
  environment?: MockActivityEnvironment;
}

/** A shop for each test, and orders whose workflows wait for its shipments; call it at the top of a file. */
export function shopWithWaitingOrders() {
  const shop = commerceShop();
  const taskQueue = `shipments-${randomUUID()}`;
  let env: TestWorkflowEnvironment;
  let worker: Worker;
  let running: Promise<void>;
  /** Its own for each test, so that the others' orders are not seen. */
  let commerce: string;

  beforeAll(async () => {
    env = await connectToTestServer();
    worker = await Worker.create({
      connection: env.nativeConnection,
      namespace: env.client.options.namespace,
      taskQueue,
      workflowsPath: require.resolve('./waiting-order-probe'),
    });
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await env.teardown();
  });
  beforeEach(() => {
    commerce = `shop-${randomUUID().slice(0, 8)}`;
  });

  /** Until visibility shows what an order has accepted. */
  async function seenAs(workflowId: string, shipmentsSeen: string): Promise<void> {
    const list = async () => {
      const query = `WorkflowId = '${workflowId}' AND ExecutionStatus = 'Running'`;
      for await (const run of env.client.workflow.list({ query })) {
        return run.typedSearchAttributes.get(attributes.shipmentsSeen) ?? '';
      }
      return undefined;
    };
    await eventually(list, (seen) => seen === shipmentsSeen);
  }

  return {
    shop,
    /** An order whose workflow waits, once visibility shows it. */
    waitingOrder: async (
      { entityId, itemIds }: PlacedOrder,
      status: ChannelStatus = 'Unshipped',
      more: Pick<WaitingOrderInput, 'isShy'> = {},
    ) => {
      const handle = await env.client.workflow.start(amazonOrderWorkflowType, {
        workflowId: `amazon-order/${commerce}/${randomUUID()}`,
        taskQueue,
        args: [{ itemIds, ...more } satisfies WaitingOrderInput],
        typedSearchAttributes: [
          { key: attributes.commerceInstance, value: commerce },
          { key: attributes.commerceOrderId, value: entityId },
          { key: attributes.channelStatus, value: status },
        ],
      });
      await seenAs(handle.workflowId, '');
      return {
        workflowId: handle.workflowId,
        reports: () => patiently(() => handle.query(reportsQuery)),
        changes: () => patiently(() => handle.query(changesQuery)),
        /** Done when its workflow has taken it. */
        become: async (changed: ChannelStatus) => {
          await handle.signal(statusSignal, changed);
          await patiently(() => handle.query(seenQuery));
        },
        /** Until visibility shows what the order has accepted. */
        accepted: async () => seenAs(handle.workflowId, await patiently(() => handle.query(seenQuery))),
        end: () => handle.terminate(),
      };
    },
    look: async ({
      port = shop.commerce,
      withoutNumber = false,
      findOrders,
      environment = new MockActivityEnvironment(),
      ...input
    }: LookOptions = {}): Promise<LookForShipmentsResult> => {
      const { lookForShipments } = createShipmentActivities({
        commerce: () => port,
        client: env.client,
        hash,
        sendsWithoutNumber: () => withoutNumber,
        ...(findOrders && { findOrders }),
      });
      return environment.run(() =>
        lookForShipments({ commerce, scope: 'all', includeSettling: false, ...input }),
      );
    },
    /** As the warehouse does, with or without a tracking number. */
    ship: (entityId: number, itemId: number, quantity: number, number?: string) =>
      shop.commerce.ship(entityId, {
        source: 'default',
        lines: [{ itemId, quantity }],
        comment: 'from the back room',
        ...(number !== undefined && { track: { number, carrierCode: 'ups', title: 'UPS' } }),
      }),
    /** As the admin adds a tracking number to a shipment later. */
    addTrackLater: (shipmentId: string, number: string): void => {
      const books = shop.service.sandbox.shop;
      const track = {
        parent_id: Number(shipmentId),
        track_number: number,
        title: 'UPS',
        carrier_code: 'ups',
      };
      books.transaction(() => addTrack(books, track));
    },
    /** As another tool has made it, without Amazon's ids of its lines. */
    adopt: (entityId: number): void => {
      const { orders } = shop.service.sandbox.shop;
      const record = orders.get(entityId);
      if (!record) throw new Error('no such order');
      const items = record.items.map((item) => ({ ...item, ext_order_item_id: null }));
      orders.put({ ...record, items });
    },
    /** How often Commerce was asked for this. */
    asked: (path: RegExp): number =>
      shop.service.exchanges.filter((exchange) => path.test(exchange.path)).length,
  };
}

export const itemIdOf = ({ itemIds }: PlacedOrder): number => Object.values(itemIds)[0] ?? 0;
