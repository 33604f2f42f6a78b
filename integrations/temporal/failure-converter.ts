import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts messages and stack traces of failures into a payload, which the codec encrypts: they can quote an
 * order. Loaded by its path, also inside the workflow sandbox, so it may import `@temporalio/common` only.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
