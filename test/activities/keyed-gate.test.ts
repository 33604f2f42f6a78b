import { setImmediate as nextTurn } from 'node:timers/promises';
import { createKeyedGate, NotBegunError } from '../../activities/keyed-gate';

/** Work that lasts until it is told to end, and what has begun so far. */
function works() {
  const begun: string[] = [];
  const piece = (name: string) => {
    let end = () => {};
    const ended = new Promise<string>((done) => {
      end = () => done(name);
    });
    const work = () => {
      begun.push(name);
      return ended;
    };
    return { end, work };
  };
  return { begun, piece };
}

describe('work with keys', () => {
  it('waits for what came before with one of its keys, and for nothing else', async () => {
    const gate = createKeyedGate();
    const { begun, piece } = works();
    const [a, b, c] = [piece('a'), piece('b'), piece('c')];
    const results = [gate(['x', 'y'], a.work), gate(['y', 'z'], b.work), gate(['w'], c.work)];
    await nextTurn();
    expect(begun).toEqual(['a', 'c']);
    for (const { end } of [a, b, c]) end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
  });

  it('begins behind work that failed', async () => {
    const gate = createKeyedGate();
    const failed = gate(['x'], () => Promise.reject(new TypeError('a bug')));
    const next = gate(['x'], async () => 'next');
    await expect(failed).rejects.toThrow('a bug');
    expect(await next).toBe('next');
  });
});

describe('work whose turn does not come', () => {
  const gate = createKeyedGate({ longestWaitMs: 20 });

  it('is given up and never begun; who comes after it still waits for those before', async () => {
    const { begun, piece } = works();
    const first = piece('first');
    const running = gate(['x'], first.work);
    await expect(gate(['x', 'y'], piece('late').work)).rejects.toThrow(NotBegunError);
    const patient = gate(['y'], piece('after').work);
    await expect(patient).rejects.toThrow('came first for 0.02 s, so nothing was moved');
    const last = piece('last');
    last.end();
    first.end();
    const rest = gate(['x', 'y'], last.work);
    expect(await Promise.all([running, rest])).toEqual(['first', 'last']);
    expect(begun).toEqual(['first', 'last']);
  });

  it.each(['before it comes', 'while it waits'])('is dropped where it is cancelled %s', async (when) => {
    const { begun, piece } = works();
    const first = piece('first');
    const patient = createKeyedGate();
    const running = patient(['x'], first.work);
    const cancelling = new AbortController();
    if (when === 'before it comes') cancelling.abort();
    const dropped = patient(['x'], piece('dropped').work, cancelling.signal);
    cancelling.abort();
    await expect(dropped).rejects.toThrow(NotBegunError);
    first.end();
    await running;
    expect(await patient(['x'], async () => 'next')).toBe('next');
    expect(begun).toEqual(['first']);
  });

  it('is left alone once it has begun', async () => {
    const { piece } = works();
    const slow = piece('slow');
    const cancelling = new AbortController();
    const running = gate(['x'], slow.work, cancelling.signal);
    await nextTurn();
    cancelling.abort();
    slow.end();
    expect(await running).toBe('slow');
  });
});
