import fc from 'fast-check';
import {
  type Bucket,
  emptied,
  fullBucket,
  takeToken,
  usagePlans,
  waitForToken,
  withRate,
} from '../../domain/quota';

const plan = { ratePerSecond: 0.5, burst: 3 };

/** When a caller that asks before each call makes one, waking at the given times. */
function callTimes(bucket: Bucket, times: readonly number[]): number[] {
  let left = bucket;
  return times.filter((now) => {
    if (waitForToken(left, now) > 0) return false;
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
        const wake = elapsed + waitForToken(bucket, elapsed);
        // A rest of a millisecond comes from floating point.
        expect(waitForToken(bucket, wake)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('lets a burst through and then the rate', () => {
    let bucket = fullBucket(plan, 0);
    for (let call = 0; call < 3; call += 1) {
      expect(waitForToken(bucket, 0)).toBe(0);
      bucket = takeToken(bucket, 0);
    }
    expect(waitForToken(bucket, 0)).toBe(2_000);
    expect(waitForToken(bucket, 500)).toBe(1_500);
    expect(waitForToken(bucket, 2_000)).toBe(0);
  });

  it('waits for its own time to come back after the clock was set back', () => {
    const bucket = emptied(fullBucket(plan, 10_000), 10_000);
    expect(waitForToken(bucket, 4_000)).toBe(8_000);
  });

  it('is empty after a 429, whatever it had counted', () => {
    expect(waitForToken(emptied(fullBucket(plan, 0), 1_000), 1_000)).toBe(2_000);
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
