import type { AmazonOrder } from '../../../domain/order';
import { orderEmail, personName } from '../../../integrations/commerce/identity';
import { orderAddress } from '../../../integrations/commerce/order-address';
import type { Region } from '../../../integrations/commerce/records';
import { amazonOrder } from '../../support/orders';

const washington: Region = { id: 62, code: 'WA', name: 'Washington' };

describe('people and places', () => {
  const address = (order: AmazonOrder) =>
    orderAddress('shipping', order, personName(order, order.shipTo?.name), [washington]);
  const shippedTo = (shipTo: Partial<AmazonOrder['shipTo']>) =>
    address(
      amazonOrder({
        shipTo: { name: 'Ada Sample', countryCode: 'US', lines: ['1 Sample Street'], ...shipTo },
      }),
    );

  it.each([
    ['Ada Sample', 'Ada', 'Sample'],
    ['Madonna', 'Madonna', '-'],
    ['José Ángel Muñoz Peña', 'José Ángel Muñoz', 'Peña'],
    ['Harriet Montgomery III', 'Harriet', 'Montgomery III'],
    ['  Ada\n Sample 😀 ', 'Ada', 'Sample'],
    ['山田 太郎', '山田', '太郎'],
  ])('%s is %s and %s', (name, firstname, lastname) => {
    expect(shippedTo({ name })).toMatchObject({ firstname, lastname });
  });

  it.each(['WA', 'wa', 'Washington', 'WÁSHINGTON'])('%s is a region that Commerce knows', (stateOrRegion) => {
    expect(shippedTo({ stateOrRegion })).toMatchObject({
      region: 'Washington',
      region_code: 'WA',
      region_id: 62,
    });
  });

  it('keeps a region that Commerce does not know as text', () => {
    expect(shippedTo({ stateOrRegion: 'Elsewhere' })).toMatchObject({ region: 'Elsewhere' });
    expect(shippedTo({ stateOrRegion: 'Elsewhere' })).not.toHaveProperty('region_id');
  });

  it('keeps three lines and what is missing as empty, cut to what Commerce stores', () => {
    const lines = ['c/o Ada 😀', 'x'.repeat(300), 'Apt 5'];
    const found = shippedTo({ lines });
    expect(found).toMatchObject({ city: '-', postcode: '-', telephone: '' });
    expect(found.street[0]).toBe('c/o Ada');
    expect(found.street.join('\n')).toHaveLength(255);
  });

  it('are placeholders of this order alone where Amazon tells nobody', () => {
    const { buyer: _, shipTo: __, ...unknown } = amazonOrder({ status: 'SHIPPED', fulfilledBy: 'AMAZON' });
    expect(address(unknown)).toMatchObject({
      email: `${unknown.amazonOrderId}@amazon.example.com`,
      firstname: 'Amazon',
      lastname: unknown.amazonOrderId,
      street: ['Fulfilled by Amazon'],
      city: '-',
      country_id: 'US',
    });
  });

  it('are a placeholder too where the e-mail is none that Commerce would take', () => {
    const order = amazonOrder({ buyer: { name: 'Ada Sample', email: 'not an address' } });
    expect(orderEmail(order)).toBe(`${order.amazonOrderId}@amazon.example.com`);
  });
});
