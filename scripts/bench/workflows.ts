import type { SearchAttributePair, SignalDefinition } from '@temporalio/common';
import {
  condition,
  proxyActivities,
  setHandler,
  sleep,
  upsertMemo,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { AmazonActivities } from '../../activities/contracts/amazon';
import type {
  CommerceActivities,
  PlacementResult,
  PlaceOrderInput,
} from '../../activities/contracts/commerce';
import type { PlacedOrder } from '../../domain/commerce-order';
import type { Parcel } from '../../domain/parcel';
import {
  type AmazonOrderInput,
  type OrderDelivery,
  type OrderMemo,
  orderMemoKey,
  orderPendingSignal,
  orderShippedSignal,
  orderVerifiedSignal,
  type ParcelReport,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { commerceActivities, confirmShipmentActivities } from '../../workflows/proxies';
import { attributes } from '../../workflows/search-attributes';

// What the order workflow is measured against: the life of one FBM order without ERP, and no thought about it.

/** The same signals, activities, timers, attribute and memo writes as the order workflow issues. */
export async function sameCommandsWorkflow({ account, amazonOrderId }: AmazonOrderInput): Promise<void> {
  const { pending, verified, parcelShipped, shipped } = arrivals();
  const { version, policy } = await pending;
  upsertSearchAttributes([
    { key: attributes.channelStatus, value: 'Pending' },
    { key: attributes.amazonVersion, value: version },
    { key: attributes.commerceInstance, value: policy.commerce },
    { key: attributes.attention, value: [] },
  ]);

  const delivery = await verified;
  const { placeOrder, invoiceOrder } = commerceActivities(policy.commerce);
  const placing = placeOrder.executeWithOptions({ summary: 'Create the Commerce order' }, [
    placement(account, delivery),
  ]);
  upsertSearchAttributes(verifiedAttributes(delivery));
  remember();
  const commerce = placedOf(await placing);

  let isShipped = false;
  const deadline = condition(() => isShipped, msUntil(delivery.order.shipBy), { summary: 'Ship-by warning' });
  upsertSearchAttributes([
    { key: attributes.commerceOrderNumber, value: commerce.number },
    { key: attributes.commerceOrderId, value: commerce.entityId },
  ]);
  remember(`Commerce order ${commerce.number} created.`);

  const report = await parcelShipped;
  const confirming = confirmShipmentActivities(account).confirmShipment.executeWithOptions(
    { summary: 'Tell Amazon of parcel 1' },
    [{ account, amazonOrderId, marketplaceId: delivery.order.marketplaceId, parcel: parcelOf(report) }],
  );
  upsertSearchAttributes([{ key: attributes.shipmentsSeen, value: report.shipmentsSeen ?? '' }]);
  await confirming;

  const shownWithin = { summary: 'Waits for Amazon to show the parcel' };
  const shown = condition(() => isShipped, policy.confirmWithinMs, shownWithin);
  const last = await shipped;
  isShipped = true;
  await Promise.all([deadline, shown]);
  const invoicing = invoiceOrder.executeWithOptions({ summary: 'Invoice the order' }, [
    { account, commerce: policy.commerce, entityId: commerce.entityId },
  ]);
  upsertSearchAttributes([{ key: attributes.amazonVersion, value: last.version }]);
  await invoicing;

  upsertSearchAttributes([{ key: attributes.channelStatus, value: 'Shipped' }]);
  remember('Shipped completely.');
  await sleep(policy.settleForMs, { summary: 'Open for corrections' });
}

const { placeOrder, confirmShipment, invoiceOrder } = proxyActivities<
  Pick<CommerceActivities, 'placeOrder' | 'invoiceOrder'> & Pick<AmazonActivities, 'confirmShipment'>
>({ startToCloseTimeout: '1 minute' });

/** The same signals and activities alone. */
export async function sameActivitiesWorkflow({ account, amazonOrderId }: AmazonOrderInput): Promise<void> {
  const { pending, verified, parcelShipped, shipped } = arrivals();
  await pending;
  const delivery = await verified;
  const { commerce } = delivery.policy;
  const { entityId } = placedOf(await placeOrder(placement(account, delivery)));
  const parcel = parcelOf(await parcelShipped);
  const { marketplaceId } = delivery.order;
  await confirmShipment({ account, amazonOrderId, marketplaceId, parcel });
  await shipped;
  await invoiceOrder({ account, commerce, entityId });
}

function arrivals() {
  return {
    pending: arrival(orderPendingSignal),
    verified: arrival(orderVerifiedSignal),
    parcelShipped: arrival(parcelShippedSignal),
    shipped: arrival(orderShippedSignal),
  };
}

const arrival = <T>(signal: SignalDefinition<[T]>): Promise<T> =>
  new Promise((done) => setHandler(signal, done));

function placement(account: string, { order, policy }: OrderDelivery): PlaceOrderInput {
  const { commerce, store, orderStatus } = policy;
  const pinned = { commerce, store, incrementId: order.amazonOrderId, customer: 'guest' } as const;
  return { account, order, pinned, orderStatus };
}

function placedOf(result: PlacementResult): PlacedOrder {
  if (result.kind !== 'placed') throw new TypeError('A benchmark’s order cannot be blocked');
  return result.commerce;
}

function parcelOf({ shipmentsSeen: _, ...report }: ParcelReport): Parcel {
  return { ...report, parcelId: '1', packageReferenceId: '1', amazon: 'waiting' };
}

function verifiedAttributes({ order, version, buyerTokens }: OrderDelivery): SearchAttributePair[] {
  return [
    { key: attributes.channelStatus, value: 'Unshipped' },
    { key: attributes.amazonVersion, value: version },
    { key: attributes.currency, value: order.currency ?? '' },
    { key: attributes.orderTotalMinor, value: order.totalMinor ?? 0 },
    { key: attributes.shipBy, value: new Date(order.shipBy ?? 0) },
    { key: attributes.buyerTokens, value: [...buyerTokens] },
  ];
}

function remember(note?: string): void {
  const memo: OrderMemo = {
    buyer: 'Ada Sample',
    ...(note !== undefined && { note, noteAt: new Date().toISOString() }),
    held: false,
    attention: [],
  };
  upsertMemo({ [orderMemoKey]: memo });
}

const msUntil = (time = ''): number => Date.parse(time) - Date.now();
