import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { isServerTrouble } from '../activities/server-trouble';
import type { AccountConfig, AlertsConfig, CommerceConfig, Config } from '../config/config';
import { surroundingsOf } from '../config/surroundings';
import type { Surroundings } from '../domain/surroundings';
import { readMemo } from '../integrations/temporal/memo';
import {
  type AlertInput,
  type AlertTerms,
  alertTermsSignal,
  alertWorkflowId,
  alertWorkflowType,
} from '../workflows/alerts/contract';
import {
  confirmedSurroundingsKey,
  type IntakeState,
  intakeSnapshotQuery,
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

const snapshotWithinMs = 10_000;

/**
 * Sees that one intake runs per account, one shipment watch per Commerce instance and, where the settings want them,
 * the alerts, with the present timings. One that runs already goes on with its state, whoever started it.
 */
export async function startWatches(client: Client, config: Config): Promise<void> {
  const { taskQueue } = config;
  const surroundings = surroundingsOf(config, client);
  for (const account of config.accounts) {
    await startIntake(client, taskQueue, account, surroundings(account.name));
  }
  for (const commerce of config.commerce) await startShipmentWatch(client, taskQueue, commerce);
  if (config.alerts) await startAlerts(client, taskQueue, config.alerts);
  else await endAlerts(client, taskQueue);
}

async function startIntake(
  client: Client,
  taskQueue: string,
  { name, importSince, intake }: AccountConfig,
  present: Surroundings,
): Promise<void> {
  const state = await stateOfEnded(client, name);
  const surroundings = (await confirmedBefore(client, name)) ?? present;
  const input: OrderIntakeInput = {
    account: name,
    since: notInFuture(importSince),
    timings: intake,
    surroundings,
    ...(state && { state }),
  };
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

/** Amazon refuses lists from a time to come; orders of before are left out by `importSince` itself. */
function notInFuture(importSince: string): string {
  const lately = Date.now() - 3_600_000;
  return new Date(Math.min(Date.parse(importSince), lately)).toISOString();
}

/** An intake that somebody ended by hand goes on where it was: cursor, quota, parked orders, back-fills. */
async function stateOfEnded(client: Client, account: string): Promise<IntakeState | undefined> {
  const handle = client.workflow.getHandle(orderIntakeWorkflowId(account));
  try {
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') return undefined;
    return await client.withDeadline(Date.now() + snapshotWithinMs, () => handle.query(intakeSnapshotQuery));
  } catch (error) {
    // Without its state the next one begins anew, which costs list calls and loses nothing but what was parked.
    if (error instanceof WorkflowNotFoundError || !isServerTrouble(error)) return undefined;
    throw error;
  }
}

/**
 * An intake that somebody ended, in a copy for example, is followed by one that may do no more than it did.
 */
async function confirmedBefore(client: Client, account: string): Promise<Surroundings | undefined> {
  try {
    return await readMemo<Surroundings>(client, orderIntakeWorkflowId(account), confirmedSurroundingsKey);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || !isServerTrouble(error)) return undefined;
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

async function startAlerts(client: Client, taskQueue: string, alerts: AlertsConfig): Promise<void> {
  const terms: AlertTerms = {
    everyMs: alerts.everyMs,
    paceMs: alerts.paceMs,
    destinations: [
      ...(alerts.webhook ? ['webhook' as const] : []),
      ...(alerts.mail ? ['mail' as const] : []),
    ],
  };
  const input: AlertInput = { terms };
  await client.workflow.signalWithStart(alertWorkflowType, {
    workflowId: alertWorkflowId(taskQueue),
    taskQueue,
    args: [input],
    signal: alertTermsSignal,
    signalArgs: [terms],
    staticSummary: 'Alerts about what needs a person',
  });
}

async function endAlerts(client: Client, taskQueue: string): Promise<void> {
  try {
    await client.workflow.getHandle(alertWorkflowId(taskQueue)).signal(alertTermsSignal, null);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
