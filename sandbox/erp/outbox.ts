import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Store } from '../store';
import { type Answer, answerBody } from './events';
import type { ErpSettings } from './settings';

/** An answer that the channel has not taken yet. */
interface Letter {
  key: string;
  orderKey: string;
  id: string;
  body: string;
  copies: number;
}

export interface Outbox {
  /** Queues an answer; its id is the `nth` answer's about this order, the same whenever it is sent again. */
  put(answer: Answer, about: { orderKey: string; nth: number; time: string }): void;
  /** One attempt for each order's first answer that waits, if it is due; `signal` cuts the attempts short. */
  send(signal?: AbortSignal): Promise<void>;
  waiting(): number;
  clear(): void;
}

const atOnce = 20;
const firstRetryMs = 100;
const longestRetryMs = 2000;
const timeoutMs = 5000;

/** Of letters sorted by key: answers about one order leave in the order in which they were given. */
const firstOfEachOrder = ({ orderKey }: Letter, index: number, sorted: readonly Letter[]) =>
  sorted[index - 1]?.orderKey !== orderKey;

/** Sends until the answer is 2xx. What waits is in `store`; after a restart it is tried at once. */
export function createOutbox(store: Store, settings: () => ErpSettings): Outbox {
  const letters = store.collection<Letter>('erp-outbox');
  const retries = createRetries();
  const delivered = ({ key }: Letter) => {
    const letter = letters.get(key);
    retries.forget(key);
    if (letter && letter.copies > 1) letters.put(key, { ...letter, copies: letter.copies - 1 });
    else letters.delete(key);
  };

  return {
    put: (answer, { orderKey, nth, time }) => {
      const id = `msg_${createHash('sha256').update(`${orderKey}\n${nth}`).digest('hex').slice(0, 24)}`;
      const key = `${orderKey} ${String(nth).padStart(6, '0')}`;
      const body = answerBody(answer, { id, orderKey, time });
      letters.put(key, { key, orderKey, id, body, copies: settings().callbackCopies });
    },
    send: async (signal) => {
      const { callbackUrl, secret } = settings();
      if (callbackUrl === undefined) return;
      const due = letters.values().filter(firstOfEachOrder).filter(retries.isDue);
      await Promise.all(
        due.slice(0, atOnce).map(async (letter) => {
          if (await post(callbackUrl, secret, letter, signal)) delivered(letter);
          else retries.failed(letter);
        }),
      );
    },
    waiting: () => letters.size(),
    clear: () => {
      retries.clear();
      for (const { key } of letters.values()) letters.delete(key);
    },
  };
}

/** When to try again, in real time; growing waits. */
function createRetries() {
  const retries = new Map<string, { attempts: number; at: number }>();
  return {
    isDue: ({ key }: Letter) => (retries.get(key)?.at ?? 0) <= Date.now(),
    failed: ({ key }: Letter) => {
      const attempts = (retries.get(key)?.attempts ?? 0) + 1;
      const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (attempts - 1));
      retries.set(key, { attempts, at: Date.now() + waitMs });
    },
    forget: (key: string) => retries.delete(key),
    clear: () => retries.clear(),
  };
}

/** Signed with the real time, whatever the sandbox's clock says: the receiver checks the age of the message. */
async function post(
  url: string,
  secret: string,
  { id, body }: Letter,
  signal?: AbortSignal,
): Promise<boolean> {
  const sentAt = new Date();
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
      },
      body,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
