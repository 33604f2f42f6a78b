/** One measured number and what it is allowed to be. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly unit?: string;
  /** Default: 0. */
  readonly digits?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export type Bench = (options: BenchOptions) => Promise<Measurement[]>;

export interface BenchOptions {
  /** How often what varies is measured; the median counts. */
  readonly rounds: number;
  /** Shows how far it is. */
  readonly show: (detail: string) => void;
}

const widths = { what: 78, value: 14, budget: 12 };

/** A title and a line per measurement, for the terminal. */
export function table(title: string, measurements: readonly Measurement[]): string {
  const head = row(title, 'measured', 'budget', '');
  return [head, ...measurements.map(line), ''].join('\n');
}

function line({ what, value, unit = '', digits = 0, atLeast, atMost }: Measurement): string {
  const bound = atLeast ?? atMost;
  const budget = bound === undefined ? '' : `${atLeast === undefined ? '≤' : '≥'} ${bound}`;
  const isMet = value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
  const verdict = bound === undefined ? '' : isMet ? 'met' : 'MISSED';
  return row(`  ${what}`, `${value.toFixed(digits)} ${unit}`.trim(), budget, verdict);
}

const row = (what: string, value: string, budget: string, verdict: string) =>
  [what.padEnd(widths.what), value.padStart(widths.value), budget.padStart(widths.budget), `  ${verdict}`]
    .join('')
    .trimEnd();

/** Of an odd number of values the middle one, of an even number the upper of the two. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The smallest value that is above such a share of the values; of 1 the largest. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}
