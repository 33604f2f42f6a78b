import type { AmazonAccount, AmazonPortOptions } from './client';
import { AmazonRefusedError } from './errors';
import type { AmazonCallOptions } from './port';
import {
  createSubscriptionCalls,
  type QueueDestination,
  type SubscriptionCalls,
  wantedChanges,
} from './subscription-calls';
import type { WireSubscription } from './subscription-wire';
import { present } from './unreadable';

/** The one ORDER_CHANGE subscription that a seller can have with an application. */
export interface OrderChangeSubscription {
  readonly subscriptionId: string;
  readonly destinationId: string;
  /** Missing where Amazon lists no such destination any more, or it is no queue. */
  readonly queueArn?: string;
}

export interface SubscribeRequest {
  readonly queueArn: string;
  /** Of the destination, where one has to be made. */
  readonly name: string;
}

/**
 * - `subscribed`: new
 * - `alreadySubscribed`: to this queue, so nothing was done
 * - `narrower`: to this queue, but not for all that the channel wants to hear of; left as it is
 * - `elsewhere`: to another queue, which may be another program's; left as it is
 */
export interface SubscribeResult {
  readonly kind: 'subscribed' | 'alreadySubscribed' | 'narrower' | 'elsewhere';
  readonly subscription: OrderChangeSubscription;
}

export type UnsubscribeResult =
  | { readonly kind: 'notSubscribed' }
  /** `elsewhere`: to another queue, which may be another program's; left as it is. */
  | { readonly kind: 'unsubscribed' | 'elsewhere'; readonly subscription: OrderChangeSubscription };

/** Amazon's Notifications API for one account. Calls make one attempt and throw the errors of `errors.ts`. */
export interface NotificationsPort {
  /** May be repeated: finds what is there already. */
  subscribe(request: SubscribeRequest, options?: AmazonCallOptions): Promise<SubscribeResult>;
  /** Ends a subscription to this queue, or to a destination that is gone. The destination stays: it is no seller's. */
  unsubscribe(queueArn: string, options?: AmazonCallOptions): Promise<UnsubscribeResult>;
  subscription(options?: AmazonCallOptions): Promise<OrderChangeSubscription | null>;
}

/** Keeps its access tokens, so make it once. */
export function createNotificationsPort(
  account: AmazonAccount,
  options: Pick<AmazonPortOptions, 'timeoutMs'> = {},
): NotificationsPort {
  const calls = createSubscriptionCalls(account, options);
  return {
    subscribe: (request, { signal } = {}) => subscribe(calls(signal), request),
    unsubscribe: (queueArn, { signal } = {}) => unsubscribe(calls(signal), queueArn),
    subscription: async ({ signal } = {}) => {
      const api = calls(signal);
      const found = await api.getSubscription();
      return found && describe(found, await api.getDestinations());
    },
  };
}

async function subscribe(
  api: SubscriptionCalls,
  { queueArn, name }: SubscribeRequest,
): Promise<SubscribeResult> {
  const known = await api.getSubscription();
  if (known) return compare(api, known, queueArn);
  const destinationId = await findOrCreateDestination(api, { queueArn, name });
  try {
    const { subscriptionId } = await api.createSubscription(destinationId);
    return { kind: 'subscribed', subscription: { subscriptionId, destinationId, queueArn } };
  } catch (error) {
    // Somebody else subscribed in between.
    const winner = isConflict(error) ? await api.getSubscription() : null;
    if (!winner) throw error;
    return compare(api, winner, queueArn);
  }
}

async function compare(
  api: SubscriptionCalls,
  found: WireSubscription,
  queueArn: string,
): Promise<SubscribeResult> {
  const subscription = describe(found, await api.getDestinations());
  if (subscription.queueArn !== queueArn) return { kind: 'elsewhere', subscription };
  const told = found.processingDirective?.eventFilter?.orderChangeTypes ?? [];
  const hearsAll = told.length === 0 || wantedChanges.every((type) => told.includes(type));
  return { kind: hearsAll ? 'alreadySubscribed' : 'narrower', subscription };
}

async function unsubscribe(api: SubscriptionCalls, queueArn: string): Promise<UnsubscribeResult> {
  const found = await api.getSubscription();
  if (!found) return { kind: 'notSubscribed' };
  const destinations = await api.getDestinations();
  const subscription = describe(found, destinations);
  const isGone = !destinations.some(({ destinationId }) => destinationId === found.destinationId);
  if (!isGone && subscription.queueArn !== queueArn) return { kind: 'elsewhere', subscription };
  await api.deleteSubscription(found.subscriptionId);
  return { kind: 'unsubscribed', subscription };
}

function describe(
  { subscriptionId, destinationId }: WireSubscription,
  destinations: readonly QueueDestination[],
): OrderChangeSubscription {
  const destination = destinations.find((each) => each.destinationId === destinationId);
  return { subscriptionId, destinationId, ...present({ queueArn: destination?.queueArn }) };
}

async function findOrCreateDestination(api: SubscriptionCalls, request: SubscribeRequest): Promise<string> {
  const find = async () =>
    (await api.getDestinations()).find(({ queueArn }) => queueArn === request.queueArn)?.destinationId;
  const known = await find();
  if (known !== undefined) return known;
  try {
    return await api.createDestination(request);
  } catch (error) {
    const winner = isConflict(error) ? await find() : undefined;
    if (winner === undefined) throw error;
    return winner;
  }
}

const isConflict = (error: unknown) => error instanceof AmazonRefusedError && error.call.status === 409;
