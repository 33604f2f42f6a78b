import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { gateOf, refuse } from './gateway';
import type { Publisher } from './publisher';
import type { Operation } from './quota';
import {
  absent,
  type Destination,
  type EventFilter,
  type Subscription,
  type Subscriptions,
  unreadable,
} from './subscriptions';

const payloadVersion = '1.0';

const destinationSchema = z.object({
  name: z.string().min(1).max(256),
  resourceSpecification: z.object({
    sqs: z.object({
      arn: z
        .string()
        .max(1000)
        .regex(/^arn:aws:sqs:[^\s:]+:[^\s:]+:[^\s:]+$/),
    }),
  }),
});

const subscriptionSchema = z.object({
  payloadVersion: z.literal(payloadVersion),
  destinationId: z.string(),
  processingDirective: z
    .object({
      eventFilter: z
        .object({
          eventFilterType: z.literal('ORDER_CHANGE'),
          orderChangeTypes: z
            .array(z.enum(['BuyerRequestedChange', 'DeliveryTipChange', 'OrderStatusChange']))
            .optional(),
          marketplaceIds: z.array(z.string()).optional(),
        })
        .optional(),
    })
    .optional(),
});

async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    body = JSON.parse(await c.req.text());
  } catch {
    throw unreadable('');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw unreadable(`Invalid value for ${parsed.error.issues[0]?.path.join('.')}`);
}

const destinationAnswer = ({ destinationId, name, arn }: Destination) => ({
  destinationId,
  name,
  resource: { sqs: { arn } },
});

/** Amazon's description has the filter as optional; the live system does not. */
function filterOf(directive: { eventFilter?: EventFilter | undefined } | undefined): EventFilter {
  if (!directive?.eventFilter) throw unreadable('Processing Directive eventFilter must not be empty');
  return directive.eventFilter;
}

interface Parts {
  gate: Parameters<typeof gateOf>[0];
  subscriptions: Subscriptions;
  publisher: Pick<Publisher, 'look'>;
}

function destinationRoutes({ gate, subscriptions }: Parts) {
  const app = new Hono();
  const grantless = (operation: Operation) => gateOf(gate, operation, 'grantless');
  app.get('/', grantless('getDestinations'), (c) =>
    c.json({ payload: subscriptions.destinations().map(destinationAnswer) }),
  );
  app.post('/', grantless('createDestination'), async (c) => {
    const { name, resourceSpecification } = await bodyOf(c, destinationSchema);
    const added = subscriptions.addDestination({ name, arn: resourceSpecification.sqs.arn });
    return c.json({ payload: destinationAnswer(added) });
  });
  app.get('/:destinationId', grantless('getDestination'), (c) =>
    c.json({ payload: destinationAnswer(subscriptions.destination(c.req.param('destinationId'))) }),
  );
  app.delete('/:destinationId', grantless('deleteDestination'), (c) => {
    subscriptions.removeDestination(c.req.param('destinationId'));
    return c.json({});
  });
  return app;
}

function subscriptionRoutes({ gate, subscriptions, publisher }: Parts) {
  const app = new Hono();
  const known = (type: string) => {
    if (type !== 'ORDER_CHANGE') throw unreadable(`Invalid notification type ${type}`);
  };
  const versionAsked = (c: Context) => (subscription: Subscription) =>
    [undefined, subscription.payloadVersion].includes(c.req.query('payloadVersion'));

  app.get('/', gateOf(gate, 'getSubscriptions'), (c) => {
    for (const type of (c.req.query('notificationTypes') ?? '').split(',')) known(type);
    return c.json({ payload: { subscriptions: subscriptions.all().filter(versionAsked(c)) } });
  });
  app.post('/:type', gateOf(gate, 'createSubscription'), async (c) => {
    known(c.req.param('type'));
    const { processingDirective, ...wanted } = await bodyOf(c, subscriptionSchema);
    const eventFilter = filterOf(processingDirective);
    // What happened before is not told.
    publisher.look();
    return c.json({ payload: subscriptions.add({ ...wanted, processingDirective: { eventFilter } }) });
  });
  app.get('/:type', gateOf(gate, 'getSubscription'), (c) => {
    known(c.req.param('type'));
    const found = subscriptions.all().find(versionAsked(c));
    if (!found) throw absent('No subscription for notification type ORDER_CHANGE');
    return c.json({ payload: found });
  });
  app.get('/:type/:subscriptionId', gateOf(gate, 'getSubscriptionById', 'grantless'), (c) => {
    known(c.req.param('type'));
    return c.json({ payload: subscriptions.get(c.req.param('subscriptionId')) });
  });
  app.delete('/:type/:subscriptionId', gateOf(gate, 'deleteSubscriptionById', 'grantless'), (c) => {
    known(c.req.param('type'));
    subscriptions.remove(c.req.param('subscriptionId'));
    return c.json({});
  });
  return app;
}

/**
 * The notifications API v1 for ORDER_CHANGE: an application's destinations by grantless token, a seller's
 * subscriptions by the seller's, and by grantless token where they are known by id.
 */
export function notificationsApi(parts: Parts) {
  const app = new Hono();
  app.onError(refuse);
  app.route('/destinations', destinationRoutes(parts));
  app.route('/subscriptions', subscriptionRoutes(parts));
  return app;
}
