/** One step of the set-up as the terminal shows it. */
export interface Step {
  /** How far the step is, shown behind its title. */
  update(detail: string): void;
  /** Ends the step well; `detail` replaces the last one. */
  done(detail?: string): void;
  /** Ends the step badly; the reason is told by whoever called. */
  failed(): void;
}

export type StartStep = (title: string) => Step;

/** A step that shows nothing, for tests and for joining a server that runs already. */
export const silentStep: StartStep = () => ({ update() {}, done() {}, failed() {} });

/** Where steps are shown; `process.stderr` is one. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const REDRAW_MS = 1_000;
/** Where lines cannot be redrawn (CI logs), a sign of life this often. */
const LINE_MS = 20_000;

/**
 * Shows a step on stderr, so that stdout carries results only: one line that is redrawn each second in a
 * terminal, and a line per 20 seconds elsewhere.
 */
export function createStartStep(out: Screen = process.stderr): StartStep {
  return (title) => {
    const startedAt = Date.now();
    const redraws = out.isTTY === true;
    let last = '';
    const line = (mark: string) => {
      const detail = last === '' ? '' : `: ${last}`;
      return `${mark} ${title}${detail} (${formatElapsed(Date.now() - startedAt)})`;
    };
    const redraw = () => out.write(`\r\x1b[2K${line('…').slice(0, (out.columns || 80) - 1)}`);
    const show = () => (redraws ? redraw() : out.write(`${line('…')}\n`));
    const timer = setInterval(show, redraws ? REDRAW_MS : LINE_MS);
    timer.unref();
    if (redraws) redraw();
    else out.write(`… ${title}\n`);

    const end = (mark: string) => {
      clearInterval(timer);
      out.write(`${redraws ? '\r\x1b[2K' : ''}${line(mark)}\n`);
    };
    return {
      update(detail) {
        last = detail;
        if (redraws) redraw();
      },
      done(detail) {
        if (detail !== undefined) last = detail;
        end('✓');
      },
      failed: () => end('✗'),
    };
  };
}

/** As `0.9 s`, `12 s` or `3 min 07 s`. */
export function formatElapsed(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
