import type {
  CancelErpOrderResult,
  SubmitOrderInput,
  SubmitOrderResult,
} from '../../activities/contracts/erp';
import type { ErpOrderChange } from '../../workflows/order/contract';

/** What the ERP says, question by question; the last word repeats. */
export interface ErpWords {
  readonly submitted: readonly SubmitOrderResult['kind'][];
  readonly stopped: readonly CancelErpOrderResult['kind'][];
}

/** A small ERP with one order, which decides at once or later as it is told. */
export function modelErp({ submitted, stopped }: ErpWords) {
  let stage: 'none' | 'received' | 'accepted' | 'rejected' | 'cancelled' = 'none';
  let isStopAsked = false;
  let events = 0;
  let stops = 0;
  const revisions = new Map<number, SubmitOrderResult['kind']>();
  let submissions = 0;

  const word = <Word>(words: readonly Word[], index: number): Word | undefined =>
    words[index] ?? words.at(-1);
  const event = () => {
    events += 1;
    return { eventId: `event-${events}` };
  };

  const submit = ({ revision }: SubmitOrderInput): SubmitOrderResult => {
    submissions += 1;
    const known = revisions.get(revision);
    const answer = known ?? word(submitted, revisions.size) ?? 'accepted';
    revisions.set(revision, answer);
    if (known === undefined) {
      stage = answer === 'pending' ? 'received' : answer;
      isStopAsked = false;
    }
    if (answer === 'accepted') return { kind: 'accepted', erpOrderNumber: `SO-${revision}` };
    if (answer === 'pending') return { kind: 'pending' };
    return { kind: 'rejected', code: 'LINES', message: 'A line is unknown' };
  };

  const stop = (): CancelErpOrderResult => {
    if (!isLive()) {
      stage = 'cancelled';
      return { kind: 'cancelled' };
    }
    const answer = word(stopped, stops) ?? 'cancelled';
    stops += 1;
    isStopAsked = answer === 'pending';
    if (answer === 'cancelled') stage = 'cancelled';
    return answer === 'refused' ? { kind: 'refused', message: 'It is packed.' } : { kind: answer };
  };

  const isLive = () => stage === 'received' || stage === 'accepted';

  return {
    submit,
    stop,
    isLive,
    isStopAsked: () => isStopAsked,
    submissions: () => submissions,
    stage: () => stage,
    /** What it owes an answer to; undefined where that is nothing. */
    decide: (isYes: boolean): ErpOrderChange | undefined => {
      if (isStopAsked) {
        isStopAsked = false;
        if (isYes) stage = 'cancelled';
        return isYes
          ? { ...event(), kind: 'cancelled' }
          : { ...event(), kind: 'cancelRefused', message: 'It is packed.' };
      }
      if (stage !== 'received') return undefined;
      stage = isYes ? 'accepted' : 'rejected';
      return isYes
        ? { ...event(), kind: 'accepted', erpOrderNumber: 'SO-late' }
        : { ...event(), kind: 'rejected', code: 'LINES', message: 'A line is unknown' };
    },
    /** By itself. */
    cancel: (): ErpOrderChange | undefined => {
      if (!isLive()) return undefined;
      stage = 'cancelled';
      isStopAsked = false;
      return { ...event(), kind: 'cancelled' };
    },
  };
}

export type ModelErp = ReturnType<typeof modelErp>;
