import { type LookLoad, paceAfter, usualPace, type WatchPace } from '../../domain/watch-pace';

const everyMs = 60_000;
const usual = usualPace(everyMs);
const round: LookLoad = { wholeRound: true, tookMs: 2_000, waiting: 300, busy: false };
const busy: LookLoad = { ...round, wholeRound: false, busy: true };

describe('the pace of a watch', () => {
  it('is the setting’s while a round costs little', () => {
    expect(paceAfter(everyMs, usual, round)).toEqual({ pauseMs: everyMs, roundMs: everyMs });
  });

  it('leaves three quarters of the time free of rounds, and looks for news as before', () => {
    expect(paceAfter(everyMs, usual, { ...round, tookMs: 40_000 })).toEqual({
      pauseMs: everyMs,
      roundMs: 160_000,
    });
  });

  it('stretches rounds by the number of waiting orders, however fast Commerce is', () => {
    const roundOf = (waiting: number) => paceAfter(everyMs, usual, { ...round, waiting }).roundMs;
    expect([0, 2_000, 2_001, 5_000].map(roundOf)).toEqual([60_000, 60_000, 60_030, 150_000]);
  });

  it('stretches nothing beyond ten intervals', () => {
    const endless = { ...round, tookMs: 3_600_000, waiting: 1_000_000 };
    expect(paceAfter(everyMs, usual, endless).roundMs).toBe(600_000);
    const pauses: number[] = [];
    let pace: WatchPace = usual;
    for (let looks = 0; looks < 6; looks += 1) {
      pace = paceAfter(everyMs, pace, busy);
      pauses.push(pace.pauseMs);
    }
    expect(pauses).toEqual([120_000, 240_000, 480_000, 600_000, 600_000, 600_000]);
  });

  it('waits as long as a busy system asks to, up to an hour', () => {
    const pauseOf = (retryAfterMs: number) => paceAfter(everyMs, usual, { ...busy, retryAfterMs }).pauseMs;
    expect([1_000, 900_000, 86_400_000].map(pauseOf)).toEqual([120_000, 900_000, 3_600_000]);
  });

  it('is the usual one again with the first good answer', () => {
    const stretched = { pauseMs: 480_000, roundMs: 300_000 };
    expect(paceAfter(everyMs, stretched, { ...round, wholeRound: false })).toEqual({
      pauseMs: everyMs,
      roundMs: 300_000,
    });
    expect(paceAfter(everyMs, stretched, round)).toEqual(usual);
  });

  it('keeps the round of before where a look was no whole round', () => {
    const slow = { ...round, wholeRound: false, tookMs: 50_000, waiting: 9_000 };
    expect(paceAfter(everyMs, usual, slow)).toEqual(usual);
    expect(paceAfter(everyMs, { pauseMs: everyMs, roundMs: 90_000 }, busy).roundMs).toBe(90_000);
  });
});
