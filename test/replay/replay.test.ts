import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import * as workflows from '../../workflows';
import { quieten } from '../support/temporal';
import { workflowBundle } from '../support/workflow-bundle';
import { flowNames } from './flows';
import { committed, type History, historyOf, textOf } from './histories';

/** Throws where the workflow of today would not do what the history says. */
async function replay(history: History): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history);
}

const typeOf = (name: string) =>
  historyOf(name).events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name;

beforeAll(quieten);

describe('the committed histories', () => {
  it('are those of all flows; `npm run histories` records them', () => {
    expect(committed()).toEqual(flowNames);
  });

  it('cover every workflow', () => {
    expect(new Set(flowNames.map(typeOf))).toEqual(new Set(Object.keys(workflows)));
  });

  it('say nothing of the machine that recorded them', () => {
    const traces = /"identity": "(?!recorded")|"stackTrace": "[^"]|node_modules|file:/;
    expect(flowNames.filter((name) => traces.test(textOf(name)))).toEqual([]);
  });

  it('continue as new where they say so', () => {
    const { events } = historyOf('continue-as-new-first');
    expect(events.at(-1)?.eventType).toBe('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
  });

  it.each(flowNames)('replay on the workflows of today: %s', (name) => replay(historyOf(name)));
});

describe('a history that the workflows would not make', () => {
  it('fails where another activity was scheduled', async () => {
    const history = historyOf('fbm-one-parcel');
    const placed = history.events.find(
      ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType.name === 'placeOrder',
    );
    Object.assign(placed?.activityTaskScheduledEventAttributes ?? {}, {
      activityType: { name: 'shipOrder' },
    });
    await expect(replay(history)).rejects.toThrow(DeterminismViolationError);
  });

  it('fails where the signal never came that led to what follows', async () => {
    const history = historyOf('fbm-one-parcel');
    const shipped = history.events.find(
      ({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName === 'orderShipped',
    );
    Object.assign(shipped?.workflowExecutionSignaledEventAttributes ?? {}, { signalName: 'nobodyListens' });
    await expect(replay(history)).rejects.toThrow(DeterminismViolationError);
  });
});
