import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createNotificationContract } from '../support/notification-contract';
import type { Shop } from './amazon-shop';

/** What the tests read of a notification. */
export interface Notification {
  EventTime: string;
  Payload: {
    OrderChangeNotification: {
      SellerId: string;
      AmazonOrderId: string;
      OrderChangeType: string;
      OrderChangeTrigger: { TimeOfOrderChange: string; ChangeReason: string };
      Summary: {
        OrderStatus: string;
        OrderItems: { OrderItemId: string; QuantityShipped: number; IsBuyerRequestedCancel: boolean }[];
      };
    };
  };
  NotificationMetadata: { NotificationId: string; SubscriptionId: string };
}

const violationsOf = createNotificationContract();

export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** A queue as its receiver sees it; each message is held against Amazon's description and then deleted. */
export async function openQueue(endpoint: string, name: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SQSClient({ endpoint, region: 'us-east-1', credentials });
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name }));
  const taken = async (message: Message): Promise<Notification> => {
    const { ReceiptHandle, Body = '' } = message;
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    expect(violationsOf(Body)).toEqual([]);
    return JSON.parse(Body) as Notification;
  };
  const receive = async (): Promise<Notification[]> => {
    const batch = { QueueUrl, MaxNumberOfMessages: 10 };
    const { Messages = [] } = await client.send(new ReceiveMessageCommand(batch));
    const notifications: Notification[] = [];
    for (const message of Messages) notifications.push(await taken(message));
    return notifications.length > 0 ? [...notifications, ...(await receive())] : [];
  };
  return { arn: queueArn(name), receive, close: () => client.destroy() };
}

export const bodyOf = (destinationId: string, filter: object = {}) => ({
  payloadVersion: '1.0',
  destinationId,
  processingDirective: { eventFilter: { eventFilterType: 'ORDER_CHANGE', ...filter } },
});

/** Makes `arn` a destination and subscribes it to ORDER_CHANGE. */
export async function subscribe(shop: Shop, arn: string, filter: object = {}): Promise<void> {
  const named = { name: 'orders', resourceSpecification: { sqs: { arn } } };
  const made = await shop.callGrantless('POST', '/notifications/v1/destinations', named);
  const { payload } = (await made.json()) as { payload: { destinationId: string } };
  const path = '/notifications/v1/subscriptions/ORDER_CHANGE';
  expect((await shop.call('POST', path, bodyOf(payload.destinationId, filter))).status).toBe(200);
}
