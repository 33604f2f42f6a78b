import { createHash } from 'node:crypto';

/** Choices that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** True in about `share` (0 to 1) of the calls. */
  chance(share: number): boolean;
  /** One of `values`, which must not be empty. */
  pick<T>(values: readonly T[]): T;
  /** `values` in another order; the argument is left alone. */
  shuffled<T>(values: readonly T[]): T[];
  /** `length` decimal digits, the first one not 0. */
  digits(length: number): string;
}

/** The n-th number is taken from SHA-256 of seed and n, so that no state has to be kept but the count. */
export function createRandom(seed: string): Random {
  let drawn = 0;
  const fraction = () => {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest().readUInt32BE(0) / 2 ** 32;
  };
  const int = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1));
  const pick = <T>(values: readonly T[]): T => {
    const picked = values[int(0, values.length - 1)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };

  return {
    int,
    pick,
    chance: (share) => fraction() < share,
    shuffled: (values) =>
      values
        .map((value) => ({ value, rank: fraction() }))
        .sort((one, other) => one.rank - other.rank)
        .map(({ value }) => value),
    digits: (length) => `${int(1, 9)}${Array.from({ length: length - 1 }, () => int(0, 9)).join('')}`,
  };
}
