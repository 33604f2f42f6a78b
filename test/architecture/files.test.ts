import { type SourceFile, sources } from './sources';

const product = sources.filter(({ folder }) => folder !== 'test');

const pathsWhere = (files: readonly SourceFile[], holds: (file: SourceFile) => boolean) =>
  files.filter(holds).map(({ path }) => path);

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

describe('files', () => {
  it('are at most 250 lines long', () => {
    expect(pathsWhere(sources, ({ lines }) => lines > 250)).toEqual([]);
  });

  it('have a median of at most 100 lines', () => {
    expect(median(product.map(({ lines }) => lines))).toBeLessThanOrEqual(100);
  });

  it('read the environment in config, scripts, tests and the sandbox program only', () => {
    const mayRead = /^(?:config|scripts|test)\/|^sandbox\/main\.ts$/;
    const reads = /\bprocess\.env\b|\benv\b[^;]*\bfrom 'node:process'/;
    expect(pathsWhere(sources, ({ path, code }) => !mayRead.test(path) && reads.test(code))).toEqual([]);
  });

  it('re-export nothing, but for the index files that the design names', () => {
    const index = /^(?:workflows|activities|sandbox\/\w+)\/index\.ts$/;
    const reExports = /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s+)?from\b/m;
    expect(pathsWhere(sources, ({ path, code }) => !index.test(path) && reExports.test(code))).toEqual([]);
  });

  it('have no way around the types and the linter', () => {
    // Split, because this file is among those that are read.
    const escapes = new RegExp(['as unknown ' + 'as', '@ts-' + '(?:ignore|expect-error|nocheck)'].join('|'));
    expect(pathsWhere(sources, ({ code }) => escapes.test(code))).toEqual([]);
  });
});
