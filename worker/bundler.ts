import type { BundleOptions } from '@temporalio/worker';

type Hook = NonNullable<BundleOptions['webpackConfigHook']>;
type Rule = NonNullable<NonNullable<Parameters<Hook>[0]['module']>['rules']>[number];

const minify = { compress: false, mangle: false, format: { comments: false } };

/**
 * Leaves comments and blanks out of the workflow code and of the SDK's, which every isolate loads; names stay, and the
 * source map shows the rest.
 */
export const withoutComments: Hook = (config) => ({
  ...config,
  module: { ...config.module, rules: config.module?.rules?.flatMap(compact) ?? [] },
});

/** The SDK's rule for our TypeScript, and the same for JavaScript; its other rules have another shape. */
function compact(rule: Rule): Rule[] {
  if (typeof rule !== 'object' || !rule) return [rule];
  const { use, exclude: _, ...everywhere } = rule;
  if (typeof use !== 'object' || Array.isArray(use)) return [rule];
  const { options } = use;
  if (typeof options !== 'object' || !('jsc' in options) || typeof options.jsc !== 'object') return [rule];
  const { jsc } = options;
  const compacted = (parser: object) => ({
    use: { ...use, options: { ...options, minify: true, jsc: { ...jsc, ...parser, minify } } },
  });
  return [
    { ...rule, ...compacted({}) },
    { ...everywhere, test: /\.js$/, ...compacted({ parser: { syntax: 'ecmascript' } }) },
  ];
}
