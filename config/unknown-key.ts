import { type JsonSchema, settingsJsonSchema } from './json-schema';

/** What to do about a key that is no setting, to complete a sentence that begins with its path. */
export function adviseOnKey(parent: readonly PropertyKey[], key: string): string {
  if (/secret|token|password|credential|consumerkey|apikey|clientid/i.test(key))
    return 'is not a setting: secrets come from the environment and never stand here';
  const meant = nearest(key, keysAt(parent));
  return meant === undefined
    ? 'is not a setting: remove it, or look up its name in docs/settings.md'
    : `is not a setting: write ${meant} if that is meant`;
}

/** The settings of a group. */
function keysAt(path: readonly PropertyKey[]): string[] {
  const group = path.reduce<JsonSchema | undefined>(
    (schema, key) => (typeof key === 'number' ? schema?.items : schema?.properties?.[String(key)]),
    settingsJsonSchema(),
  );
  const shapes = [group, ...(group?.anyOf ?? [])];
  return shapes.flatMap((shape) => Object.keys(shape?.properties ?? {}));
}

/** A name that was meant in all likelihood: one letter in three may be wrong. */
function nearest(word: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const [best] = names
    .map((name) => ({ name, away: distance(plain(word), plain(name)) }))
    .sort((one, other) => one.away - other.away);
  return best && best.away <= word.length / 3 ? best.name : undefined;
}

/** Levenshtein: letters to put in, take out or exchange. */
function distance(from: string, to: string): number {
  let line = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const next = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const exchanged = (line[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(exchanged, (line[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    line = next;
  }
  return line[to.length] ?? 0;
}
