import type { AccountConfig } from '../../config/config';
import { intakeTimings } from './intake-timings';
import { orderPolicy } from './orders';

type Access = Pick<AccountConfig, 'endpoint' | 'tokenEndpoint' | 'credentials'>;

/** An account with one marketplace, whose intake does nothing by itself for a long while. */
export const accountConfig = (
  name: string,
  access: Access,
  changes: Partial<AccountConfig> = {},
): AccountConfig => ({
  ...access,
  name,
  sellerId: 'A1SANDBOXSELLER',
  region: 'na',
  mode: 'live',
  importSince: '2026-10-01T00:00:00.000Z',
  intake: intakeTimings(),
  staleAfterMs: 1_800_000,
  pace: {},
  marketplaces: [{ id: 'ATVPDKIKX0DER', policy: orderPolicy({}) }],
  ...changes,
});
