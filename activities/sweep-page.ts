import { cancellationSignal } from '@temporalio/activity';
import { type Findings, listed, noFindings } from '../domain/findings';
import { AmazonThrottledError, AmazonTokenExpiredError } from '../integrations/amazon/errors';
import type { AmazonPort, OrderPage } from '../integrations/amazon/port';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import type { ParkedOrder } from '../workflows/intake/contract';
import type { SweepPageInput, SweepPageResult } from './contracts/amazon';
import { deliverPage, type Fate, type OrderFate, type PageTools } from './deliver-page';

export interface SweepTools extends PageTools {
  readonly port: AmazonPort;
}

/** See `AmazonActivities.sweepPage`. */
export async function sweepPage(tools: SweepTools, input: SweepPageInput): Promise<SweepPageResult> {
  const { account: _, window, paginationToken, tellIds = false, skuMap, ...admittance } = input;
  const search = { window, ...(paginationToken !== undefined && { paginationToken }) };
  const page = await tools.port
    .searchOrders(search, { signal: cancellationSignal() })
    .catch((error: unknown) => withoutPage(error));
  if ('kind' in page) return page;
  const asOf = later(admittance.asOf, page.upTo);
  const fates = await deliverPage({ ...tools, skuMap }, page, { ...admittance, asOf });
  return resultOf(tools.hash, page, fates, tellIds);
}

/** What the intake plans by, instead of a page. */
function withoutPage(error: unknown): Exclude<SweepPageResult, { kind: 'page' }> {
  if (error instanceof AmazonTokenExpiredError) return { kind: 'tokenExpired' };
  if (!(error instanceof AmazonThrottledError)) throw error;
  const { ratePerSecond } = error;
  return { kind: 'throttled', ...(ratePerSecond !== undefined && { ratePerSecond }) };
}

const later = (one: string, other = one): string => (Date.parse(other) > Date.parse(one) ? other : one);

function resultOf(
  hash: KeyedHash,
  { orders, unreadable, nextToken, upTo, ratePerSecond }: OrderPage,
  fates: readonly OrderFate[],
  tellIds: boolean,
): SweepPageResult {
  const parked = [...unreadable, ...fates.flatMap(parkedOrder)];
  const ids = [...orders, ...unreadable].flatMap(({ amazonOrderId }) => amazonOrderId ?? []).sort();
  const idsWhere = (isWanted: (fate: Fate) => boolean) =>
    tellIds ? fates.filter(({ fate }) => isWanted(fate)).map(({ amazonOrderId }) => amazonOrderId) : [];
  return {
    kind: 'page',
    digest: ids.length > 0 ? hash(JSON.stringify(ids)) : '',
    findings: findingsOf(fates, orders.length + unreadable.length, parked.length),
    parked,
    settled: idsWhere((fate) => fate.kind !== 'parked' && !isPassedOver(fate)),
    passedOver: idsWhere(isPassedOver),
    ...(nextToken !== undefined && { nextToken }),
    ...(upTo !== undefined && { upTo }),
    ...(ratePerSecond !== undefined && { ratePerSecond }),
  };
}

const isPassedOver = ({ kind }: Fate): boolean => kind === 'ignored' || kind === 'tooOld';

const parkedOrder = ({ amazonOrderId, fate }: OrderFate): ParkedOrder[] =>
  fate.kind === 'parked' ? [{ amazonOrderId, reason: fate.reason }] : [];

function findingsOf(fates: readonly OrderFate[], onPage: number, parked: number): Findings {
  const idsOf = (kind: Fate['kind']) =>
    fates.flatMap(({ amazonOrderId, fate }) => (fate.kind === kind ? [amazonOrderId] : []));
  const started = idsOf('started');
  const restarted = idsOf('restarted');
  const differing = fates.flatMap(({ amazonOrderId, fate }) =>
    fate.kind === 'differing' ? [`${amazonOrderId}: ${fate.reason}`] : [],
  );
  return {
    ...noFindings,
    pages: 1,
    listed: onPage,
    parked,
    delivered: started.length + restarted.length + idsOf('updated').length,
    tooOld: listed(idsOf('tooOld')),
    started: listed(started),
    restarted: listed(restarted),
    differing: listed(differing),
  };
}
