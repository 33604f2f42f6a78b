import type { AlertState, Outbox } from '../../workflows/alerts/contract';
import { describeInstant, localTimeZone } from '../words';
import { plain } from './table';

/** What the alerts do, one fact a line. */
export function describeAlerts({ looks, lastLookAt, problem, open, untold, outboxes }: AlertState): string {
  const facts: [string, string][] = [
    ['Last look', lastLookAt ? `${at(lastLookAt)}, ${looks} in all` : 'none yet'],
    ...(problem === undefined ? [] : [['Problem', problem] satisfies [string, string]]),
    ['Needs a person', `${open}, of which ${untold} wait for the next digest`],
    ...Object.entries(outboxes).flatMap(([destination, outbox]) => outboxFacts(destination, outbox)),
  ];
  return facts.map(([name, value]) => plain(`${name.padEnd(18)}${value}`)).join('\n');
}

function outboxFacts(destination: string, outbox: Outbox): [string, string][] {
  const { sending, waiting, sent, lastSentAt, failed, nextAt, problem } = outbox;
  const name = destination === 'mail' ? 'Mail' : 'Webhook';
  const left = sending ? `; ${waiting ? '2 are' : '1 is'} still to be sent` : '';
  return [
    [name, `${sent} sent${lastSentAt ? `, the last at ${at(lastSentAt)}` : ''}${left}`],
    ...(problem === undefined ? [] : [[`${name} problem`, problem] satisfies [string, string]]),
    ...(failed > 0
      ? [[`${name} again`, nextAt ? `at ${at(nextAt)}` : 'now'] satisfies [string, string]]
      : []),
  ];
}

const at = (instant: string): string => describeInstant(instant, localTimeZone());
