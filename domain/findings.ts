/** What the pages of a sweep brought. */
export interface Findings {
  readonly pages: number;
  readonly listed: number;
  /** Signals that were sent because an order was new or had changed. */
  readonly delivered: number;
  readonly parked: number;
  /** Amazon finished them so long ago that they are not started any more. */
  readonly tooOld: Listed;
  readonly started: Listed;
  /** Their workflows had been ended by hand. */
  readonly restarted: Listed;
  /** Order id and what it differs in, for the operator, without personal data. */
  readonly differing: Listed;
}

/** How many, and the first of them. */
export interface Listed {
  readonly count: number;
  readonly first: readonly string[];
}

/** As much as a person looks through; what is more only counts. */
const mostListed = 50;

const nothing: Listed = { count: 0, first: [] };

export const noFindings: Findings = {
  pages: 0,
  listed: 0,
  delivered: 0,
  parked: 0,
  tooOld: nothing,
  started: nothing,
  restarted: nothing,
  differing: nothing,
};

export const listed = (entries: readonly string[]): Listed => ({
  count: entries.length,
  first: entries.slice(0, mostListed),
});

export function sum(one: Findings, other: Findings): Findings {
  return {
    pages: one.pages + other.pages,
    listed: one.listed + other.listed,
    delivered: one.delivered + other.delivered,
    parked: one.parked + other.parked,
    tooOld: together(one.tooOld, other.tooOld),
    started: together(one.started, other.started),
    restarted: together(one.restarted, other.restarted),
    differing: together(one.differing, other.differing),
  };
}

const together = (one: Listed, other: Listed): Listed => ({
  count: one.count + other.count,
  first: [...one.first, ...other.first].slice(0, mostListed),
});
