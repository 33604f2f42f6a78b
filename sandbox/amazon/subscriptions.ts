import type { Store } from '../store';
import { SellingPartnerRefusal } from './errors';
import { uuidOf } from './ids';
import type { OrderChange } from './life';

/** A queue that notifications can be sent to. */
export interface Destination {
  destinationId: string;
  name: string;
  arn: string;
}

export interface EventFilter {
  eventFilterType: 'ORDER_CHANGE';
  orderChangeTypes?: (OrderChange['type'] | 'DeliveryTipChange')[] | undefined;
  marketplaceIds?: string[] | undefined;
}

/** Of ORDER_CHANGE, the one type that this Amazon tells. */
export interface Subscription {
  subscriptionId: string;
  destinationId: string;
  payloadVersion: string;
  processingDirective: { eventFilter: EventFilter };
}

export interface Subscriptions {
  destinations(): Destination[];
  /** Throws the refusal of a second destination with the same queue. */
  addDestination(wanted: Omit<Destination, 'destinationId'>): Destination;
  destination(destinationId: string): Destination;
  /** Throws the refusal while a subscription uses it. */
  removeDestination(destinationId: string): void;
  all(): Subscription[];
  /** Throws the refusal of a second subscription, and of a destination that is not known. */
  add(wanted: Omit<Subscription, 'subscriptionId'>): Subscription;
  get(subscriptionId: string): Subscription;
  remove(subscriptionId: string): void;
  reset(): void;
}

export const unreadable = (details: string) =>
  new SellingPartnerRefusal(
    400,
    'InvalidInput',
    'Request has missing or invalid parameters and cannot be parsed.',
    details,
  );

export const absent = (details: string) =>
  new SellingPartnerRefusal(404, 'NotFound', 'The resource specified does not exist.', details);

const destinationExists = (arn: string) =>
  new SellingPartnerRefusal(
    409,
    'Conflict',
    'The requested resource conflict with a resource in the server.',
    `A destination with arn ${arn} already exists for the application.`,
  );

const subscriptionExists = () =>
  new SellingPartnerRefusal(
    409,
    'StateConflict',
    'The resource specified conflicts with the current state.',
    'Subscription already exist for notification type ORDER_CHANGE',
  );

const destinationInUse = () =>
  new SellingPartnerRefusal(
    403,
    'Unauthorized',
    'The requested action is forbidden.',
    'Destination has subscriptions',
  );

/** The destinations and subscriptions of one seller and application, kept in `store`. */
export function createSubscriptions(store: Store, sellerId: () => string): Subscriptions {
  const destinations = store.collection<Destination>('amazon-destinations');
  const subscriptions = store.collection<Subscription>('amazon-subscriptions');
  const made = store.collection<number>('amazon-subscription-ids');
  const nextId = () => {
    const number = (made.get('made') ?? 0) + 1;
    made.put('made', number);
    return uuidOf(`${sellerId()}/${number}`);
  };
  const destination = (destinationId: string) => {
    const found = destinations.get(destinationId);
    if (!found) throw absent(`No destination with id ${destinationId}`);
    return found;
  };
  const get = (subscriptionId: string) => {
    const found = subscriptions.get(subscriptionId);
    if (!found) throw absent(`No subscription with id ${subscriptionId}`);
    return found;
  };

  return {
    destinations: destinations.values,
    addDestination: (wanted) => {
      if (destinations.values().some(({ arn }) => arn === wanted.arn)) throw destinationExists(wanted.arn);
      const added = { ...wanted, destinationId: nextId() };
      destinations.put(added.destinationId, added);
      return added;
    },
    destination,
    removeDestination: (destinationId) => {
      destination(destinationId);
      const isUsed = subscriptions.values().some((each) => each.destinationId === destinationId);
      if (isUsed) throw destinationInUse();
      destinations.delete(destinationId);
    },
    all: subscriptions.values,
    add: (wanted) => {
      if (!destinations.get(wanted.destinationId))
        throw unreadable(`No destination with id ${wanted.destinationId} for the application`);
      if (subscriptions.size() > 0) throw subscriptionExists();
      const added = { ...wanted, subscriptionId: nextId() };
      subscriptions.put(added.subscriptionId, added);
      return added;
    },
    get,
    remove: (subscriptionId) => {
      get(subscriptionId);
      subscriptions.delete(subscriptionId);
    },
    reset: () => {
      for (const { subscriptionId } of subscriptions.values()) subscriptions.delete(subscriptionId);
      for (const { destinationId } of destinations.values()) destinations.delete(destinationId);
    },
  };
}
