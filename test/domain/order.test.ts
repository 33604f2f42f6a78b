import {
  amazonOrderIdPattern,
  amazonOrderStatuses,
  isCancelled,
  isFinal,
  isVerified,
  quantityToShip,
} from '../../domain/order';
import { aLine, anOrder } from './orders';

const statusesWhere = (holds: typeof isFinal) =>
  amazonOrderStatuses.filter((status) => holds(anOrder({ status })));

describe('an Amazon order', () => {
  it('is verified from Unshipped on, unless it is cancelled', () => {
    expect(statusesWhere(isVerified)).toEqual(['UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED']);
    expect(statusesWhere(isCancelled)).toEqual(['CANCELLED']);
  });

  it('is final once it is shipped or cancelled', () => {
    expect(statusesWhere(isFinal)).toEqual(['SHIPPED', 'CANCELLED']);
  });

  it.each([
    [{ quantityOrdered: 3, quantityFulfilled: 0, quantityUnfulfilled: 3 }, 3],
    [{ quantityOrdered: 3, quantityFulfilled: 2, quantityUnfulfilled: 1 }, 3],
    [{ quantityOrdered: 3, quantityFulfilled: 2, quantityUnfulfilled: 0 }, 2],
    [{ quantityOrdered: 3, quantityFulfilled: 0, quantityUnfulfilled: 0 }, 0],
    [{ quantityOrdered: 1, quantityFulfilled: 1, quantityUnfulfilled: 1 }, 1],
  ])('line of %j has %i units that are not cancelled', (quantities, units) => {
    expect(quantityToShip(aLine(quantities))).toBe(units);
  });

  it.each([
    ['113-1234567-1234567', true],
    ['113-1234567-123456', false],
    ['S01-1234567-1234567', false],
    ['113-1234567-1234567\n', false],
  ])('id %j is read: %s', (id, read) => {
    expect(amazonOrderIdPattern.test(id)).toBe(read);
  });
});
