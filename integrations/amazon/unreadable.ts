/** An order, or a field of it, that the channel cannot map. The message names the field, quotes no buyer. */
export class UnreadableField extends Error {
  override readonly name = 'UnreadableField';

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
  }
}

/** Without the keys that are undefined: domain objects do not have them at all. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };
