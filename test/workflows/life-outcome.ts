import { WorkflowUpdateFailedError } from '@temporalio/client';
import { effects } from '../../activities/contracts/effects';
import type { OrderState } from '../../workflows/order/contract';
import type { ActivityName } from '../support/fake-activities';
import { type Life, settled } from './life';

type Facts = Readonly<Record<string, string>>;

const nothingYet: Facts = {
  commerce: 'none',
  parcels: 'none',
  attention: 'none',
  cancelling: 'no',
  held: 'no',
};

function factsOf({ channelStatus, commerce, handOff, parcels, attention, held, cancelRequest }: OrderState) {
  return {
    status: channelStatus,
    commerce: commerce?.state ?? 'none',
    erp: handOff.stage,
    parcels: parcels.map(({ amazon }) => amazon).join(', ') || 'none',
    attention:
      attention
        .map(({ reason }) => reason)
        .toSorted()
        .join(', ') || 'none',
    cancelling: cancelRequest?.stage ?? 'no',
    held: held ? 'yes' : 'no',
  };
}

/** What of `facts` is not in `known`, as the page writes it. */
const news = (facts: Facts, known: Facts): string[] =>
  Object.entries(facts)
    .filter(([name, value]) => known[name] !== value)
    .map(([name, value]) => `${name} ${value}`);

/** What has come of an order so far, as the page writes it. */
export const tokensOf = (state: OrderState): string[] => news(factsOf(state), nothingYet).toSorted();

const writing = Object.entries(effects).flatMap(([name, kind]) =>
  kind === 'writes' ? [name as ActivityName] : [],
);

const callsOf = ({ world, verified }: Life): Record<string, number> =>
  Object.fromEntries(writing.map((name) => [name, world.callsOf(verified, name).length]));

/** All that an event changes of a quiet order, once it is quiet again, as the page writes it. */
export async function outcomeOf(life: Life, send: (life: Life) => Promise<unknown>): Promise<string[]> {
  const { world, verified } = life;
  const [before, callsBefore] = [await world.snapshot(verified), callsOf(life)];
  const refusal = await refusalOf(send(life));
  await settled(life);
  life.letGo?.();
  life.held.splice(0);
  await settled(life);
  const [after, calls] = [await world.snapshot(verified), callsOf(life)];
  const made = Object.entries(calls)
    .map(([name, count]) => [name, count - (callsBefore[name] ?? 0)] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => (count === 1 ? `calls ${name}` : `calls ${name} ${count}`));
  const tokens = [...refusal, ...news(factsOf(after), factsOf(before)), ...made];
  if (tokens.length > 0) return tokens.toSorted();
  return [after.notes.length > before.notes.length ? 'only a note' : 'nothing'];
}

async function refusalOf(sent: Promise<unknown>): Promise<string[]> {
  try {
    await sent;
    return [];
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    return [`refused: ${error.cause?.message}`];
  }
}
