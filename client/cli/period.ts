import { CliError } from './errors';

const dayMs = 24 * 3_600_000;
/** Amazon keeps orders for two years. */
const mostYearsBack = 2;

export interface Period {
  readonly from: string;
  readonly to: string;
}

/**
 * Two dates or instants as a range of instants; a plain date is the whole day in UTC, today's ends now.
 *
 * @throws CliError for what is no date, in the future, more than two years ago, or the wrong way round.
 */
export function periodOf(options: Period, now: Date): Period {
  const from = momentOf('--from', options.from, now).begin;
  const to = momentOf('--to', options.to, now).end;
  if (from >= to) throw new CliError('--from must be before --to.');
  return { from: iso(from), to: iso(to) };
}

/** The begin of a date, or an instant. @throws CliError as {@link periodOf} does. */
export const beginOf = (option: string, text: string, now: Date): string =>
  iso(momentOf(option, text, now).begin);

/** Epoch milliseconds; begin and end of an instant are the same. */
function momentOf(option: string, text: string, now: Date): { begin: number; end: number } {
  const begin = parse(option, text);
  if (begin > now.getTime()) throw new CliError(`${option} is in the future.`);
  const earliest = new Date(now);
  earliest.setUTCFullYear(now.getUTCFullYear() - mostYearsBack);
  if (begin < earliest.getTime()) {
    throw new CliError(
      `${option} is more than ${mostYearsBack} years ago, and Amazon keeps orders no longer.`,
    );
  }
  return { begin, end: datePattern.test(text) ? Math.min(begin + dayMs, now.getTime()) : begin };
}

const datePattern = /^\d{4}-\d\d-\d\d$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function parse(option: string, text: string): number {
  const time = datePattern.test(text) || instantPattern.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time) && isInCalendar(text.slice(0, 10))) return time;
  throw new CliError(
    `${option} is a date like 2026-10-01 or an instant like 2026-10-01T14:05:00Z, not "${text}".`,
  );
}

/** JavaScript takes 30 February for 2 March. */
const isInCalendar = (date: string): boolean => iso(Date.parse(date)).startsWith(date);

const iso = (at: number): string => new Date(at).toISOString();
