/**
 * What Commerce's database can keep: it cuts strings without a word and turns 4-byte characters (emoji) into
 * question marks, so both are dealt with before. Line breaks and other control characters become blanks.
 */
export function storable(text: string, width: number): string {
  const threeByte = text.normalize('NFC').replace(/[\u{10000}-\u{10FFFF}\p{Cs}]/gu, '');
  return threeByte
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, width)
    .trim();
}

/** Without anything that a person could read. */
export function isBlank(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}
