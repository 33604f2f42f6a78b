import type { AlertState, Outbox } from './contract';

/** The alerts in Markdown, for the Temporal Web UI. */
export function describe({ looks, lastLookAt, problem, open, untold, outboxes }: AlertState): string {
  return [
    problem === undefined ? 'Looks for what needs a person.' : `**The last look failed:** ${problem}`,
    '',
    `- needs a person: ${open}, of which ${untold} wait for the next digest`,
    `- last good look: ${lastLookAt ?? 'none yet'} (${looks} in all)`,
    ...Object.entries(outboxes).map(([destination, outbox]) => `- ${destination}: ${describeOutbox(outbox)}`),
  ].join('\n');
}

function describeOutbox({ sending, sent, lastSentAt, failed, nextAt, problem }: Outbox): string {
  const done = `${sent} sent${lastSentAt ? `, the last at ${lastSentAt}` : ''}`;
  if (!sending) return problem ? `${done}, but ${problem}` : done;
  const trouble =
    failed > 0 ? `**fails since ${failed} attempts:** ${problem}; next attempt ${nextAt ?? 'now'}` : 'sends';
  return `${trouble}; ${done}`;
}
