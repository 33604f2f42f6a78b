import { NotificationsApi } from '@sp-api-sdk/notifications-api-v1';
import { createAccessTokens, createGrantlessTokens } from './access-token';
import { parseAnswer } from './answer';
import type { AmazonAccount, AmazonPortOptions } from './client';
import { AmazonRefusedError } from './errors';
import { createGateway, type Gateway } from './gateway';
import { createLiveRates } from './rates';
import {
  destinationAnswerSchema,
  destinationsAnswerSchema,
  subscriptionAnswerSchema,
  type WireSubscription,
} from './subscription-wire';
import { present } from './unreadable';

export interface QueueDestination {
  readonly destinationId: string;
  /** Missing for one that is no queue. */
  readonly queueArn?: string;
}

/** One call of the Notifications API each, in the seller's name or, for destinations and deletion, in the application's. */
export interface SubscriptionCalls {
  getDestinations(): Promise<QueueDestination[]>;
  createDestination(destination: { readonly name: string; readonly queueArn: string }): Promise<string>;
  getSubscription(): Promise<WireSubscription | null>;
  createSubscription(destinationId: string): Promise<WireSubscription>;
  /** One that is gone already is deleted. */
  deleteSubscription(subscriptionId: string): Promise<void>;
}

const notificationType = 'ORDER_CHANGE';
const payloadVersion = '1.0';
export const wantedChanges = ['OrderStatusChange', 'BuyerRequestedChange'] as const;
const destinationsPath = '/notifications/v1/destinations';
const subscriptionPath = '/notifications/v1/subscriptions/{notificationType}';

/** Keeps the access tokens of both kinds; the signal is the cancellation of the calls that are made with it. */
export function createSubscriptionCalls(
  account: AmazonAccount,
  { timeoutMs = 20_000 }: Pick<AmazonPortOptions, 'timeoutMs'>,
): (signal: AbortSignal | undefined) => SubscriptionCalls {
  const { tokenEndpoint, credentials } = account;
  const rates = createLiveRates();
  const seller = createGateway({
    tokens: createAccessTokens(tokenEndpoint, credentials, timeoutMs),
    rates,
    timeoutMs,
  });
  const grantless = createGateway({
    tokens: createGrantlessTokens(tokenEndpoint, credentials, timeoutMs),
    rates,
    timeoutMs,
  });
  const notifications = new NotificationsApi(undefined, account.endpoint.replace(/\/+$/, ''));
  return (signal) => ({
    ...destinationCalls({ grantless, notifications, signal }),
    ...subscriptionCalls({ seller, grantless, notifications, signal }),
  });
}

interface Grantless {
  readonly grantless: Gateway;
  readonly notifications: NotificationsApi;
  readonly signal: AbortSignal | undefined;
}

function destinationCalls({ grantless, notifications, signal }: Grantless) {
  const path = destinationsPath;
  return {
    getDestinations: async () => {
      const answer = await grantless.call(
        {
          operation: 'getDestinations',
          method: 'GET',
          path,
          send: (transport) => notifications.getDestinations(transport),
        },
        signal,
      );
      const { payload } = parseAnswer(answer, destinationsAnswerSchema);
      return (payload ?? []).map(({ destinationId, resource }) => ({
        destinationId,
        ...present({ queueArn: resource?.sqs?.arn }),
      }));
    },
    createDestination: async ({ name, queueArn }: { readonly name: string; readonly queueArn: string }) => {
      const body = { name, resourceSpecification: { sqs: { arn: queueArn } } };
      const answer = await grantless.call(
        {
          operation: 'createDestination',
          method: 'POST',
          path,
          send: (transport) => notifications.createDestination({ body }, transport),
        },
        signal,
      );
      return parseAnswer(answer, destinationAnswerSchema).payload.destinationId;
    },
  };
}

function subscriptionCalls({
  seller,
  grantless,
  notifications,
  signal,
}: Grantless & { readonly seller: Gateway }) {
  const path = subscriptionPath;
  return {
    getSubscription: async () => {
      const parameters = { notificationType, payloadVersion };
      const answer = await absentAsNull(
        seller.call(
          {
            operation: 'getSubscription',
            method: 'GET',
            path,
            send: (transport) => notifications.getSubscription(parameters, transport),
          },
          signal,
        ),
      );
      return answer && parseAnswer(answer, subscriptionAnswerSchema).payload;
    },
    createSubscription: async (destinationId: string) => {
      const parameters = { notificationType, body: subscriptionTo(destinationId) };
      const answer = await seller.call(
        {
          operation: 'createSubscription',
          method: 'POST',
          path,
          send: (transport) => notifications.createSubscription(parameters, transport),
        },
        signal,
      );
      return parseAnswer(answer, subscriptionAnswerSchema).payload;
    },
    deleteSubscription: async (subscriptionId: string) => {
      const parameters = { notificationType, subscriptionId };
      await absentAsNull(
        grantless.call(
          {
            operation: 'deleteSubscriptionById',
            method: 'DELETE',
            path: `${path}/{subscriptionId}`,
            send: (transport) => notifications.deleteSubscriptionById(parameters, transport),
          },
          signal,
        ),
      );
    },
  };
}

/** Amazon's description has `processingDirective` optional; without its filter Amazon answers 400. */
const subscriptionTo = (destinationId: string) => ({
  payloadVersion,
  destinationId,
  processingDirective: {
    eventFilter: { eventFilterType: 'ORDER_CHANGE' as const, orderChangeTypes: [...wantedChanges] },
  },
});

async function absentAsNull<Result>(call: Promise<Result>): Promise<Result | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AmazonRefusedError && error.call.status === 404) return null;
    throw error;
  }
}
