import {
  ActivityFailure,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { findAlerts } from '../proxies';
import {
  type AlertInput,
  type AlertState,
  type AlertTerms,
  alertSnapshotQuery,
  alertTermsSignal,
} from './contract';
import { createPost, type Post } from './post';
import { describe } from './story';

/** Tells people what needs them: looks again and again, and sends what is new since it told them last. */
export async function alertWorkflow(input: AlertInput): Promise<void> {
  let terms: AlertTerms | null = input.terms;
  const present = (): AlertTerms | null => terms;
  const state = input.state ?? newState();
  const post = createPost(state, present);
  setHandler(alertSnapshotQuery, () => state);
  setHandler(alertTermsSignal, (changed) => {
    terms = changed;
    post.follow();
  });
  for (let now = present(); now && !workflowInfo().continueAsNewSuggested; now = present()) {
    await look(state, post, now);
    post.send();
    setCurrentDetails(describe(state));
    await condition(() => terms !== now, now.everyMs, { summary: 'Until the next look' });
  }
  await post.end();
  if (terms) await continueAsNew<typeof alertWorkflow>({ terms, state });
}

const newState = (): AlertState => ({
  looks: 0,
  open: 0,
  untold: 0,
  told: { known: {}, beyond: 0 },
  silentSince: {},
  outboxes: {},
});

async function look(state: AlertState, post: Post, { paceMs }: AlertTerms): Promise<void> {
  const { told, silentSince, lastDigestAt } = state;
  const tell = lastDigestAt === undefined || Date.now() - Date.parse(lastDigestAt) >= paceMs;
  state.looks += 1;
  try {
    const { digest, ...found } = await findAlerts.executeWithOptions(
      { summary: 'Look for what needs a person' },
      [{ told, silentSince, tell }],
    );
    Object.assign(state, found);
    state.lastLookAt = new Date().toISOString();
    delete state.problem;
    if (!digest) return;
    state.lastDigestAt = state.lastLookAt;
    post.add(digest);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    state.problem = error.cause?.message ?? error.message;
  }
}
