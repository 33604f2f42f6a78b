/** Amazon does not say how many characters it takes; no carrier's number is longer. */
const longestNumber = 50;

/** As Amazon is told: people type and copy blanks, also invisible ones. */
export const cleanTracking = (trackingNumber: string): string =>
  trackingNumber.replace(/[\s\u200B-\u200D\u2060\uFEFF]+/g, '');

/** Why this is certainly no tracking number, to follow its name in a sentence; undefined where it may be one. */
export function trackingObjection(trackingNumber: string): string | undefined {
  const number = cleanTracking(trackingNumber);
  if (number === '') return 'has no tracking number, and Amazon takes no parcel without one';
  if (/:\/\/|^www\./i.test(number)) return 'has a link in place of its tracking number';
  if (!/\d/.test(number)) return 'has words in place of its tracking number';
  if (number.length > longestNumber)
    return `has a tracking number of more than ${longestNumber} characters, so it may be several numbers`;
  return undefined;
}
