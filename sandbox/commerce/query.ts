import { isObject, type JsonObject } from './json';

/** Decodes as PHP does: `+` is a space, a broken escape stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function put(target: JsonObject, [name = '', ...rest]: string[], value: string): void {
  const key = name === '' ? String(Object.keys(target).length) : name;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const known = target[key];
  const child = isObject(known) ? known : {};
  target[key] = child;
  put(child, rest, value);
}

/** Query string to nested values, by PHP's rules for brackets. Lists come out as objects with index keys. */
export function parseQuery(query: string): JsonObject {
  const values: JsonObject = {};
  for (const part of query.split('&').filter((piece) => piece !== '')) {
    const [rawName = '', ...rawValue] = part.split('=');
    const name = decode(rawName);
    const path = [name.replace(/\[.*$/s, ''), ...[...name.matchAll(/\[([^\]]*)\]/g)].map((m) => m[1] ?? '')];
    put(values, path, decode(rawValue.join('=')));
  }
  return values;
}
