import { type SkuMap, skuObjection } from '../../domain/sku-map';
import type { IntakeState, MapSkusRequest, SkuMapChange } from './contract';

/** The whole map goes with every list call. */
const mostEntries = 2_000;

export function validateMapping({ skuMap }: IntakeState, { changes, by }: MapSkusRequest): void {
  if (by.trim() === '') throw new Error('Say who asks for this.');
  if (changes.length === 0) throw new Error('There is no SKU to map.');
  for (const change of changes) refuse(objectionTo(skuMap, change));
  const count = Object.keys(changed(skuMap, changes)).length;
  if (count > mostEntries && count > Object.keys(skuMap).length) {
    throw new Error(`The account keeps at most ${mostEntries} mapped SKUs: forget some first.`);
  }
}

function objectionTo(skuMap: SkuMap, { from, to }: SkuMapChange): string | undefined {
  if (to !== null) return skuObjection(from) ?? skuObjection(to);
  return Object.hasOwn(skuMap, from) ? undefined : `The account has no mapped SKU ${from}.`;
}

function refuse(sentence: string | undefined): void {
  if (sentence !== undefined) throw new Error(sentence);
}

export function mapSkus(state: IntakeState, { changes }: MapSkusRequest): string {
  state.skuMap = changed(state.skuMap, changes);
  const [{ from, to } = { from: '', to: null }, ...others] = changes;
  if (others.length > 0) return `${changes.length} SKUs are mapped for the account’s future orders.`;
  return to === null
    ? `SKU ${from} is mapped no more for the account’s future orders.`
    : `SKU ${from} is ${to} in Commerce for the account’s future orders.`;
}

function changed(skuMap: SkuMap, changes: readonly SkuMapChange[]): SkuMap {
  const named = new Set(changes.map(({ from }) => from));
  const kept = Object.entries(skuMap).filter(([from]) => !named.has(from));
  return Object.fromEntries([
    ...kept,
    ...changes.flatMap(({ from, to }) => (to === null ? [] : [[from, to] as const])),
  ]);
}

/** For the activities that deliver orders. */
export const skuMapInput = ({ skuMap }: IntakeState): { skuMap?: SkuMap } =>
  Object.keys(skuMap).length > 0 ? { skuMap } : {};
