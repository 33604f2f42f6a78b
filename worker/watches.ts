import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { AccountConfig, CommerceConfig, Config } from '../config/config';
import { surroundingsOf } from '../config/surroundings';
import type { Surroundings } from '../domain/surroundings';
import { readMemo } from '../integrations/temporal/memo';
import {
  confirmedSurroundingsKey,
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
  const surroundings = surroundingsOf(config, client);
  for (const account of config.accounts) {
    await startIntake(client, taskQueue, account, surroundings(account.name));
  }
  for (const commerce of config.commerce) await startShipmentWatch(client, taskQueue, commerce);
}

async function startIntake(
  client: Client,
  taskQueue: string,
  { name, importSince, intake }: AccountConfig,
  present: Surroundings,
): Promise<void> {
  const surroundings = (await confirmedBefore(client, name)) ?? present;
  const input: OrderIntakeInput = { account: name, since: importSince, timings: intake, surroundings };
  await client.workflow.signalWithStart(orderIntakeWorkflowType, {
    workflowId: orderIntakeWorkflowId(name),
    taskQueue,
    args: [input],
    signal: intakeTimingsSignal,
    signalArgs: [intake],
    memo: { [confirmedSurroundingsKey]: surroundings },
    staticSummary: `Order intake of account ${name}`,
  });
}

/** An intake that somebody terminated, in a copy for example, is followed by one that may do no more than it did. */
async function confirmedBefore(client: Client, account: string): Promise<Surroundings | undefined> {
  try {
    return await readMemo<Surroundings>(client, orderIntakeWorkflowId(account), confirmedSurroundingsKey);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
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
