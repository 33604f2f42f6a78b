import { isObject, type Json, type JsonObject } from './json';

interface Selection {
  [name: string]: Selection | true;
}

/** `items[id,sku],total_count` as a tree; `undefined` if the brackets do not match. */
function parseSelection(text: string): Selection | undefined {
  const root: Selection = {};
  const open: Selection[] = [root];
  for (const [, name, mark] of text.matchAll(/([^,[\]]*)([,[\]]|$)/g)) {
    const current = open.at(-1);
    if (!current) return undefined;
    if (name) current[name] = true;
    if (mark === '[' && name) {
      const child: Selection = {};
      current[name] = child;
      open.push(child);
    }
    if (mark === ']') open.pop();
  }
  return open.length === 1 ? root : undefined;
}

function pick(value: Json, selection: Selection): Json {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((entry) => pick(entry, selection));
  if (!isObject(value)) return value;
  const picked: JsonObject = {};
  for (const [name, entry] of Object.entries(value)) {
    const wanted = selection[name];
    if (wanted) picked[name] = wanted === true ? entry : pick(entry, wanted);
  }
  return picked;
}

/**
 * What `fields=` leaves of an answer. As in Magento, a list that is empty becomes null where something is
 * selected from its entries, and an answer of which nothing is left is `[]`.
 */
export function selectFields(answer: Json, fields: string): Json {
  const selection = parseSelection(fields);
  if (!selection || (!isObject(answer) && !Array.isArray(answer))) return selection ? answer : [];
  const picked = pick(answer, selection);
  return isObject(picked) && Object.keys(picked).length === 0 ? [] : picked;
}
