import type { Clock } from '../clock';
import type { Store } from '../store';
import type { ChangeWatch } from './change-watch';
import type { OrderChange } from './life';
import { createNotices, type Notice, type Notices, type NotificationCounts } from './notices';
import type { AmazonOrder } from './order';
import { orderChangeNotification } from './order-change';
import { createQueuePost } from './queue-post';
import type { AmazonSettings } from './settings';
import type { Subscription, Subscriptions } from './subscriptions';

export interface Publisher {
  /** Makes notifications of what has changed since the last look: none without a subscription or a queue server. */
  look(): void;
  /** Looks if there is a subscriber, and sends what is due; `signal` cuts an attempt short. */
  work(signal?: AbortSignal): Promise<void>;
  counts(): NotificationCounts;
  reset(): void;
}

interface Parts {
  store: Store;
  clock: Clock;
  settings(): AmazonSettings;
  subscriptions: Subscriptions;
  watch: ChangeWatch;
}

const retryAfterMs = 500;

interface Found {
  order: AmazonOrder;
  change: OrderChange;
}

function wants({ processingDirective }: Subscription, { order, change }: Found): boolean {
  const { orderChangeTypes = [], marketplaceIds = [] } = processingDirective.eventFilter;
  return (
    (orderChangeTypes.length === 0 || orderChangeTypes.includes(change.type)) &&
    (marketplaceIds.length === 0 || marketplaceIds.includes(order.marketplaceId))
  );
}

/** Tells the subscribers' queues what happens to orders, with the disturbances that the settings command. */
export function createPublisher(parts: Parts): Publisher {
  const { store, clock, settings, subscriptions, watch } = parts;
  const notices = createNotices(store);
  const send = createSender(parts, notices);

  const announce = (subscription: Subscription, { order, change }: Found, current: AmazonSettings) => {
    const { sellerId, notificationDelayMs, notificationDropEvery, notificationReorder } = current;
    const { arn } = subscriptions.destination(subscription.destinationId);
    const dueAt = Math.max(clock.now().getTime(), Date.parse(change.at) + notificationDelayMs);
    const about = { sellerId, subscription, publishedAt: new Date(dueAt) };
    const body = JSON.stringify(orderChangeNotification(order, change, about));
    notices.add({ arn, body, dueAt }, { dropEvery: notificationDropEvery, holdEvery: notificationReorder });
  };
  const look = () => {
    const found = watch.take();
    if (found.length === 0) return;
    const current = settings();
    if (current.sqsEndpoint === null) return;
    const all = subscriptions.all();
    store.transaction(() => {
      for (const one of found) for (const each of all) if (wants(each, one)) announce(each, one, current);
    });
  };

  return {
    look,
    work: async (signal) => {
      if (subscriptions.all().length > 0) look();
      await send(signal);
    },
    counts: notices.counts,
    reset: () => {
      watch.reset();
      notices.reset();
    },
  };
}

/** One round; after a failure there is a pause, because the queue may not be there yet. */
function createSender({ clock, settings }: Pick<Parts, 'clock' | 'settings'>, notices: Notices) {
  const post = createQueuePost();
  let retryAt = 0;

  return async (signal?: AbortSignal): Promise<void> => {
    if (notices.counts().waiting === 0 || Date.now() < retryAt) return;
    const { sqsEndpoint, notificationDuplicates: copies } = settings();
    if (sqsEndpoint === null) return;
    const sendCopies = async (notice: Notice): Promise<boolean> => {
      for (let copy = 0; copy < copies; copy += 1)
        if (signal?.aborted || !(await post(sqsEndpoint, notice, signal))) return false;
      return true;
    };
    for (const notice of notices.due(clock.now())) {
      if (!notices.mayGo(notice)) continue;
      if (!(await sendCopies(notice))) {
        retryAt = Date.now() + retryAfterMs;
        return;
      }
      notices.sent(notice);
    }
  };
}
