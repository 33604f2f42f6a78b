import type { Store } from '../store';

/** A notification on its way to a queue. */
export interface Notice {
  /** Place among all of this seller, lost ones included. */
  number: number;
  /** Of the queue. */
  arn: string;
  body: string;
  /** Sandbox time, in milliseconds. */
  dueAt: number;
  /** Waits until a notice with a higher number has been sent. */
  isHeld: boolean;
}

/** Notifications so far: each is waiting, sent or lost. Copies are not counted. */
export interface NotificationCounts {
  made: number;
  waiting: number;
  sent: number;
  lost: number;
}

/** What becomes of every so manieth notice; 0: of none. */
export interface Disturbance {
  dropEvery: number;
  holdEvery: number;
}

export interface Notices {
  add(notice: Pick<Notice, 'arn' | 'body' | 'dueAt'>, disturbance: Disturbance): void;
  /** In the order in which they are to be sent: one that is held comes right after its successor. */
  due(now: Date): Notice[];
  mayGo(notice: Notice): boolean;
  sent(notice: Notice): void;
  counts(): NotificationCounts;
  reset(): void;
}

interface Count {
  made: number;
  sent: number;
  lost: number;
  /** The highest number of those that were sent. */
  sentUpTo: number;
}

const isEvery = (number: number, nth: number) => nth > 0 && number % nth === 0;
const rank = ({ number, isHeld }: Notice) => (isHeld ? number + 1.5 : number);
const keyOf = (number: number) => String(number).padStart(9, '0');

/** Kept in `store`, so that a restart loses none. */
export function createNotices(store: Store): Notices {
  const notices = store.collection<Notice>('amazon-notices');
  const counters = store.collection<Count>('amazon-notice-counts');
  const count = () => counters.get('count') ?? { made: 0, sent: 0, lost: 0, sentUpTo: 0 };
  const changeCount = (change: (counted: Count) => Partial<Count>) => {
    const counted = count();
    counters.put('count', { ...counted, ...change(counted) });
  };

  return {
    add: (notice, { dropEvery, holdEvery }) => {
      const number = count().made + 1;
      // Amazon takes a FIFO queue as a destination and then sends nothing to it.
      const isLost = isEvery(number, dropEvery) || notice.arn.endsWith('.fifo');
      changeCount(({ lost }) => ({ made: number, lost: isLost ? lost + 1 : lost }));
      const isHeld = isEvery(number, holdEvery);
      if (!isLost) notices.put(keyOf(number), { ...notice, number, isHeld });
    },
    due: (now) =>
      notices
        .values()
        .filter(({ dueAt }) => dueAt <= now.getTime())
        .sort((one, other) => rank(one) - rank(other)),
    mayGo: ({ number, isHeld }) => !isHeld || count().sentUpTo > number,
    sent: ({ number }) =>
      store.transaction(() => {
        notices.delete(keyOf(number));
        changeCount(({ sent, sentUpTo }) => ({ sent: sent + 1, sentUpTo: Math.max(sentUpTo, number) }));
      }),
    counts: () => {
      const { made, sent, lost } = count();
      return { made, waiting: notices.size(), sent, lost };
    },
    reset: () => {
      counters.delete('count');
      for (const { number } of notices.values()) notices.delete(keyOf(number));
    },
  };
}
