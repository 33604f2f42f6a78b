import { type Folder, type Import, importsOf, type SourceFile, sources, sourcesOf } from './sources';

/** What a folder may import of ours beside itself; `types` only by `import type`. Design: section "Folders". */
interface Rule {
  readonly may: RegExp;
  readonly types?: RegExp;
}

const contracts = String.raw`workflows/\w+/contract$|workflows/(?:search-attributes|task-queues)$`;
const rule = (may: string, types?: string): Rule => ({
  may: new RegExp(`^(?:${may})`),
  ...(types !== undefined && { types: new RegExp(`^(?:${types})`) }),
});

const rules: Readonly<Record<Exclude<Folder, 'test'>, Rule>> = {
  domain: rule('domain/'),
  integrations: rule('integrations/|domain/', 'config/config$'),
  config: rule('config/|domain/|integrations/|workflows/task-queues$', contracts),
  activities: rule(`activities/|integrations/|domain/|${contracts}`, 'config/config$'),
  workflows: rule('workflows/|domain/', 'activities/'),
  client: rule(`client/|integrations/|domain/|config/|${contracts}`),
  worker: rule('worker/|activities/|workflows/|integrations/|domain/|config/'),
  sandbox: rule('sandbox/'),
  scripts: rule('(?!test/)'),
};

const workflowPackages = /^@temporalio\/(workflow|common)$/;

const described = ({ path }: SourceFile, { of, typeOnly }: Import) =>
  `${path} imports ${typeOnly ? 'the types of ' : ''}${of}`;

function offences(files: readonly SourceFile[], isAllowed: (one: Import, file: SourceFile) => boolean) {
  return files.flatMap((file) =>
    file.imports.filter((one) => !isAllowed(one, file)).map((one) => described(file, one)),
  );
}

const mayImport = ({ may, types }: Rule, { of, typeOnly }: Import) =>
  may.test(of) || (typeOnly && types?.test(of) === true);

describe('imports', () => {
  it.each(Object.entries(rules))('of %s go in one direction', (folder, allowed) => {
    const files = sources.filter((file) => file.folder === folder);
    expect(offences(files, (one) => !one.isOurs || mayImport(allowed, one))).toEqual([]);
  });

  it('of a contract are the domain and other contracts, since clients load it without the workflow', () => {
    const files = sourcesOf('workflows').filter(({ path }) => path.endsWith('/contract.ts'));
    expect(files.length).toBeGreaterThan(2);
    const allowed = rule(`domain/|${contracts}`);
    expect(offences(files, (one) => !one.isOurs || mayImport(allowed, one))).toEqual([]);
  });

  it('of the domain are its own files: no package, no Node, no Temporal', () => {
    expect(offences(sourcesOf('domain'), ({ isOurs }) => isOurs)).toEqual([]);
  });

  it('of workflows are deterministic: no zod, no Node, nothing of Temporal that is not for workflows', () => {
    const isAllowed = ({ of, isOurs }: Import) => isOurs || workflowPackages.test(of);
    expect(offences(sourcesOf('workflows'), isAllowed)).toEqual([]);
  });

  it('of zod stay at the edge', () => {
    const files = sourcesOf('activities', 'worker');
    expect(offences(files, ({ of }) => !of.startsWith('zod'))).toEqual([]);
  });

  it('have no extension and end at no folder, but for index files that the design names', () => {
    const index = /^(?:workflows|activities|sandbox\/\w+)\/index$/;
    const files = sources.filter(({ path }) => !path.endsWith('.mjs'));
    const isPlain = ({ of, isOurs }: Import) => !isOurs || !/\.tsx?$/.test(of);
    const isNoBarrel = ({ of, isOurs }: Import) => !isOurs || !of.endsWith('/index') || index.test(of);
    expect(offences(files, (one) => isPlain(one) && isNoBarrel(one))).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it.each([
    ["import { a } from './a';", './a', false],
    ["import type { A } from './a';", './a', true],
    ["import { type A } from './a';", './a', false],
    ["import {\n  a,\n  type B,\n} from '../b';", '../b', false],
    ["import a, * as all from 'a';", 'a', false],
    ["import './effect';", './effect', false],
    ["export { a } from './a';", './a', false],
    ["export type { A } from './a';", './a', true],
    ["export * from './a';", './a', false],
    ["const a = await import('./a');", './a', false],
    ["require.resolve('./a')", './a', false],
  ])('finds %j', (code, specifier, typeOnly) => {
    expect(importsOf(code)).toEqual([{ specifier, typeOnly }]);
  });

  it.each(["export const from = 'a';", "export type A = 'a';", "const text = `from 'a'`;"])(
    'finds none in %j',
    (code) => {
      expect(importsOf(code)).toEqual([]);
    },
  );
});
