import fc from 'fast-check';
import {
  type Bucket,
  emptied,
  fullBucket,
  takeToken,
  usagePlans,
  waitForTokens,
  withRate,
} from '../../domain/quota';

const plan = { ratePerSecond: 0.5, burst: 3 };

/** When a caller that asks before each call makes one, waking at the given times. */
function callTimes(bucket: Bucket, times: readonly number[]): number[] {
  let left = bucket;
  return times.filter((now) => {
    if (waitForTokens(left, 1, now) > 0) return false;
    left = takeToken(left, now);
    return true;
  });
}

describe('a token bucket', () => {
  const plans = fc.record({
    ratePerSecond: fc.double({ min: 0.001, max: 2, noNaN: true }),
    burst: fc.integer({ min: 1, max: 30 }),
  });
  const times = fc.array(fc.nat(60_000), { minLength: 100, maxLength: 400 });

  it('never allows more calls than the time gives and the burst holds, whenever one begins to count', () => {
    fc.assert(
      fc.property(plans, times, (anyPlan, wakes) => {
        const calls = callTimes(
          fullBucket(anyPlan, 0),
          wakes.toSorted((a, b) => a - b),
        );
        for (const [index, from] of calls.entries()) {
          const seconds = ((calls.at(-1) ?? 0) - from) / 1000;
          const allowed = anyPlan.ratePerSecond * seconds + anyPlan.burst;
          expect(calls.length - index).toBeLessThanOrEqual(allowed + 1e-6);
        }
      }),
    );
  });

  it('allows no more when the clock jumps back and forth', () => {
    fc.assert(
      fc.property(plans, times, (anyPlan, wakes) => {
        const allowed = (anyPlan.ratePerSecond * Math.max(...wakes)) / 1000 + anyPlan.burst;
        expect(callTimes(fullBucket(anyPlan, 0), wakes).length).toBeLessThanOrEqual(allowed + 1e-6);
      }),
    );
  });

  it('allows the next call after the wait that it named', () => {
    fc.assert(
      fc.property(plans, fc.nat(100_000), (anyPlan, elapsed) => {
        const bucket = emptied(fullBucket(anyPlan, 0), 0);
        const wake = elapsed + waitForTokens(bucket, 1, elapsed);
        // A rest of a millisecond comes from floating point.
        expect(waitForTokens(bucket, 1, wake)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('lets a burst through and then the rate', () => {
    let bucket = fullBucket(plan, 0);
    for (let call = 0; call < 3; call += 1) {
      expect(waitForTokens(bucket, 1, call * 40)).toBe(0);
      bucket = takeToken(bucket, call * 40);
    }
    expect(waitForTokens(bucket, 1, 80)).toBe(1_960);
    expect(waitForTokens(bucket, 1, 580)).toBe(1_460);
    expect(waitForTokens(bucket, 1, 2_040)).toBe(0);
  });

  it('keeps tokens back for those who want to leave some', () => {
    const bucket = takeToken(fullBucket(plan, 0), 0);
    expect(waitForTokens(bucket, 1, 0)).toBe(0);
    // Two hundredths more than was asked for, because calls do not all take equally long.
    expect(waitForTokens(bucket, 2, 0)).toBe(41);
    expect(waitForTokens(bucket, 9, 0)).toBe(2_000);
  });

  it('waits for its own time to come back after the clock was set back', () => {
    const bucket = emptied(fullBucket(plan, 10_000), 10_000);
    expect(waitForTokens(bucket, 1, 4_000)).toBe(8_040);
  });

  it('is empty after a 429, whatever it had counted', () => {
    expect(waitForTokens(emptied(fullBucket(plan, 0), 1_000), 1, 1_000)).toBe(2_040);
  });

  it("takes over Amazon's live rate, and no nonsense", () => {
    const bucket = fullBucket(plan, 0);
    expect(withRate(bucket, 2).ratePerSecond).toBe(2);
    for (const none of [undefined, 0, -1, Number.NaN]) expect(withRate(bucket, none)).toBe(bucket);
  });

  it('starts full with the usage plans of the Orders API', () => {
    expect(fullBucket(usagePlans.searchOrders, 7)).toEqual({
      tokens: 20,
      ratePerSecond: 0.0056,
      burst: 20,
      at: 7,
    });
  });
});
