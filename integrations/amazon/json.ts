/** Undefined where `text` is no JSON. The parser's own error would quote the text, so it is not passed on. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
