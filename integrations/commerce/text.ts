const fourByte = /[\u{10000}-\u{10FFFF}]|\p{Cs}/u;
/** With what joins them to one another: left alone, that would be an invisible name. */
const joined = /(?:[\u{10000}-\u{10FFFF}]|\p{Cs}|\p{Variation_Selector}|\u200D)+/gu;
/** The sign that Japanese printers set for a character that they have not. */
const geta = '〓';

/**
 * What Commerce's database can keep: it cuts strings without a word and turns 4-byte characters into question
 * marks, so both are dealt with before: emoji go, letters without a plain form leave a visible gap. Line breaks
 * and other control characters become blanks.
 */
export function storable(text: string, width: number): string {
  return text
    .normalize('NFC')
    .replace(/(?=[\u{10000}-\u{10FFFF}])\p{L}/gu, plainLetter)
    .replace(joined, (signs) => (fourByte.test(signs) ? '' : signs))
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, width)
    .trim();
}

/** "𝓐" to "A" */
function plainLetter(letter: string): string {
  const plain = letter.normalize('NFKC');
  return fourByte.test(plain) ? geta : plain;
}

/** Without anything that a person could read. */
export function isBlank(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}
