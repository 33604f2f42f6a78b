import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { AlertActivities } from '../activities/contracts/alerts';
import type { AmazonActivities } from '../activities/contracts/amazon';
import type { CommerceActivities } from '../activities/contracts/commerce';
import type { ErpActivities } from '../activities/contracts/erp';
import {
  cancellationTaskQueue,
  commerceTaskQueue,
  confirmShipmentTaskQueue,
  erpTaskQueue,
  getOrderTaskQueue,
} from './task-queues';

/** The whole resilience policy. Activities give up after a while; the workflow raises attention and goes on later. */
const retry = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' } as const;

/** Every worker says that it lives (activities/heartbeats.ts): the work of a killed one is taken over after this. */
const heartbeatTimeout = '15s';

/** Shipping and cancelling reindex the shop's stock before they answer, hence the minute and a half. */
const commercePolicy: ActivityOptions = {
  startToCloseTimeout: '90s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '10 minutes',
  retry,
};

const erpPolicy: ActivityOptions = {
  startToCloseTimeout: '45s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '10 minutes',
  retry,
};

/** One attempt: a transfer of stock is relative, a second one would move the units twice. The order tries again. */
const transferPolicy: ActivityOptions = {
  startToCloseTimeout: '4 minutes',
  heartbeatTimeout,
  retry: { maximumAttempts: 1 },
};

/** Bounded attempts instead of a deadline: waiting in a rate-limited queue counts as time. */
const amazonPolicy: ActivityOptions = {
  startToCloseTimeout: '60s',
  heartbeatTimeout,
  retry: { ...retry, maximumAttempts: 8 },
};

/** Each makes up to three calls to Amazon, one after the other. */
const cancellationPolicy: ActivityOptions = { ...amazonPolicy, startToCloseTimeout: '2 minutes' };

/** One attempt: the intake plans the next call itself, within the quota. A page delivers up to 100 orders. */
const sweepPolicy: ActivityOptions = {
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout,
  retry: { maximumAttempts: 1 },
};

/** One look at many orders; whoever looks does so again by itself. */
const lookPolicy: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout,
  retry: { maximumAttempts: 1 },
};

/** Gives up soon, so that its workflow can show why; that tries again for as long as it takes. */
const alertPolicy: ActivityOptions = {
  startToCloseTimeout: '60s',
  heartbeatTimeout,
  scheduleToCloseTimeout: '2 minutes',
  retry,
};

export const commerceActivities = (commerce: string) =>
  proxyActivities<Omit<CommerceActivities, 'lookForShipments' | 'transferStock'>>({
    ...commercePolicy,
    taskQueue: commerceTaskQueue(commerce),
  });

export const stockActivities = (commerce: string) =>
  proxyActivities<Pick<CommerceActivities, 'transferStock'>>({
    ...transferPolicy,
    taskQueue: commerceTaskQueue(commerce),
  });

export const shipmentActivities = (commerce: string) =>
  proxyActivities<Pick<CommerceActivities, 'lookForShipments'>>({
    ...lookPolicy,
    taskQueue: commerceTaskQueue(commerce),
  });

export const erpActivities = (erp: string) =>
  proxyActivities<ErpActivities>({ ...erpPolicy, taskQueue: erpTaskQueue(erp) });

export const getOrderActivities = (account: string) =>
  proxyActivities<Pick<AmazonActivities, 'readOrder'>>({
    ...amazonPolicy,
    taskQueue: getOrderTaskQueue(account),
  });

/** Nobody waits for ever behind other reads: the intake could not begin a new run, and a sweep brings the order. */
export const pullOrderActivities = (account: string) =>
  proxyActivities<Pick<AmazonActivities, 'pullOrder'>>({
    ...amazonPolicy,
    scheduleToStartTimeout: '10 minutes',
    taskQueue: getOrderTaskQueue(account),
  });

export const confirmShipmentActivities = (account: string) =>
  proxyActivities<Pick<AmazonActivities, 'confirmShipment'>>({
    ...amazonPolicy,
    taskQueue: confirmShipmentTaskQueue(account),
  });

export const cancellationActivities = (account: string) =>
  proxyActivities<
    Pick<AmazonActivities, 'prepareCancellation' | 'submitCancellation' | 'followCancellation'>
  >({ ...cancellationPolicy, taskQueue: cancellationTaskQueue(account) });

export const { sweepPage } = proxyActivities<Pick<AmazonActivities, 'sweepPage'>>(sweepPolicy);

export const { findAlerts } = proxyActivities<Pick<AlertActivities, 'findAlerts'>>(lookPolicy);
export const { sendAlert } = proxyActivities<Pick<AlertActivities, 'sendAlert'>>(alertPolicy);
