import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const historiesFolder = join(__dirname, 'histories');

/** One event of a history in Temporal's JSON, as far as the tests look into it. */
export interface HistoryEvent {
  eventType: string;
  workflowExecutionStartedEventAttributes?: { workflowType: { name: string } };
  workflowExecutionSignaledEventAttributes?: { signalName: string };
  activityTaskScheduledEventAttributes?: { activityType: { name: string } };
}

export interface History {
  events: HistoryEvent[];
}

/** Names of the committed histories, without extension. */
export const committed = (): string[] =>
  readdirSync(historiesFolder)
    .map((file) => file.replace(/\.json$/, ''))
    .sort();

export const textOf = (name: string): string => readFileSync(join(historiesFolder, `${name}.json`), 'utf8');

export const historyOf = (name: string): History => JSON.parse(textOf(name)) as History;
