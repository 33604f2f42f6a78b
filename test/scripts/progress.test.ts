import { createStartStep, formatElapsed } from '../../scripts/progress';

/** What a step writes to a terminal or to a log. */
function record(isTTY: boolean) {
  const written: string[] = [];
  const screen = { isTTY, columns: 40, write: (text: string) => written.push(text) };
  return { startStep: createStartStep(screen), written };
}

describe('a set-up step', () => {
  it('is one line at its start and one at its end in a log', () => {
    const { startStep, written } = record(false);
    const step = startStep('Building');
    step.update('halfway');
    step.done('kept');
    expect(written).toEqual(['… Building\n', '✓ Building: kept (0.0 s)\n']);
  });

  it('redraws its line in a terminal, never wider than it', () => {
    const { startStep, written } = record(true);
    const step = startStep('Building');
    step.update('compiled 1234 of about 2345 packages');
    step.failed();
    const lines = written.map((text) => text.replace('\r\x1b[2K', ''));
    expect(lines.slice(0, 2).every((line) => line.length < 40)).toBe(true);
    expect(lines.at(-1)).toBe('✗ Building: compiled 1234 of about 2345 packages (0.0 s)\n');
  });

  it.each([
    [910, '0.9 s'],
    [12_400, '12 s'],
    [187_000, '3 min 07 s'],
  ])('shows %i ms as %s', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text);
  });
});
