import { z } from 'zod';
import { invalidInput, type SellingPartnerRefusal } from './errors';
import type { OrderState } from './life';
import type { AmazonOrder, OrderPackage, PackageVersion } from './order';
import type { AmazonSettings } from './settings';

const bodySchema = z.object({
  marketplaceId: z.string(),
  codCollectionMethod: z.literal('DirectPayment').optional(),
  packageDetail: z.object({
    packageReferenceId: z.string(),
    carrierCode: z.string(),
    carrierName: z.string().optional(),
    shippingMethod: z.string().optional(),
    trackingNumber: z.string(),
    shipDate: z.iso.datetime({ offset: true }),
    shipFromSupplySourceId: z.string().optional(),
    orderItems: z.array(
      z.object({
        orderItemId: z.string(),
        quantity: z.int(),
        transparencyCodes: z.array(z.string()).optional(),
      }),
    ),
  }),
});

export type Confirmation = z.output<typeof bodySchema>;

const referenceRefusal = 'PackageReferenceId: is invalid, must be a positive numeric value.';
const itemRefusal =
  'OrderItemId is invalid, please obtain the value through the getOrderItems API or Manage Orders page';

/** The envelope in which the fulfilment service behind the API reports what it could not do. */
const serviceError = (summary: string, description: string, metric: string) =>
  invalidInput(
    `${summary} ErrorMessage(errorCode=GeneralError, errorDescription=${description}, ` +
      `errorMetric=${metric}, packageIndex=null)`,
  );

/** Amazon's words for a body that does not have the described shape. */
function shapeRefusal(issue: z.core.$ZodIssue | undefined, body: unknown): SellingPartnerRefusal {
  const path = (issue?.path ?? []).filter((part) => typeof part === 'string').join('.');
  if (path.startsWith('packageDetail.orderItems') && !path.endsWith('quantity'))
    return invalidInput(itemRefusal);
  const hasReference = z.object({ packageDetail: z.looseObject({ packageReferenceId: z.unknown() }) });
  const isOmitted = hasReference.safeParse(body).data?.packageDetail.packageReferenceId === undefined;
  if (path === 'packageDetail.packageReferenceId' && isOmitted) return invalidInput(referenceRefusal);
  return invalidInput(
    `The input you have submitted is not valid. Please check the fields with invalid type [${path}].`,
  );
}

/** The request's body, or the refusal of what does not have the described shape. */
export function parseConfirmation(text: string): Confirmation {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalidInput('The input you have submitted is not valid.');
  }
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw shapeRefusal(parsed.error.issues[0], body);
  return parsed.data;
}

/** All that a rule may look at. */
interface Case {
  order: AmazonOrder;
  state: OrderState;
  confirmation: Confirmation;
  /** The package that has the reference already: then the confirmation edits it. */
  existing: OrderPackage | undefined;
  now: Date;
  settings: AmazonSettings;
}

type Rule = (subject: Case) => SellingPartnerRefusal | false | undefined;

const fieldRules: Rule[] = [
  ({ confirmation, order }) =>
    confirmation.marketplaceId !== order.marketplaceId &&
    invalidInput('MarketplaceId is invalid for this order.'),
  ({ confirmation: { packageDetail } }) =>
    !/^0*[1-9]\d*$/.test(packageDetail.packageReferenceId) && invalidInput(referenceRefusal),
  ({ confirmation: { packageDetail }, settings: { carrierCodes } }) => {
    const { carrierCode, carrierName } = packageDetail;
    if (carrierCode === '') return invalidInput('CarrierCode is required.');
    if (carrierCode === 'Other')
      return !carrierName && invalidInput('CarrierName is required for CarrierCode Other.');
    const isListed = carrierCodes.length === 0 || carrierCodes.includes(carrierCode);
    return !isListed && invalidInput(`CarrierCode ${carrierCode} is invalid.`);
  },
  ({ confirmation: { packageDetail } }) =>
    packageDetail.trackingNumber === '' && invalidInput('TrackingNumber is required.'),
  ({ confirmation: { packageDetail }, now }) =>
    Date.parse(packageDetail.shipDate) > now.getTime() && invalidInput('ShipDate cannot be in the future.'),
  ({ confirmation: { packageDetail }, order }) =>
    Date.parse(packageDetail.shipDate) < Date.parse(order.plan.placedAt) &&
    invalidInput('ShipDate cannot be before the purchase date.'),
  ({ confirmation: { packageDetail }, order }) => {
    const known = order.lines.map(({ orderItemId }) => orderItemId);
    const isKnown = packageDetail.orderItems.every(({ orderItemId }) => known.includes(orderItemId));
    return (!isKnown || packageDetail.orderItems.length === 0) && invalidInput(itemRefusal);
  },
];

