import { usagePlans } from '../../domain/quota';

export type MeteredOperation = keyof typeof usagePlans;

/** Amazon's live quota per operation. It is told on some answers only, and never with a 429. */
export interface LiveRates {
  /** Takes over what an answer's `x-amzn-RateLimit-Limit` says, if it came and is a number. */
  learn(operation: MeteredOperation, header: string | undefined): void;
  /** Calls per second as told last. */
  told(operation: MeteredOperation): number | undefined;
  /** Milliseconds until one call more is allowed after a 429: by the live rate, else by the usage plan. */
  retryAfterMs(operation: MeteredOperation): number;
}

/** @param onTold hears of each rate that is told */
export function createLiveRates(
  onTold: (operation: MeteredOperation, perSecond: number) => void = () => {},
): LiveRates {
  const rates = new Map<MeteredOperation, number>();
  return {
    learn: (operation, header) => {
      const rate = Number(header);
      if (header === undefined || !Number.isFinite(rate) || rate <= 0) return;
      rates.set(operation, rate);
      onTold(operation, rate);
    },
    told: (operation) => rates.get(operation),
    retryAfterMs: (operation) =>
      Math.ceil(1000 / (rates.get(operation) ?? usagePlans[operation].ratePerSecond)),
  };
}
