import { cleanTracking, trackingObjection } from '../../domain/tracking';

describe('a tracking number', () => {
  it.each([
    ['', 'has no tracking number'],
    [' \u200b\t', 'has no tracking number'],
    ['n/a', 'has words in place of its tracking number'],
    ['tracking follows', 'has words in place of its tracking number'],
    ['https://example.com/track/1Z999', 'has a link in place of its tracking number'],
    ['www.example.com/1Z999', 'has a link in place of its tracking number'],
    ['1'.repeat(51), 'has a tracking number of more than 50 characters'],
  ])('is certainly none where it is %j', (number, objection) => {
    expect(trackingObjection(number)).toMatch(objection);
  });

  it.each(['1Z999AA10000000001', '1z 999-AA1', '0', '00340434161094042557'])('may be %j', (number) => {
    expect(trackingObjection(number)).toBeUndefined();
  });

  it('goes to Amazon without blanks, also those that nobody sees', () => {
    expect(cleanTracking(' 1Z 999\u00a0AA1\ufeff-0\n')).toBe('1Z999AA1-0');
  });
});
