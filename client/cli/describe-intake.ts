import type { Report } from '../../domain/lanes';
import { type IntakeStatus, type IntakeView, isSilent } from '../intake-status';
import {
  describeReport,
  describeState,
  type Fact,
  intakeFacts,
  reportLists,
  titledReports,
} from '../intake-words';
import { localTimeZone } from '../words';
import { plain, table } from './table';

export interface ParkedRow {
  readonly account: string;
  readonly amazonOrderId?: string;
  readonly reason: string;
}

export const describeIntakes = (statuses: readonly IntakeStatus[]): string =>
  statuses.map((status) => linesOf(status).map(plain).join('\n')).join('\n\n');

function linesOf(status: IntakeStatus): string[] {
  if (isSilent(status)) return [status.silence];
  const state: Fact = ['State', describeState(status, localTimeZone())];
  const facts = [state, ...intakeFacts(status, localTimeZone())];
  return [
    `Account ${status.account}`,
    ...facts.map(([name, value]) => `  ${name.padEnd(22)}${value}`),
    ...reportLines(status),
  ];
}

function reportLines(view: IntakeView): string[] {
  const known = titledReports(view).map(
    ({ title, report }) => `    ${title.padEnd(20)}${describeReport(report, localTimeZone())}`,
  );
  return known.length === 0 ? [] : ['  Last reports', ...known];
}

/** A report with the first ids of what it found. */
export function describeWholeReport(report: Report): string {
  const lists = reportLists(report).flatMap(({ title, count, first }) => [
    `${title}: ${count}${count > first.length ? `, the first ${first.length} of them` : ''}`,
    ...first.map((entry) => `  ${entry}`),
  ]);
  return [describeReport(report, localTimeZone()), ...lists].map(plain).join('\n');
}

/** `more`: those that found no room in the intake's list. */
export function describeParkedOrders(rows: readonly ParkedRow[], more: number): string {
  if (rows.length === 0 && more === 0) return 'Nothing is parked.';
  const columns = [
    { title: 'ACCOUNT', value: ({ account }: ParkedRow) => account },
    { title: 'AMAZON ORDER', value: ({ amazonOrderId }: ParkedRow) => amazonOrderId ?? '(no id)' },
    { title: 'REASON', value: ({ reason }: ParkedRow) => reason },
  ];
  return [table(columns, rows), ...(more > 0 ? [`${more} more are parked.`] : [])].join('\n');
}
