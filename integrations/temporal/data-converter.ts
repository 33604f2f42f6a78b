import type { DataConverter } from '@temporalio/common';
import { createEncryptionCodec } from './codec';
import type { KeyRing } from './key-ring';

/** For every client and worker: without it one of them writes buyer data in clear, or reads nothing. */
export function createDataConverter(keyRing: KeyRing): DataConverter {
  return {
    payloadCodecs: [createEncryptionCodec(keyRing)],
    failureConverterPath: require.resolve('./failure-converter'),
  };
}
