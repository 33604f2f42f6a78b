/** Amazon's token bucket, kept by the caller: a call costs one token, `ratePerSecond` tokens come back. */
export interface Bucket {
  readonly tokens: number;
  readonly ratePerSecond: number;
  readonly burst: number;
  /** Epoch milliseconds of the last refill. */
  readonly at: number;
}

/** Default usage plans of the Orders API (Amazon: "Usage Plans and Rate Limits", per seller and application). */
export const usagePlans = {
  searchOrders: { ratePerSecond: 0.0056, burst: 20 },
  getOrder: { ratePerSecond: 0.5, burst: 30 },
  confirmShipment: { ratePerSecond: 2, burst: 10 },
} as const;

export function fullBucket(plan: { ratePerSecond: number; burst: number }, now: number): Bucket {
  return { tokens: plan.burst, ratePerSecond: plan.ratePerSecond, burst: plan.burst, at: now };
}

/** A clock that was set back gains nothing, or the same stretch of time would be paid out twice. */
function refill(bucket: Bucket, now: number): Bucket {
  const at = Math.max(bucket.at, now);
  const gained = ((at - bucket.at) / 1000) * bucket.ratePerSecond;
  return { ...bucket, tokens: Math.min(bucket.burst, bucket.tokens + gained), at };
}

/** Milliseconds until one call is allowed; 0 = now. */
export function waitForToken(bucket: Bucket, now: number): number {
  const { tokens, ratePerSecond, at } = refill(bucket, now);
  return tokens >= 1 ? 0 : at - now + Math.ceil(((1 - tokens) / ratePerSecond) * 1000);
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
