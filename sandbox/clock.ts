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
}

interface ClockState {
  at: number;
  speed: number;
}

export function createClock(store: Store, initialSpeed: number, startAt = Date.now()): Clock {
  const states = store.collection<ClockState>('clock');
  const state = states.get('clock') ?? { at: startAt, speed: initialSpeed };
  let anchor = { ...state, real: Date.now() };

  const nowMs = () => anchor.at + (Date.now() - anchor.real) * anchor.speed;
  const restart = (at: number, speed: number) => {
    anchor = { at, speed, real: Date.now() };
    states.put('clock', { at, speed });
  };
  restart(anchor.at, anchor.speed);

  return {
    now: () => new Date(nowMs()),
    speed: () => anchor.speed,
    setSpeed: (speed) => restart(nowMs(), speed),
    advance: (ms) => restart(nowMs() + ms, anchor.speed),
    realMs: (sandboxMs) => sandboxMs / anchor.speed,
    save: () => states.put('clock', { at: nowMs(), speed: anchor.speed }),
  };
}
