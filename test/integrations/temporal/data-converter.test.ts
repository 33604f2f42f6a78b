import { ApplicationFailure } from '@temporalio/common';
import {
  decodeFromPayloadsAtIndex,
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
  encodeToPayloads,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow';
import { createDataConverter } from '../../../integrations/temporal/data-converter';
import { createKeyRing } from '../../../integrations/temporal/key-ring';

const converter = loadDataConverter(createDataConverter(createKeyRing()));

describe('data converter', () => {
  test('carries values through client and worker, encrypted on the way', async () => {
    const order = { amazonOrderId: '111-1111111-1111111', buyer: 'Zoe Fischer' };
    const payloads = await encodeToPayloads(converter, order);
    expect(JSON.stringify(payloads)).not.toContain(
      Buffer.from('Zoe Fischer').toString('base64').slice(0, 12),
    );
    expect(Buffer.from(payloads?.[0]?.data ?? '').includes('Zoe')).toBe(false);
    expect(await decodeFromPayloadsAtIndex(converter, 0, payloads)).toEqual(order);
  });

  test('message, stack and details of a failure are encrypted and come back', async () => {
    const error = ApplicationFailure.create({
      message: 'No region for Lindenweg 12',
      type: 'Refused',
      details: ['Zoe Fischer'],
      cause: new Error('Postcode of Zoe Fischer'),
    });
    const failure = await encodeErrorToFailure(converter, error);
    const readable = JSON.stringify(failure, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(readable).not.toMatch(/Lindenweg|Zoe|Postcode|data-converter\.test/);
    expect(failure.applicationFailureInfo?.type).toBe('Refused');

    const decoded = await decodeOptionalFailureToOptionalError(converter, failure);
    expect(decoded).toBeInstanceOf(ApplicationFailure);
    expect(decoded).toMatchObject({ message: 'No region for Lindenweg 12', details: ['Zoe Fischer'] });
    expect(decoded?.cause).toMatchObject({ message: 'Postcode of Zoe Fischer' });
    expect(decoded?.stack).toContain('data-converter.test');
  });
});
