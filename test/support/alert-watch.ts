import { ApplicationFailure } from '@temporalio/common';
import type {
  FindAlertsInput,
  FindAlertsResult,
  SendAlertInput,
  SendAlertResult,
} from '../../activities/contracts/alerts';
import { compare } from '../../domain/alert-memory';
import { digestOf, type Trouble } from '../../domain/alerts';
import * as alerts from '../../workflows/alerts/contract';
import { eventually } from './eventually';
import { ownName, startWatch } from './watch';

export const trouble = (amazonOrderId: string, reason = 'blocked'): Trouble => ({
  account: 'us-main',
  amazonOrderId,
  reason,
  note: 'SKU ABC-1 is not in the catalogue.',
  since: '2026-10-01T12:00:00.000Z',
});

export interface AlertWatchOptions {
  terms?: Partial<alerts.AlertTerms>;
  state?: alerts.AlertState;
  /** Default: one of its own. */
  taskQueue?: string;
}

/** The alerts of a channel whose orders and destinations are as the test says. */
export async function openAlertWatch({ terms = {}, state, taskQueue = ownName() }: AlertWatchOptions = {}) {
  const world = {
    open: [] as Trouble[],
    looks: [] as FindAlertsInput[],
    fails: undefined as string | undefined,
  };
  const post = { sent: [] as SendAlertInput[], failing: new Set<string>() };
  const all: alerts.AlertTerms = { everyMs: 50, paceMs: 50, destinations: ['webhook', 'mail'], ...terms };
  const input: alerts.AlertInput = { terms: all, ...(state && { state }) };
  const watch = await startWatch({
    type: alerts.alertWorkflowType,
    workflowId: alerts.alertWorkflowId(taskQueue),
    taskQueue,
    input,
    activities: {
      findAlerts: async (asked: FindAlertsInput): Promise<FindAlertsResult> => {
        world.looks.push(asked);
        if (world.fails !== undefined) throw ApplicationFailure.nonRetryable(world.fails);
        const { news, before, after } = compare(world.open, asked.told, Date.now());
        return {
          open: world.open.length,
          untold: asked.tell ? 0 : news.length,
          told: asked.tell ? after : before,
          silentSince: {},
          ...(asked.tell && news.length > 0 && { digest: digestOf(news, new Date().toISOString()) }),
        };
      },
      sendAlert: async (alert: SendAlertInput): Promise<SendAlertResult> => {
        post.sent.push(alert);
        if (post.failing.has(alert.destination))
          throw ApplicationFailure.nonRetryable(`Alerts by ${alert.destination}: answered 401`);
        return {};
      },
    },
    activityQueues: [taskQueue],
    snapshot: alerts.alertSnapshotQuery,
  });
  const sentBy = (destination: alerts.AlertDestination) =>
    post.sent.filter((alert) => alert.destination === destination);
  return {
    ...watch,
    terms: all,
    world,
    post,
    sentBy,
    /** What was sent there, once there is so much of it. */
    arrived: (destination: alerts.AlertDestination, count: number) =>
      eventually(
        async () => sentBy(destination),
        ({ length }) => length >= count,
      ),
    /** Once so many more looks have been answered. */
    looked: async (times = 3) => {
      const { looks } = await watch.snapshot();
      await watch.until((seen) => seen.looks > looks + times);
    },
  };
}
