const written = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** UTC as Magento writes it: `2026-10-01 14:03:22`. */
export const magentoTime = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

/** Reads a time as a client may send it; without an offset it is UTC. `undefined` if it is none. */
export function parseTime(text: string): Date | undefined {
  const [, day, time = '00:00:00', offset = 'Z'] = written.exec(text.trim()) ?? [];
  if (!day) return undefined;
  const date = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
