import { bundleWorkflowCode } from '@temporalio/worker';
import { withoutComments } from '../../worker/bundler';
import { channelWorkflows } from './ground';
import type { Measurement } from './report';

const silent = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
const inlineMap = /\n\/\/# sourceMappingURL=data:\S+/;

/** What each worker loads, and each open order evaluates. */
export async function benchBundle(): Promise<Measurement[]> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: channelWorkflows,
    logger: silent,
    webpackConfigHook: withoutComments,
  });
  const bare = code.replace(inlineMap, '');
  const zodModules = bare.match(/node_modules\/zod\//g)?.length ?? 0;
  return [
    {
      what: 'workflow bundle without source map',
      value: Buffer.byteLength(bare) / 1e6,
      unit: 'MB',
      digits: 2,
      atMost: 0.75,
    },
    { what: 'mentions of a zod module in it', value: zodModules, atMost: 0 },
  ];
}
