import { marketplaceCountry } from '../../domain/marketplaces';
import type { Check } from '../account-checks';
import type { AccountRow } from '../accounts';
import { isSilent } from '../intake-status';
import { describeInstant, localTimeZone } from '../words';
import { type Column, table } from './table';

/** One account for programs. */
export function accountFacts({ settings, intake, writing }: AccountRow) {
  const { name, sellerId, region, mode, importSince, marketplaces } = settings;
  return {
    name,
    sellerId,
    region,
    mode,
    importSince,
    marketplaces: marketplaces.map(({ id }) => id),
    writes: writing.kind === 'on',
    ...(writing.kind !== 'on' && { writesOff: writing.sentence }),
    intake: isSilent(intake)
      ? { answers: false, problem: intake.silence }
      : { answers: true, parked: intake.parkedCount, lastSweepAt: intake.lastSweepAt },
  };
}

const instant = (at: string | undefined) => describeInstant(at, localTimeZone());

const accountColumns: readonly Column<AccountRow>[] = [
  { title: 'ACCOUNT', value: ({ settings }) => settings.name },
  { title: 'SELLER', value: ({ settings }) => settings.sellerId },
  { title: 'REGION', value: ({ settings }) => settings.region },
  { title: 'MODE', value: ({ settings }) => settings.mode },
  {
    title: 'MARKETPLACES',
    value: ({ settings }) => settings.marketplaces.map(({ id }) => marketplaceCountry(id) ?? id).join(', '),
  },
  { title: 'IMPORT SINCE', value: ({ settings }) => instant(settings.importSince) },
  { title: 'INTAKE', value: ({ intake }) => (isSilent(intake) ? 'no answer' : 'runs') },
  {
    title: 'LAST SWEEP',
    value: ({ intake }) => (isSilent(intake) ? '' : instant(intake.lastSweepAt) || 'none yet'),
  },
  {
    title: 'PARKED',
    value: ({ intake }) => (isSilent(intake) ? '' : String(intake.parkedCount)),
    align: 'right',
  },
  { title: 'NOTE', value: noteOf },
];

function noteOf({ intake, writing }: AccountRow): string {
  const silence = isSilent(intake) ? intake.silence : '';
  if (writing.kind === 'unknown') return silence || writing.sentence;
  return writing.kind === 'off' ? `${writing.sentence} ${silence}`.trim() : silence;
}

export const describeAccounts = (rows: readonly AccountRow[]): string => table(accountColumns, rows);

const checkColumns: readonly Column<Check>[] = [
  { title: 'ACCOUNT', value: ({ account }) => account },
  { title: 'CHECK', value: ({ subject }) => subject },
  { title: 'RESULT', value: ({ ok }) => (ok ? 'ok' : 'problem') },
  { title: '', value: ({ sentence }) => sentence },
];

export const describeChecks = (checks: readonly Check[]): string => table(checkColumns, checks);
