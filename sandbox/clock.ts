import type { Store } from './store';

/**
 * The one clock of all sandbox systems. It starts at the real time of its first use, runs `speed` times as
 * fast, stands still while the sandbox is stopped, and goes on from there when it is started again.
 */
export interface Clock {
  now(): Date;
  speed(): number;
  setSpeed(speed: number): void;
  advance(ms: number): void;
  /** Real milliseconds until the clock will have moved on by `sandboxMs`. */
  realMs(sandboxMs: number): number;
  /** Writes the present time down, so that a restart goes on from it. */
  save(): void;
  /**
   * From now on keeps written down a time that the clock has not reached yet, so that even after a hard kill
   * it goes on from there and never runs back; what it loses by a kill is at most three real seconds. Ends,
   * with the exact time saved, when the answer is called.
   */
  keep(): () => void;
}

const keepEveryMs = 1000;
/** Two rounds and a half: a round may come late. */
const keepAheadMs = 2500;

interface ClockState {
  at: number;
  speed: number;
}

export function createClock(store: Store, initialSpeed: number, startAt = Date.now()): Clock {
  const states = store.collection<ClockState>('clock');
  const state = states.get('clock') ?? { at: startAt, speed: initialSpeed };
  let anchor = { ...state, real: Date.now() };
  let aheadMs = 0;

  const nowMs = () => anchor.at + (Date.now() - anchor.real) * anchor.speed;
  const save = () => states.put('clock', { at: nowMs() + aheadMs * anchor.speed, speed: anchor.speed });
  const restart = (at: number, speed: number) => {
    anchor = { at, speed, real: Date.now() };
    save();
  };
  restart(anchor.at, anchor.speed);

  return {
    now: () => new Date(nowMs()),
    speed: () => anchor.speed,
    setSpeed: (speed) => restart(nowMs(), speed),
    advance: (ms) => restart(nowMs() + ms, anchor.speed),
    realMs: (sandboxMs) => sandboxMs / anchor.speed,
    save,
    keep: () => {
      aheadMs = keepAheadMs;
      save();
      const timer = setInterval(save, keepEveryMs);
      return () => {
        clearInterval(timer);
        aheadMs = 0;
        save();
      };
    },
  };
}
