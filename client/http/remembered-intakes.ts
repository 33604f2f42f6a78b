import type { IntakeStatus } from '../intake-status';
import type { Intakes } from '../intakes';

export interface Memory {
  /** So long an answer is given again. */
  readonly freshMs?: number;
  /** So long an older one is given while the intakes are asked anew. */
  readonly usableMs?: number;
}

/**
 * Asks the intakes every few seconds at most, however many pages are open, and lets a page wait for them only where
 * nothing recent is known. What is done by a button is seen at once.
 */
export function rememberingIntakes(
  intakes: Intakes,
  { freshMs = 2_000, usableMs = 30_000 }: Memory = {},
): Intakes {
  let last: { readonly statuses: IntakeStatus[]; readonly at: number } | undefined;
  let asking: Promise<IntakeStatus[]> | undefined;
  const ask = (): Promise<IntakeStatus[]> => {
    const asked = intakes.status().then((statuses) => {
      if (asking === asked) {
        last = { statuses, at: performance.now() };
        asking = undefined;
      }
      return statuses;
    });
    return asked;
  };
  const forgetting = async <Result>(act: Promise<Result>): Promise<Result> => {
    try {
      return await act;
    } finally {
      last = undefined;
      asking = undefined;
    }
  };
  return {
    status: async () => {
      const ageMs = last ? performance.now() - last.at : Number.POSITIVE_INFINITY;
      if (last && ageMs < freshMs) return last.statuses;
      asking ??= ask();
      return last && ageMs < usableMs ? last.statuses : asking;
    },
    pull: (...request) => forgetting(intakes.pull(...request)),
    backfill: (...request) => forgetting(intakes.backfill(...request)),
    reconcile: (...request) => forgetting(intakes.reconcile(...request)),
    mapSkus: (...request) => forgetting(intakes.mapSkus(...request)),
  };
}
