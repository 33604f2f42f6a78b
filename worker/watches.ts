import type { Client } from '@temporalio/client';
import type { AccountConfig, CommerceConfig, Config } from '../config/config';
import {
  intakeTimingsSignal,
  type OrderIntakeInput,
  orderIntakeWorkflowId,
  orderIntakeWorkflowType,
} from '../workflows/intake/contract';
import {
  type ShipmentWatchInput,
  shipmentWatchEverySignal,
  shipmentWatchWorkflowId,
  shipmentWatchWorkflowType,
} from '../workflows/shipments/contract';

/**
 * Sees that one intake runs per account and one shipment watch per Commerce instance, with the present timings. One
 * that runs already goes on with its state, whoever started it.
 */
export async function startWatches(client: Client, config: Config): Promise<void> {
  const { taskQueue } = config;
  for (const account of config.accounts) await startIntake(client, taskQueue, account);
  for (const commerce of config.commerce) await startShipmentWatch(client, taskQueue, commerce);
}

async function startIntake(client: Client, taskQueue: string, account: AccountConfig): Promise<void> {
  const { name, importSince, intake } = account;
  const input: OrderIntakeInput = { account: name, since: importSince, timings: intake };
  await client.workflow.signalWithStart(orderIntakeWorkflowType, {
    workflowId: orderIntakeWorkflowId(name),
    taskQueue,
    args: [input],
    signal: intakeTimingsSignal,
    signalArgs: [intake],
    staticSummary: `Order intake of account ${name}`,
  });
}

async function startShipmentWatch(
  client: Client,
  taskQueue: string,
  { name, shipmentsEveryMs }: CommerceConfig,
): Promise<void> {
  const input: ShipmentWatchInput = { commerce: name, everyMs: shipmentsEveryMs };
  await client.workflow.signalWithStart(shipmentWatchWorkflowType, {
    workflowId: shipmentWatchWorkflowId(name),
    taskQueue,
    args: [input],
    signal: shipmentWatchEverySignal,
    signalArgs: [shipmentsEveryMs],
    staticSummary: `Shipment watch of Commerce ${name}`,
  });
}
