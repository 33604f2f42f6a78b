import type { Client } from '@temporalio/client';
import { assertNever } from '../../domain/assert-never';
import type { ErpEvent, ErpShipment } from '../../integrations/erp/port';
import {
  type ErpOrderChange,
  erpOrderChangedSignal,
  type ParcelReport,
  parcelShippedSignal,
} from '../../workflows/order/contract';

/**
 * Signals what the ERP told to the order's workflow; says what became of it.
 *
 * @throws WorkflowNotFoundError where no such workflow runs, ServiceError where Temporal does not answer.
 */
export async function signalErpEvent(client: Client, workflowId: string, event: ErpEvent): Promise<string> {
  const order = client.workflow.getHandle(workflowId);
  if (event.kind !== 'shipment') {
    await order.signal(erpOrderChangedSignal, changeOf(event));
    return 'Taken.';
  }
  for (const report of parcelReports(event.shipment)) await order.signal(parcelShippedSignal, report);
  return 'Taken.';
}

function changeOf(event: Exclude<ErpEvent, { kind: 'shipment' }>): ErpOrderChange {
  const { eventId } = event;
  switch (event.kind) {
    case 'accepted':
      return { eventId, kind: 'accepted', erpOrderNumber: event.erpOrderNumber };
    case 'rejected':
      return { eventId, kind: 'rejected', code: event.code, message: event.message };
    case 'cancelled':
      return { eventId, kind: 'cancelled' };
    case 'cancelRefused':
      return { eventId, kind: 'cancelRefused', message: event.message };
    default:
      return assertNever(event);
  }
}

/** Nothing is in the packages of a shipment that was taken back. */
const parcelReports = ({ shipmentId, revision, shippedAt, packages, voided }: ErpShipment): ParcelReport[] =>
  packages.map(({ packageId, carrierCode, carrierName, service, tracking, items }) => ({
    source: { system: 'erp', shipmentId: `${shipmentId}/${packageId}` },
    carrierCode,
    ...(carrierName !== undefined && { carrierName }),
    ...(service !== undefined && { service }),
    trackingNumber: tracking,
    shippedAt,
    lines: voided ? [] : items.map(({ lineKey, quantity }) => ({ orderItemId: lineKey, quantity })),
    // Other words than numbers do not tell which one is newer.
    ...(/^\d+$/.test(revision) && { revision: Number(revision) }),
  }));
