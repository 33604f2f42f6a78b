import { parseDuration } from '../../config/duration';

describe('a duration', () => {
  it.each([
    ['500 ms', 500],
    ['2 s', 2_000],
    ['15 min', 900_000],
    ['1.5 h', 5_400_000],
    ['3d', 259_200_000],
    ['0 s', 0],
    [1_500, 1_500],
  ])('%j is %i ms', (written, ms) => {
    expect(parseDuration(written)).toBe(ms);
  });

  it.each([
    '',
    '5',
    '5 m',
    '5 minutes',
    '-1 s',
    '1.5 ms',
    '1e3 s',
    ' 5 s',
    '5  s',
    -1,
    0.5,
    Number.NaN,
    null,
    [5],
  ])('%j is none', (written) => {
    expect(parseDuration(written)).toBeUndefined();
  });
});
