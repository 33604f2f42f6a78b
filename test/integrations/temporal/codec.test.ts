import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createEncryptionCodec } from '../../../integrations/temporal/codec';
import { readKeyRing } from '../../../integrations/temporal/key-ring';

const line = (id: string, fill: number) => `${id} ${Buffer.alloc(32, fill).toString('base64')}\n`;
const codec = createEncryptionCodec(readKeyRing(line('k1', 1)));
const buyer = { name: 'Zoë Fischer', email: 'zoe@example.org', street: 'Lindenweg 12' };
const plain = () => defaultPayloadConverter.toPayload(buyer);

const metadataText = (payload: Payload | undefined, field: string) =>
  Buffer.from(payload?.metadata?.[field] ?? '').toString();
const bytesOf = (payload: Payload | undefined) => Buffer.from(payload?.data ?? '');

async function encrypted(): Promise<Payload> {
  const [payload] = await codec.encode([plain()]);
  if (!payload) throw new Error('nothing was encoded');
  return payload;
}

describe('payload codec', () => {
  test('a value comes back as it was, with its metadata', async () => {
    const [decoded] = await codec.decode([await encrypted()]);
    expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toEqual(buyer);
    expect(metadataText(decoded, 'encoding')).toBe('json/plain');
  });

  test('keeps number and order of payloads, also of empty ones and of none', async () => {
    const values = [1, undefined, null, new Uint8Array([1, 2])];
    const encoded = await codec.encode(values.map((value) => defaultPayloadConverter.toPayload(value)));
    const decoded = await codec.decode(encoded);
    expect(decoded.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual(values);
    expect(await codec.encode([])).toEqual([]);
  });

  test('no plain text is left, and the key id stands beside the payload', async () => {
    const payload = await encrypted();
    for (const text of [...Object.values(buyer), 'json/plain']) {
      expect(bytesOf(payload).includes(text)).toBe(false);
    }
    expect(Object.keys(payload.metadata ?? {})).toEqual(['encoding', 'encryption-key-id']);
    expect(metadataText(payload, 'encoding')).toBe('binary/encrypted');
    expect(metadataText(payload, 'encryption-key-id')).toBe('k1');
  });

  test('the same value is never encrypted to the same bytes', async () => {
    expect(bytesOf(await encrypted()).equals(bytesOf(await encrypted()))).toBe(false);
  });

  test('every changed byte is noticed, and so is a cut', async () => {
    const payload = await encrypted();
    const original = bytesOf(payload);
    const forged = [...original.keys()].map((at) => {
      const data = Buffer.from(original);
      data.writeUInt8(original.readUInt8(at) ^ 1, at);
      return data;
    });
    const cut = [0, 5, 12, 20, 28, original.length - 1].map((length) => original.subarray(0, length));
    for (const data of [...forged, ...cut]) {
      await expect(codec.decode([{ ...payload, data }])).rejects.toThrow(
        'A payload does not open with key "k1"',
      );
    }
  });

  test('another key under the same id does not open it', async () => {
    const other = createEncryptionCodec(readKeyRing(line('k1', 2)));
    await expect(other.decode([await encrypted()])).rejects.toThrow('does not open with key "k1"');
  });

  test('an unknown key id is named', async () => {
    const other = createEncryptionCodec(readKeyRing(line('k2', 1)));
    await expect(other.decode([await encrypted()])).rejects.toThrow('The key ring has no key "k1"');
  });

  test('after a key change old payloads open and new ones carry the new id', async () => {
    const rotated = createEncryptionCodec(readKeyRing(line('k2', 2) + line('k1', 1)));
    const [old] = await rotated.decode([await encrypted()]);
    expect(defaultPayloadConverter.fromPayload(old ?? {})).toEqual(buyer);
    const [fresh] = await rotated.encode([plain()]);
    expect(metadataText(fresh, 'encryption-key-id')).toBe('k2');
  });

  test('payloads that are not encrypted pass through untouched', async () => {
    const payload = plain();
    const bare: Payload = {};
    const decoded = await codec.decode([payload, bare]);
    expect(decoded[0]).toBe(payload);
    expect(decoded[1]).toBe(bare);
  });
});
