import { trackingWarning } from '../../../integrations/amazon/tracking-formats';

describe('a tracking number', () => {
  it.each([
    ['ups', '1Z999AA10000000001'],
    ['ups', '1z 999-AA1 0000000001'],
    ['usps', '9400111899223100000000'],
    ['usps', 'EA123456789US'],
    ['fedex', '123456789012'],
    ['dhl', '1234567890'],
    ['dhl', 'JJD000390007882823459'],
    ['Royal Mail', 'AB123456789GB'],
    ['dpd', '01234567890123'],
    ['pony express', 'whatever 1'],
  ])('of %s may be %s', (carrierCode, trackingNumber) => {
    expect(trackingWarning({ carrierCode, trackingNumber })).toBeUndefined();
  });

  it.each([
    ['ups', '1Z999AA1000000000', 'UPS'],
    ['custom', 'EA123456789US', 'FedEx'],
    ['usps', '12345', 'USPS'],
    ['Royal Mail', '1234', 'Royal Mail'],
  ])('of %s is odd as %s', (carrierCode, trackingNumber, carrier) => {
    const parcel = { carrierCode, trackingNumber, ...(carrierCode === 'custom' && { carrierName: carrier }) };
    expect(trackingWarning(parcel)).toBe(
      `Amazon took parcel ${trackingNumber}, but that does not look like a number of ${carrier}: check it.`,
    );
  });
});