const piecesIn = (items: readonly { orderItemId: string; quantity: number }[], orderItemId: string) =>
  items.filter((item) => item.orderItemId === orderItemId).reduce((sum, { quantity }) => sum + quantity, 0);

/** Pieces of an item that this package may hold: what is open, and what it holds already. */
const available = ({ state, existing }: Case, orderItemId: string) =>
  (state.unfulfilled[orderItemId] ?? 0) + piecesIn(existing?.versions.at(-1)?.items ?? [], orderItemId);

const orderRules: Rule[] = [
  ({ order }) =>
    order.fulfilledBy === 'AMAZON' &&
    invalidInput(`Order ${order.orderId} is fulfilled by Amazon and cannot be confirmed by the seller.`),
  ({ order }) =>
    order.programs.includes('FBM_SHIP_PLUS') &&
    invalidInput(`Order ${order.orderId} is a Ship+ order and does not need a shipment confirmation.`),
  ({ order, state }) =>
    state.status === 'CANCELLED' &&
    serviceError(
      `Failed to find order item list by order ID ${order.orderId}.`,
      'The order has no such item',
      'NonexistentOrderItem',
    ),
  ({ order, state }) =>
    (state.status === 'PENDING' || state.status === 'PENDING_AVAILABILITY') &&
    invalidInput(`Order ${order.orderId} is not ready for shipment: its status is ${state.status}.`),
  ({ order, state, existing }) =>
    state.status === 'SHIPPED' &&
    !existing &&
    serviceError(
      'Failed to create package due to not finding a matching package or order already fulfilled.',
      `Unable to find package to update for order (${order.orderId})`,
      'PackageToUpdateNotFound',
    ),
  ({ existing, settings }) =>
    (existing?.versions.length ?? 0) >= settings.maxPackageVersions &&
    serviceError(
      'Failed to update the package: it has reached the maximum number of allowed updates.',
      'Package version is invalid',
      'InvalidPackageVersion',
    ),
  (subject) => {
    const { orderItems } = subject.confirmation.packageDetail;
    const isRefused = orderItems.some(
      ({ orderItemId, quantity }) =>
        quantity < 1 || piecesIn(orderItems, orderItemId) > available(subject, orderItemId),
    );
    return (
      isRefused && invalidInput('Quantity is invalid: it exceeds the unfulfilled quantity of the order item.')
    );
  },
];

function versionFrom({ packageDetail }: Confirmation, now: Date, visibleAfterMs: number): PackageVersion {
  const { carrierCode, carrierName, shippingMethod, trackingNumber, shipDate, orderItems } = packageDetail;
  return {
    carrier: carrierCode === 'Other' ? (carrierName ?? carrierCode) : carrierCode,
    ...(shippingMethod !== undefined && { shippingService: shippingMethod }),
    trackingNumber,
    shipTime: new Date(shipDate).toISOString(),
    items: orderItems.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
    receivedAt: now.toISOString(),
    visibleAt: new Date(now.getTime() + visibleAfterMs).toISOString(),
  };
}

/**
 * confirmShipment of the orders API v0: the order with the package added, or edited if it has the reference
 * already. Throws a refusal otherwise. Quantities count at once, the package is shown a little later.
 */
export function confirmShipment(subject: Omit<Case, 'existing'>): AmazonOrder {
  const { order, confirmation, now, settings } = subject;
  const { packageReferenceId } = confirmation.packageDetail;
  const existing = order.packages.find((each) => each.packageReferenceId === packageReferenceId);
  for (const rule of [...fieldRules, ...orderRules]) {
    const refusal = rule({ ...subject, existing });
    if (refusal) throw refusal;
  }
  const version = versionFrom(confirmation, now, settings.packageVisibleAfterMs);
  const confirmed: OrderPackage = {
    packageReferenceId,
    confirmedByApi: true,
    versions: [...(existing?.versions ?? []), version],
  };
  const others = order.packages.filter((each) => each !== existing);
  return { ...order, packages: [...others, confirmed] };
}
