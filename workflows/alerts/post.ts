import { ActivityFailure, condition, setCurrentDetails, uuid4 } from '@temporalio/workflow';
import { type Digest, together } from '../../domain/digest';
import { sendAlert } from '../proxies';
import type { AlertDestination, AlertState, AlertTerms, Outbox, Outgoing } from './contract';
import { describe } from './story';

export interface Post {
  /** Puts a digest into the outboxes. */
  add(digest: Digest): void;
  /** Begins with what is due and not under way, each destination by itself, so that none holds up another. */
  send(): void;
  /** Other terms: outboxes that are no more go, the others are tried at once, for what was wrong may be put right. */
  follow(): void;
  /** Lets what is under way come to its end; what is left stays in the outboxes. */
  end(): Promise<void>;
}

const longestWaitMs = 15 * 60_000;

export function createPost(state: AlertState, terms: () => AlertTerms | null): Post {
  const underWay = new Set<AlertDestination>();
  let ending = false;
  const destinations = () => terms()?.destinations ?? [];
  const deliver = async (destination: AlertDestination) => {
    const outbox = outboxOf(state, destination);
    underWay.add(destination);
    while (outbox.sending && isDue(outbox) && !ending) {
      await attempt(destination, outbox, terms()?.everyMs ?? longestWaitMs);
      setCurrentDetails(describe(state));
    }
    underWay.delete(destination);
  };
  return {
    add: (digest) => {
      const outgoing = { id: `msg_${uuid4()}`, digest };
      for (const destination of destinations()) put(outboxOf(state, destination), outgoing);
    },
    send: () => {
      for (const each of destinations()) if (!underWay.has(each)) void deliver(each);
    },
    follow: () => {
      const isKept = ([destination]: [string, Outbox]) => destinations().some((each) => each === destination);
      state.outboxes = Object.fromEntries(Object.entries(state.outboxes).filter(isKept));
      for (const outbox of Object.values(state.outboxes)) delete outbox.nextAt;
    },
    end: () => {
      ending = true;
      return condition(() => underWay.size === 0);
    },
  };
}

function outboxOf({ outboxes }: AlertState, destination: AlertDestination): Outbox {
  outboxes[destination] ??= { sent: 0, failed: 0 };
  return outboxes[destination];
}

function put(outbox: Outbox, { id, digest }: Outgoing): void {
  const { sending, waiting } = outbox;
  if (!sending) outbox.sending = { id, digest };
  else outbox.waiting = { id, digest: waiting ? together(waiting.digest, digest) : digest };
}

const isDue = ({ nextAt }: Outbox): boolean => nextAt === undefined || Date.parse(nextAt) <= Date.now();

/** A digest is never given up: an address or a password may be put right at any time. */
async function attempt(destination: AlertDestination, outbox: Outbox, waitMs: number): Promise<void> {
  const { sending } = outbox;
  if (!sending) return;
  try {
    const { problem } = await sendAlert.executeWithOptions({ summary: `By ${destination}` }, [
      { destination, ...sending },
    ]);
    const sent = { sent: outbox.sent + 1, lastSentAt: new Date().toISOString(), failed: 0 };
    Object.assign(outbox, sent, { sending: outbox.waiting, waiting: undefined, nextAt: undefined, problem });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    outbox.problem = error.cause?.message ?? error.message;
    outbox.nextAt = new Date(Date.now() + Math.min(waitMs * 2 ** outbox.failed, longestWaitMs)).toISOString();
    outbox.failed += 1;
  }
}
