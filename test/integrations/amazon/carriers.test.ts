import { amazonCarrier, shippingMethod } from '../../../integrations/amazon/carriers';

describe('Amazon’s code of a carrier', () => {
  it.each([
    ['ups', undefined, 'UPS'],
    ['usps', 'United States Postal Service', 'USPS'],
    ['fedex', 'Federal Express', 'FedEx'],
    ['dhl', undefined, 'DHL'],
    ['custom', 'U.S. Postal Service', 'USPS'],
    ['custom', 'UPS Ground', 'UPS'],
    ['custom', 'DHL eCommerce Packet Plus', 'DHL eCommerce'],
    ['custom', 'Royal Mail', 'Royal Mail'],
    ['FEDEX', undefined, 'FedEx'],
    ['DPD-DE', undefined, 'DPD'],
  ])('of %s (%s) is %s', (carrierCode, carrierName, expected) => {
    const carrier = { carrierCode, ...(carrierName !== undefined && { carrierName }) };
    expect(amazonCarrier(carrier)).toEqual({ carrierCode: expected });
  });

  it.each([
    ['custom', 'Bike Courier', 'Bike Courier'],
    ['pony', undefined, 'pony'],
    ['custom', 'Groups & Sons', 'Groups & Sons'],
    ['custom', undefined, 'Unknown carrier'],
    ['', ' ', 'Unknown carrier'],
  ])('of %s (%s) is Other, by the name of %s', (carrierCode, carrierName, name) => {
    const carrier = { carrierCode, ...(carrierName !== undefined && { carrierName }) };
    expect(amazonCarrier(carrier)).toEqual({ carrierCode: 'Other', carrierName: name });
  });
});

describe('the service of a shipment', () => {
  it.each([
    ['UPS Ground', 'Ground'],
    ['DHL eCommerce Packet Plus', 'Packet Plus'],
    ['Royal Mail – Tracked 24', 'Tracked 24'],
    ['United Parcel Service', undefined],
    ['DPD-DE', undefined],
    ['Bike Courier', undefined],
  ])('in the title %s is %s', (carrierName, method) => {
    expect(shippingMethod({ carrierName })).toBe(method);
  });

  it('is what the source calls it, where it does', () => {
    expect(shippingMethod({ carrierName: 'UPS Ground', service: ' Next Day ' })).toBe('Next Day');
    expect(shippingMethod({ carrierName: 'UPS Ground', service: ' ' })).toBe('Ground');
  });
});
