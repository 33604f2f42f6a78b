import { inspect } from 'node:util';
import {
  AmazonAccessError,
  AmazonRefusedError,
  AmazonThrottledError,
} from '../../../integrations/amazon/errors';
import { createNotificationsPort, type NotificationsPort } from '../../../integrations/amazon/notifications';
import { type AmazonService, minutes, openAmazonService } from '../../support/amazon-service';

const queueArn = 'arn:aws:sqs:us-east-1:123456789012:orders';
const otherArn = 'arn:aws:sqs:us-east-1:123456789012:others';
const destinations = '/notifications/v1/destinations';
const subscriptions = '/notifications/v1/subscriptions/ORDER_CHANGE';
const name = 'amazon-sales-channel-us-main';

describe('the subscription to changes of orders', () => {
  let amazon: AmazonService;
  let port: NotificationsPort;
  beforeEach(async () => {
    amazon = await openAmazonService();
    port = createNotificationsPort(amazon.account);
  });
  afterEach(async () => {
    expect(amazon.violations()).toEqual([]);
    await amazon.close();
  });
  const made = (path: string) =>
    amazon.exchanges.filter((each) => each.method === 'POST' && each.path === path && each.status === 200);
  /** Puts `body` in the place of the next answer on this path. */
  const tamperOnce = (path: string, status: number, body: unknown) => {
    amazon.setTamper(async (asked) => {
      if (asked !== path) return undefined;
      amazon.setTamper(undefined);
      return Response.json(body, { status });
    });
  };

  it('is not there at first', async () => {
    expect(await port.subscription()).toBeNull();
  });

  it('is made with a destination for the queue', async () => {
    const { kind, subscription } = await port.subscribe({ queueArn, name });
    expect(kind).toBe('subscribed');
    expect(subscription).toEqual({
      subscriptionId: expect.any(String),
      destinationId: expect.any(String),
      queueArn,
    });
    expect(await port.subscription()).toEqual(subscription);
    expect(made(destinations).map(({ requestBody }) => JSON.parse(requestBody))).toEqual([
      { name, resourceSpecification: { sqs: { arn: queueArn } } },
    ]);
    const eventFilter = {
      eventFilterType: 'ORDER_CHANGE',
      orderChangeTypes: ['OrderStatusChange', 'BuyerRequestedChange'],
    };
    expect(made(subscriptions).map(({ requestBody }) => JSON.parse(requestBody))).toEqual([
      {
        payloadVersion: '1.0',
        destinationId: subscription.destinationId,
        processingDirective: { eventFilter },
      },
    ]);
  });

  it('is made once, however often it is asked for', async () => {
    const first = await port.subscribe({ queueArn, name });
    const second = await createNotificationsPort(amazon.account).subscribe({ queueArn, name });
    expect(second).toEqual({ kind: 'alreadySubscribed', subscription: first.subscription });
    expect([made(destinations).length, made(subscriptions).length]).toEqual([1, 1]);
  });

  it('takes a destination that is there for the queue', async () => {
    const first = await port.subscribe({ queueArn, name });
    await port.unsubscribe(queueArn);
    const second = await port.subscribe({ queueArn, name });
    expect(second.kind).toBe('subscribed');
    expect(second.subscription.destinationId).toBe(first.subscription.destinationId);
    expect(second.subscription.subscriptionId).not.toBe(first.subscription.subscriptionId);
    expect(made(destinations)).toHaveLength(1);
  });

  it('is found where another makes destination and subscription in between', async () => {
    const { subscription } = await createNotificationsPort(amazon.account).subscribe({ queueArn, name });
    await port.unsubscribe(queueArn);
    amazon.clock.advance(minutes(1));
    tamperOnce(destinations, 200, { payload: [] });
    const second = await port.subscribe({ queueArn, name });
    expect(second).toMatchObject({
      kind: 'subscribed',
      subscription: { destinationId: subscription.destinationId },
    });
    tamperOnce(subscriptions, 404, { errors: [{ code: 'NotFound', message: 'None.' }] });
    expect(await port.subscribe({ queueArn, name })).toEqual({
      kind: 'alreadySubscribed',
      subscription: second.subscription,
    });
    expect(amazon.exchanges.filter(({ status }) => status === 409)).toHaveLength(2);
  });

  it('to another queue is reported and left as it is', async () => {
    const { subscription } = await port.subscribe({ queueArn: otherArn, name });
    const elsewhere = { kind: 'elsewhere', subscription };
    expect(await port.subscribe({ queueArn, name })).toEqual(elsewhere);
    expect(await port.unsubscribe(queueArn)).toEqual(elsewhere);
    expect(await port.subscription()).toEqual({ ...subscription, queueArn: otherArn });
    expect(made(destinations)).toHaveLength(1);
  });

  it('to some changes only is reported and left as it is', async () => {
    const { subscription } = await port.subscribe({ queueArn, name });
    tamperOnce(subscriptions, 200, {
      payload: {
        ...subscription,
        payloadVersion: '1.0',
        processingDirective: { eventFilter: { orderChangeTypes: ['BuyerRequestedChange'] } },
      },
    });
    expect(await port.subscribe({ queueArn, name })).toEqual({ kind: 'narrower', subscription });
  });

  it('is ended once, and ending none is no error', async () => {
    const { subscription } = await port.subscribe({ queueArn, name });
    expect(await port.unsubscribe(queueArn)).toEqual({ kind: 'unsubscribed', subscription });
    expect(await port.subscription()).toBeNull();
    expect(await port.unsubscribe(queueArn)).toEqual({ kind: 'notSubscribed' });
  });

  it('to a destination that is gone can be ended', async () => {
    await port.subscribe({ queueArn, name });
    tamperOnce(destinations, 200, { payload: [] });
    expect((await port.unsubscribe(queueArn)).kind).toBe('unsubscribed');
    expect(await port.subscription()).toBeNull();
  });

  it('to a destination that is no queue is left as it is', async () => {
    const { subscription } = await port.subscribe({ queueArn, name });
    const { destinationId, subscriptionId } = subscription;
    const eventBridge = { name: 'b', region: 'us-east-1', accountId: '1' };
    tamperOnce(destinations, 200, { payload: [{ destinationId, name: 'b', resource: { eventBridge } }] });
    expect(await port.unsubscribe(queueArn)).toEqual({
      kind: 'elsewhere',
      subscription: { destinationId, subscriptionId },
    });
    expect(await port.subscription()).toEqual(subscription);
  });

  it('logs in once as the seller and once as the application', async () => {
    await Promise.all([port.subscription(), port.subscription()]);
    await port.subscribe({ queueArn, name });
    expect(amazon.count('/auth/o2/token')).toBe(2);
    const forms = amazon.exchanges
      .filter(({ path }) => path === '/auth/o2/token')
      .map(({ requestBody }) => new URLSearchParams(requestBody));
    expect(forms.map((form) => form.get('grant_type')).toSorted()).toEqual([
      'client_credentials',
      'refresh_token',
    ]);
    const grantless = forms.find((form) => form.get('grant_type') === 'client_credentials');
    expect(grantless?.get('scope')).toBe('sellingpartnerapi::notifications');
    expect(grantless?.has('refresh_token')).toBe(false);
  });

  it('fails with the errors of Amazon, which hold no token and no secret', async () => {
    const failureOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => undefined,
        (error: unknown) => error,
      );
    const { credentials } = amazon.account;
    const stranger = { ...amazon.account, credentials: { ...credentials, refreshToken: 'Atzr|other' } };
    const errors = [
      await failureOf(port.subscribe({ queueArn, name: '' })),
      await failureOf(createNotificationsPort(stranger).subscription()),
    ];
    await amazon.command('PATCH', '/settings', {
      rates: { notifications: { perSecond: 1, burst: 1 } },
    });
    errors.push(await failureOf(Promise.all([1, 2, 3].map(() => port.subscription()))));
    expect(errors).toEqual([
      expect.any(AmazonRefusedError),
      expect.any(AmazonAccessError),
      expect.any(AmazonThrottledError),
    ]);
    expect(errors[2]).toMatchObject({ retryAfterMs: 1_000 });
    expect(inspect(errors, { depth: 20, showHidden: true })).not.toMatch(/Atza|Atzr|oa2-cs/);
  });
});
