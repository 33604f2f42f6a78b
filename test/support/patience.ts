/**
 * Whether one has waited long enough, asked again and again. Of the time between two askings at most a second counts: a
 * machine that is busy, or stands still for a while, is waited for, and it costs nothing where all is well.
 */
export function patience(waitMs = 60_000): () => boolean {
  let left = waitMs;
  let asked = Date.now();
  return () => {
    const now = Date.now();
    left -= Math.min(now - asked, 1_000);
    asked = now;
    return left < 0;
  };
}
