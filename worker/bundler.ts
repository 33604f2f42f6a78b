import type { BundleOptions } from '@temporalio/worker';

type Hook = NonNullable<BundleOptions['webpackConfigHook']>;
type Rule = NonNullable<NonNullable<Parameters<Hook>[0]['module']>['rules']>[number];

const minify = { compress: false, mangle: false, format: { comments: false } };

/**
 * Leaves comments and blanks out of the workflow code, which every isolate loads; names stay, and the source map
 * shows the rest.
 */
export const withoutComments: Hook = (config) => ({
  ...config,
  module: { ...config.module, rules: config.module?.rules?.map(compact) ?? [] },
});

/** The SDK's rule for our TypeScript; its rules for JavaScript have another shape. */
function compact(rule: Rule): Rule {
  if (typeof rule !== 'object' || !rule?.use || typeof rule.use !== 'object' || Array.isArray(rule.use))
    return rule;
  const { options } = rule.use;
  if (typeof options !== 'object' || !('jsc' in options) || typeof options.jsc !== 'object') return rule;
  return {
    ...rule,
    use: { ...rule.use, options: { ...options, minify: true, jsc: { ...options.jsc, minify } } },
  };
}
