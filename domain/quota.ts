/** Amazon's token bucket, kept by the caller: a call costs one token, `ratePerSecond` tokens come back. */
export interface Bucket {
  readonly tokens: number;
  readonly ratePerSecond: number;
  readonly burst: number;
  /** Epoch milliseconds of the last refill. */
  readonly at: number;
}

/** Default usage plans of the Orders, Feeds and Notifications APIs (Amazon: "Usage Plans and Rate Limits", per seller and application). */
export const usagePlans = {
  searchOrders: { ratePerSecond: 0.0056, burst: 20 },
  getOrder: { ratePerSecond: 0.5, burst: 30 },
  confirmShipment: { ratePerSecond: 2, burst: 10 },
  createFeedDocument: { ratePerSecond: 0.5, burst: 15 },
  createFeed: { ratePerSecond: 0.0083, burst: 15 },
  getFeed: { ratePerSecond: 2, burst: 15 },
  getFeedDocument: { ratePerSecond: 0.0222, burst: 10 },
  getDestinations: { ratePerSecond: 1, burst: 5 },
  createDestination: { ratePerSecond: 1, burst: 5 },
  getSubscription: { ratePerSecond: 1, burst: 5 },
  createSubscription: { ratePerSecond: 1, burst: 5 },
  deleteSubscriptionById: { ratePerSecond: 1, burst: 5 },
} as const;

/** Of a token: calls arrive at Amazon now a little later, now a little earlier than they were sent. */
const margin = 0.02;

export function fullBucket(plan: { ratePerSecond: number; burst: number }, now: number): Bucket {
  return { tokens: plan.burst, ratePerSecond: plan.ratePerSecond, burst: plan.burst, at: now };
}

/** A clock that was set back gains nothing, or the same stretch of time would be paid out twice. */
function refill(bucket: Bucket, now: number): Bucket {
  const at = Math.max(bucket.at, now);
  const gained = ((at - bucket.at) / 1000) * bucket.ratePerSecond;
  return { ...bucket, tokens: Math.min(bucket.burst, bucket.tokens + gained), at };
}

/** Milliseconds until the bucket holds so many tokens, as far as it can hold them; 0 = now. */
export function waitForTokens(bucket: Bucket, wanted: number, now: number): number {
  const { tokens, ratePerSecond, burst, at } = refill(bucket, now);
  const missing = Math.min(wanted + margin, burst) - tokens;
  return missing <= 0 ? 0 : at - now + Math.ceil((missing / ratePerSecond) * 1000);
}

export function takeToken(bucket: Bucket, now: number): Bucket {
  const refilled = refill(bucket, now);
  return { ...refilled, tokens: Math.max(0, refilled.tokens - 1) };
}

/** After Amazon's 429: it counts differently from us, and its count decides. */
export function emptied(bucket: Bucket, now: number): Bucket {
  return { ...refill(bucket, now), tokens: 0 };
}

/** Takes over the live rate of `x-amzn-RateLimit-Limit`. */
export function withRate(bucket: Bucket, ratePerSecond: number | undefined): Bucket {
  return ratePerSecond && ratePerSecond > 0 ? { ...bucket, ratePerSecond } : bucket;
}
