import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '..', '..');

/** The folders of the house; everything else at the top level is tooling. */
const folders = [
  'activities',
  'client',
  'config',
  'domain',
  'integrations',
  'sandbox',
  'scripts',
  'test',
  'worker',
  'workflows',
] as const;
export type Folder = (typeof folders)[number];

export interface Import {
  /** `zod`, or for a file of ours its path from the top, without extension. */
  readonly of: string;
  readonly isOurs: boolean;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the top, with forward slashes: `domain/money.ts`. */
  readonly path: string;
  readonly folder: Folder;
  readonly code: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && statSync(path).isFile());
}

function read(path: string, folder: Folder): SourceFile {
  const text = readFileSync(path, 'utf8');
  const code = withoutComments(text);
  return {
    path: fromTop(path),
    folder,
    code,
    lines: text.split('\n').length - 1,
    imports: importsOf(code).map(({ specifier, typeOnly }) => ({
      of: specifier.startsWith('.') ? fromTop(join(dirname(path), specifier)) : specifier,
      isOurs: specifier.startsWith('.'),
      typeOnly,
    })),
  };
}

const fromTop = (path: string) => relative(root, path).replaceAll('\\', '/');

/** Line comments only where they begin a line, so that an address in a text stays whole. */
const withoutComments = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

/** With `verbatimModuleSyntax` only `import type` disappears; `import { type A }` still loads the module. */
const statement = /^(?:import|export)\s+(type\s+)?(?:[\w*{][^'";=]*?\bfrom\s+)?'([^']+)'/gm;
const call = /\b(?:import|require|require\.resolve)\(\s*'([^']+)'/g;

export function importsOf(code: string): { specifier: string; typeOnly: boolean }[] {
  const statements = [...code.matchAll(statement)].map(([, type, specifier = '']) => ({
    specifier,
    typeOnly: type !== undefined,
  }));
  const calls = [...code.matchAll(call)].map(([, specifier = '']) => ({ specifier, typeOnly: false }));
  return [...statements, ...calls];
}

/** All TypeScript and plain JavaScript modules of ours. */
export const sources: readonly SourceFile[] = folders.flatMap((folder) =>
  filesOf(join(root, folder)).map((path) => read(path, folder)),
);

export const sourcesOf = (...names: readonly Folder[]) =>
  sources.filter(({ folder }) => names.includes(folder));
