import { createEncryptionCodec } from '../../../integrations/temporal/codec';
import { createCodecServer } from '../../../integrations/temporal/codec-server';
import { readKeyRing } from '../../../integrations/temporal/key-ring';

const ui = 'http://127.0.0.1:8233';
const codec = createEncryptionCodec(readKeyRing(`k1 ${Buffer.alloc(32, 1).toString('base64')}`));
const app = createCodecServer({ codec, allowedOrigin: [ui, 'http://localhost:8233'] });

const base64 = (text: string) => Buffer.from(text).toString('base64');
const payload = { metadata: { encoding: base64('json/plain') }, data: base64('{"buyer":"Zoe"}') };

async function post(path: string, body: unknown, headers: Record<string, string> = { origin: ui }) {
  const answer = await app.request(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-namespace': 'default', ...headers },
  });
  const answered: unknown = await answer.json();
  return { status: answer.status, headers: answer.headers, body: answered };
}

describe('codec server', () => {
  test('encodes and decodes the JSON payloads of the Web UI', async () => {
    const encoded = await post('/encode', { payloads: [payload] });
    expect(encoded.status).toBe(200);
    expect(encoded.body).toEqual({
      payloads: [
        {
          metadata: { encoding: base64('binary/encrypted'), 'encryption-key-id': base64('k1') },
          data: expect.any(String),
        },
      ],
    });
    expect(JSON.stringify(encoded.body)).not.toContain(payload.data);

    const decoded = await post('/decode', encoded.body);
    expect(decoded.body).toEqual({ payloads: [payload] });
    expect(decoded.headers.get('access-control-allow-origin')).toBe(ui);
  });

  test('leaves payloads without encryption, without data or without metadata as they are', async () => {
    const nothing = { metadata: { encoding: base64('binary/null') } };
    const { body } = await post('/decode', { payloads: [payload, nothing, {}] });
    expect(body).toEqual({ payloads: [payload, nothing, {}] });
  });

  test('answers the preflight of the Web UI, for its two headers', async () => {
    const answer = await app.request('/decode', {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:8233', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:8233');
    expect(answer.headers.get('access-control-allow-headers')).toBe('Content-Type,X-Namespace');
    expect(answer.headers.get('access-control-allow-methods')).toBe('POST');
  });

  test('refuses pages of other origins, also under the name of this address', async () => {
    const { body: encoded } = await post('/encode', { payloads: [payload] });
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:8081']) {
      const answer = await post('/decode', encoded, { origin });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(JSON.stringify(answer.body)).not.toContain(payload.data);
    }
  });

  test('serves the command line, which sends no origin', async () => {
    const answer = await post('/decode', { payloads: [payload] }, {});
    expect(answer.status).toBe(200);
  });

  test('says what is wrong with a request', async () => {
    const [encoded] = await codec.encode([{ metadata: {}, data: Buffer.from('x') }]);
    const unknown = {
      metadata: {
        encoding: base64('binary/encrypted'),
        'encryption-key-id': base64('k9'),
      },
      data: Buffer.from(encoded?.data ?? '').toString('base64'),
    };
    expect(await post('/decode', { payloads: [unknown] })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('no key "k9"') },
    });
    const plainMetadata = { payloads: [{ metadata: { encoding: 'json/plain' } }] };
    expect((await post('/decode', plainMetadata)).status).toBe(400);
    expect((await post('/decode', { payloads: 'x' })).status).toBe(400);
    expect((await post('/decode', '{')).status).toBe(400);
  });
});
