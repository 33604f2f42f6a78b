/** Makes a branch over a closed set exhaustive: a forgotten case does not compile. */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected value ${JSON.stringify(value)}`);
}
