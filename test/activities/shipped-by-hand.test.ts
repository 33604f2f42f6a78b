import type { Parcel } from '../../domain/parcel';
import { commerceShop, inShop, parcel, twoMugs } from './commerce-shop';

const shop = commerceShop();

async function placedMugs() {
  const order = twoMugs();
  const { entityId, itemIds } = await shop.placed(order);
  const itemId = itemIds[order.lines[0]?.orderItemId ?? ''] ?? 0;
  const ship = (each: Parcel, takenShipmentIds: string[] = []) =>
    shop.run((activities) =>
      activities.shipOrder({ ...inShop, entityId, itemIds, parcel: each, takenShipmentIds }),
    );
  return { order, entityId, itemId, ship };
}

describe('a parcel of which Commerce’s people have shipped units by hand', () => {
  it('takes the shipment that somebody made by hand without a number, where it holds the same', async () => {
    const { order, entityId, itemId, ship } = await placedMugs();
    const byHand = await shop.commerce.ship(entityId, {
      source: 'default',
      lines: [{ itemId, quantity: 1 }],
      comment: 'by hand',
    });
    expect(await ship(parcel(order, 'p1', 1))).toEqual({ shipmentId: byHand });
    // Once only, though another parcel holds the same.
    const { shipmentId } = await ship(parcel(order, 'p2', 1), [byHand]);
    const [{ shipments } = { shipments: [] }] = await shop.booked();
    expect(shipments.map(({ entity_id }) => String(entity_id))).toEqual([byHand, shipmentId]);
  });

  it('takes the shipment that another tool made under the parcel’s number, where it holds the same', async () => {
    const { order, entityId, itemId, ship } = await placedMugs();
    const made = await shop.commerce.ship(entityId, {
      source: 'default',
      lines: [{ itemId, quantity: 1 }],
      track: { number: '1z p-1', carrierCode: 'ups', title: 'UPS' },
      comment: '',
    });
    const numbered = (parcelId: string) => ({ ...parcel(order, parcelId, 1), trackingNumber: '1ZP1' });
    expect(await ship(numbered('p1'))).toEqual({ shipmentId: made, trackingNumber: '1z p-1' });
    // Two boxes can travel under one number.
    const { shipmentId } = await ship(numbered('p2'), [made]);
    const [{ shipments } = { shipments: [] }] = await shop.booked();
    expect(shipments.map(({ entity_id }) => String(entity_id))).toEqual([made, shipmentId]);
  });

  it('takes the shipments that somebody made by hand in other boxes, once all is shipped there', async () => {
    const { order, entityId, itemId, ship } = await placedMugs();
    const shipByHand = () =>
      shop.commerce.ship(entityId, { source: 'default', lines: [{ itemId, quantity: 1 }], comment: '' });
    const whole = parcel(order, 'p1', 2);
    const first = await shipByHand();
    await expect(ship(whole)).rejects.toThrow('2 × MUG-BLUE-350, but 1 are left to ship');
    const second = await shipByHand();
    expect(await ship(whole, [first])).toEqual({ shipmentId: second });
    // These show other parcels, which Amazon has beside this one.
    await expect(ship(whole, [first, second])).rejects.toThrow('0 are left to ship');
    const [{ shipments } = { shipments: [] }] = await shop.booked();
    expect(shipments).toHaveLength(2);
  });

  it.each([
    [
      'has a number, which Amazon has to be told',
      2,
      [{ carrierCode: 'ups', title: 'UPS', number: '1ZHAND' }],
    ],
    ['holds more', 2, []],
  ])('takes no shipment that %s', async (_, quantity, tracks) => {
    const { order, entityId, itemId, ship } = await placedMugs();
    const [track] = tracks;
    await shop.commerce.ship(entityId, {
      source: 'default',
      lines: [{ itemId, quantity }],
      comment: '',
      ...(track && { track }),
    });
    const units = track ? quantity : 1;
    await expect(ship(parcel(order, 'p1', units))).rejects.toThrow('0 are left to ship');
  });
});
