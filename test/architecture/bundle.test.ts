import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { z } from 'zod';
import { withoutComments } from '../../worker/bundler';

const mostBytes = 750_000;
const inlineMap = /\n\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,(\S+)/;
/** Temporal's own packages and what `@temporalio/common` and `@temporalio/workflow` depend on. */
const temporalNeeds = /^(?:@temporalio\/.+|nexus-rpc|ms|long)$/;

/** The bundle that a worker runs: its code, and the files that it was made of. Fails on a Node builtin. */
async function bundle() {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(__dirname, '..', '..', 'workflows', 'index.ts'),
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: withoutComments,
  });
  const [comment = '', map = ''] = inlineMap.exec(code) ?? [];
  const text = Buffer.from(map, 'base64').toString('utf8');
  const { sources } = z.object({ sources: z.array(z.string()) }).parse(JSON.parse(text));
  return { size: Buffer.byteLength(code) - Buffer.byteLength(comment), sources };
}

describe('the workflow bundle', () => {
  let made: Awaited<ReturnType<typeof bundle>>;

  beforeAll(async () => {
    made = await bundle();
  });

  it('holds our workflows and of packages only what Temporal needs', () => {
    const packages = made.sources.flatMap((source) => {
      const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
      return name === undefined ? [] : [name];
    });
    expect(made.sources.some((source) => source.endsWith('/workflows/order/workflow.ts'))).toBe(true);
    expect(packages.filter((name) => !temporalNeeds.test(name))).toEqual([]);
  });

  it('holds no activity, client or sandbox code', () => {
    const ours = made.sources.filter((source) => !source.includes('/node_modules/'));
    expect(
      ours.filter((source) => /\/(?:activities|client|config|integrations|sandbox)\//.test(source)),
    ).toEqual([]);
  });

  it('is at most 0.75 MB without its source map', () => {
    expect(made.size).toBeLessThanOrEqual(mostBytes);
  });
});
