import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { WebhookRefusedError } from './errors';

const minKeyBytes = 24;
const maxKeyBytes = 64;

export interface Signer {
  /** The three Standard Webhooks headers for one attempt at `at`. */
  headers(id: string, at: Date, rawBody: string): Record<string, string>;
  /**
   * The verified `webhook-id`.
   *
   * @throws WebhookRefusedError
   */
  verify(headers: Readonly<Record<string, string>>, rawBody: string): string;
}

/**
 * Standard Webhooks 1.0.0 with one secret, or several separated by blanks while a secret is exchanged: messages
 * are signed with each of them, and a message signed with any of them is taken.
 *
 * @throws RangeError when a secret is not `whsec_` and the base64 of 24 to 64 bytes.
 */
export function createSigner(secrets: string): Signer {
  const webhooks = secrets.trim().split(/\s+/).map(webhookOf);
  return {
    headers: (id, at, rawBody) => ({
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhooks.map((webhook) => webhook.sign(id, at, rawBody)).join(' '),
    }),
    verify: (headers, rawBody) => {
      const refusals = webhooks.map((webhook) => refusal(webhook, headers, rawBody));
      const [first] = refusals;
      if (first && refusals.every(Boolean)) throw first;
      return new Headers(headers).get('webhook-id') ?? '';
    },
  };
}

function webhookOf(secret: string): Webhook {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const { length } = Buffer.from(base64, 'base64');
  if (length < minKeyBytes || length > maxKeyBytes) {
    throw new RangeError(`A webhook secret is "whsec_" and base64 of ${minKeyBytes} to ${maxKeyBytes} bytes`);
  }
  return new Webhook(secret);
}

function refusal(
  webhook: Webhook,
  headers: Readonly<Record<string, string>>,
  rawBody: string,
): WebhookRefusedError | undefined {
  try {
    webhook.verify(rawBody, headers, { jsonParse: false });
    return undefined;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return refusalOf(error.message);
    throw error;
  }
}

/** By the sentences of `standardwebhooks` 1.1.1, which tells the cases apart in no other way. */
function refusalOf(sentence: string): WebhookRefusedError {
  switch (sentence) {
    case 'Missing required headers':
    case 'Invalid Signature Headers':
      return new WebhookRefusedError(
        'headers',
        'webhook-id, webhook-timestamp (Unix seconds) or webhook-signature is missing or unreadable',
      );
    case 'Message timestamp too old':
    case 'Message timestamp too new':
      return new WebhookRefusedError('timestamp', 'webhook-timestamp is more than 5 minutes off');
    default:
      return new WebhookRefusedError('signature', 'webhook-signature does not fit the body and the secret');
  }
}
