import { cancelledUnits, explainTotal } from '../../domain/cancelled-units';
import { amazonOrder, line } from '../support/orders';

const mugs = line({ orderItemId: 'mugs', quantityOrdered: 2, quantityUnfulfilled: 2, totalMinor: 2_000 });
const pot = line({ orderItemId: 'pot', sku: 'POT-RED', totalMinor: 500 });
const before = amazonOrder({ lines: [mugs, pot], totalMinor: 2_500 });

describe('units that Amazon has cancelled', () => {
  it('are those of a line that is neither fulfilled nor open any more', () => {
    const after = { ...before, lines: [{ ...mugs, quantityUnfulfilled: 1 }, pot] };
    expect(cancelledUnits(before, after)).toEqual([{ sku: 'MUG-BLUE-350', quantity: 1 }]);
  });

  it('are all of a line that is not shown any more', () => {
    expect(cancelledUnits(before, { ...before, lines: [mugs] })).toEqual([{ sku: 'POT-RED', quantity: 1 }]);
  });

  it('are none where units have left', () => {
    const after = { ...before, lines: [{ ...mugs, quantityFulfilled: 1, quantityUnfulfilled: 1 }, pot] };
    expect(cancelledUnits(before, after)).toEqual([]);
  });
});

describe('a total that has changed', () => {
  const less = { ...pot, quantityUnfulfilled: 0, totalMinor: 0 };

  it('is explained by the lines with cancelled units', () => {
    expect(explainTotal(before, { ...before, lines: [mugs, less], totalMinor: 2_000 })).toBe(true);
  });

  it('is not where another line costs something else', () => {
    const dearer = { ...mugs, totalMinor: 2_100 };
    expect(explainTotal(before, { ...before, lines: [dearer, less], totalMinor: 2_100 })).toBe(false);
  });

  it('is not where it changed by another amount', () => {
    expect(explainTotal(before, { ...before, lines: [mugs, less], totalMinor: 1_900 })).toBe(false);
  });
});
