import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { type WebhookRefusal, WebhookRefusedError } from '../../../integrations/erp/errors';
import { createSigner } from '../../../integrations/erp/signature';

const secretOf = (byte: number, length = 32) => `whsec_${Buffer.alloc(length, byte).toString('base64')}`;
const secret = secretOf(1);
const body = '{"name":"Ada Sample"}';

function refusalOf(work: () => unknown): WebhookRefusal | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof WebhookRefusedError)) throw error;
    expect(error.message).not.toContain('Sample');
    return error.reason;
  }
}

it('signs as Standard Webhooks 1.0.0 says', () => {
  const at = new Date('2026-10-01T08:00:00.900Z');
  const timestamp = Math.floor(at.getTime() / 1000);
  const hmac = createHmac('sha256', Buffer.alloc(32, 1))
    .update(`msg_1.${timestamp}.${body}`)
    .digest('base64');
  expect(createSigner(secret).headers('msg_1', at, body)).toEqual({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${hmac}`,
  });
});

it('takes what it signed, for any body', () => {
  const signer = createSigner(secret);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (anyBody) => {
      expect(signer.verify(signer.headers('msg_1', new Date(), anyBody), anyBody)).toBe('msg_1');
    }),
  );
});

it('reads header names in any case', () => {
  const headers = createSigner(secret).headers('msg_1', new Date(), body);
  const shouted = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
  );
  expect(createSigner(secret).verify(shouted, body)).toBe('msg_1');
});

it('signs with every secret and takes any of them while one is exchanged', () => {
  const [old, both, fresh] = [secret, `${secret} ${secretOf(2)}`, secretOf(2)].map((each) =>
    createSigner(each),
  );
  const headers = both?.headers('msg_1', new Date(), body) ?? {};
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  expect([old, fresh].map((signer) => signer?.verify(headers, body))).toEqual(['msg_1', 'msg_1']);
  expect(both?.verify(fresh?.headers('msg_2', new Date(), body) ?? {}, body)).toBe('msg_2');
});

it.each<[string, WebhookRefusal, (headers: Record<string, string>) => Record<string, string>]>([
  ['another body', 'signature', (headers) => headers],
  ['another id', 'signature', (headers) => ({ ...headers, 'webhook-id': 'msg_2' })],
  ['a signature without a version', 'signature', (headers) => ({ ...headers, 'webhook-signature': 'v1' })],
  [
    'a signature of another kind',
    'signature',
    (headers) => ({ ...headers, 'webhook-signature': 'v1a,AAAA' }),
  ],
  ['no id', 'headers', ({ 'webhook-id': _, ...headers }) => headers],
  ['no signature', 'headers', ({ 'webhook-signature': _, ...headers }) => headers],
  ['no timestamp', 'headers', ({ 'webhook-timestamp': _, ...headers }) => headers],
  ['a timestamp that is none', 'headers', (headers) => ({ ...headers, 'webhook-timestamp': 'today' })],
])('refuses %s (%s)', (_, reason, change) => {
  const signer = createSigner(secret);
  const headers = change(signer.headers('msg_1', new Date(), body));
  expect(refusalOf(() => signer.verify(headers, `${body} `))).toBe(reason);
});

it.each([-301_000, 302_000])('refuses a message that is %s ms off', (offMs) => {
  const signer = createSigner(secret);
  const headers = signer.headers('msg_1', new Date(Date.now() + offMs), body);
  expect(refusalOf(() => signer.verify(headers, body))).toBe('timestamp');
});

it('refuses the signature of another secret', () => {
  const headers = createSigner(secretOf(2)).headers('msg_1', new Date(), body);
  expect(refusalOf(() => createSigner(secret).verify(headers, body))).toBe('signature');
});

it.each(['', 'secret', secretOf(1, 23), secretOf(1, 65), `${secret} other`, secret.replace('whsec_', '')])(
  'has no use for the secret "%s", and does not repeat it',
  (wrong) => {
    expect(() => createSigner(wrong)).toThrow(
      new RangeError('A webhook secret is "whsec_" and base64 of 24 to 64 bytes'),
    );
  },
);
