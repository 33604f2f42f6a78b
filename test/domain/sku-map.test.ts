import { describeBlocker } from '../../domain/commerce-order';
import { commerceSku, ownSkuMap, skuObjection, withCommerceSkus } from '../../domain/sku-map';
import { amazonOrder, line } from '../support/orders';

const order = amazonOrder({
  lines: [line({ sku: 'A' }), line({ sku: '__proto__' }), line({ sku: 'toString' })],
});

it('SKUs are mapped as they are spelled, whatever they are', () => {
  const map = JSON.parse('{"A":"B","__proto__":"C","OTHER":"D"}');
  expect(withCommerceSkus(order, map).lines.map(({ sku }) => sku)).toEqual(['B', 'C', 'toString']);
  expect(Object.entries(ownSkuMap(order, map))).toEqual([
    ['A', 'B'],
    ['__proto__', 'C'],
  ]);
  expect(commerceSku({}, 'constructor')).toBe('constructor');
  expect(commerceSku(map, 'a')).toBe('a');
});

it.each([
  ['MUG 1/2', undefined],
  ['', 'A SKU is missing.'],
  [' MUG', 'A SKU has no blanks around it and no control characters.'],
  ['MUG\n1', 'A SKU has no blanks around it and no control characters.'],
  ['x'.repeat(65), 'A SKU has at most 64 characters.'],
])('%j is a SKU or is refused', (sku, objection) => {
  expect(skuObjection(sku)).toBe(objection);
});

it.each([
  ['notInCatalogue', 'SKU A is not in the catalogue'],
  ['disabled', 'SKU A is disabled in the catalogue'],
  ['notSellable', 'SKU A is neither a simple nor a virtual product'],
  ['outOfStock', 'SKU A is out of stock'],
] as const)('%s is told in plain words', (cause, words) => {
  expect(describeBlocker({ sku: 'A', cause })).toBe(words);
});
