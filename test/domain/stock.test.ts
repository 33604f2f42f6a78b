import fc from 'fast-check';
import {
  describeQuantities,
  hasUnits,
  isShown,
  minus,
  openUnits,
  plus,
  surplus,
  type Units,
} from '../../domain/stock';
import { amazonOrder, line } from '../support/orders';
import { shopStock } from '../support/stock';

const sku = 'MUG-BLUE-350';
const ofLine = (quantityOrdered: number, quantityFulfilled: number, quantityUnfulfilled: number) =>
  amazonOrder({ lines: [line({ quantityOrdered, quantityFulfilled, quantityUnfulfilled })] });

describe('the units that an order needs', () => {
  it('are what is neither fulfilled nor cancelled, summed over the lines of a SKU', () => {
    expect(openUnits(ofLine(5, 1, 3))).toEqual({ [sku]: 3 });
    const lines = [line({ quantityOrdered: 2, quantityUnfulfilled: 2 }), line(), line({ sku: 'POT' })];
    expect(openUnits(amazonOrder({ lines }))).toEqual({ [sku]: 3, POT: 1 });
  });

  it('are none of orders that Amazon fulfils, has shipped or has cancelled', () => {
    expect(openUnits(amazonOrder({ fulfilledBy: 'AMAZON' }))).toEqual({});
    expect(openUnits(amazonOrder({ status: 'SHIPPED' }))).toEqual({});
    expect(openUnits(amazonOrder({ status: 'CANCELLED' }))).toEqual({});
  });
});

it('the surplus is what was moved and cancelled later', () => {
  const stock = { commerce: 'main', shop: shopStock, units: { [sku]: 4 }, fulfilledBefore: { [sku]: 1 } };
  expect(surplus(stock, ofLine(5, 5, 0))).toEqual({});
  expect(surplus(stock, ofLine(5, 3, 0))).toEqual({ [sku]: 2 });
  expect(surplus(stock, ofLine(5, 2, 2))).toEqual({ [sku]: 1 });
});

describe('a transfer', () => {
  const move = { sku, quantity: 2, before: { from: 98, to: 1 } };

  it('is shown by both sources together only', () => {
    expect(isShown({ ...move, after: { from: 96, to: 3 } })).toBe(true);
    for (const after of [move.before, { from: 96, to: 1 }, { from: 95, to: 4 }]) {
      expect(isShown({ ...move, after })).toBe(false);
    }
    expect(isShown(move)).toBe(false);
  });

  it('is told with what was read', () => {
    expect(describeQuantities([{ ...move, after: { from: 96, to: 3 } }])).toBe(
      `${sku}: 98 and 1 before, 96 and 3 after`,
    );
    expect(describeQuantities([move])).toBe(`${sku}: 98 and 1 before, not read after`);
  });
});

it('units add up and go down to nothing, never below', () => {
  const units = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.integer({ min: 1, max: 9 }), {
    noNullPrototype: true,
  });
  const total = (some: Units) => Object.values(some).reduce((sum, quantity) => sum + quantity, 0);
  fc.assert(
    fc.property(units, units, (one, other) => {
      expect(total(plus(one, other))).toBe(total(one) + total(other));
      expect(minus(plus(one, other), other)).toEqual(one);
      expect(hasUnits(minus(one, one))).toBe(false);
      expect(Object.values(minus(one, other)).every((quantity) => quantity > 0)).toBe(true);
    }),
  );
});
