import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { handoffOrder, orderKey } from '../integrations/erp/handoff';
import type { CancelResult, ErpPort, SubmitResult } from '../integrations/erp/port';
import type {
  CancelErpOrderInput,
  CancelErpOrderResult,
  ErpActivities,
  SubmitOrderInput,
  SubmitOrderResult,
} from './contracts/erp';
import type { WriteGuard } from './write-guard';

export interface ErpActivitiesDependencies {
  /** @throws NotConfiguredError for an ERP that the settings do not have. */
  readonly erp: (name: string) => ErpPort;
  readonly guard: WriteGuard;
}

/** The ERP's side of the channel. Errors are those of `integrations/erp/errors.ts`, of the guard and
 * `NotConfiguredError`. */
export function createErpActivities({ erp, guard }: ErpActivitiesDependencies): ErpActivities {
  return {
    submitOrder: async (input) => {
      await guard(input.account);
      return submitOrder(erp(input.erp), input);
    },
    cancelErpOrder: async (input) => {
      await guard(input.account);
      return cancelErpOrder(erp(input.erp), input);
    },
  };
}

/**
 * An attempt after the first one asks for the order before it submits, because an answer may have got lost. An
 * ERP that cannot be asked recognises the repeated submission.
 */
async function submitOrder(
  port: ErpPort,
  { account, order, revision, commerceOrderNumber }: SubmitOrderInput,
): Promise<SubmitOrderResult> {
  const signal = cancellationSignal();
  const handoff = handoffOrder(account, order, commerceOrderNumber);
  if (port.findOrder && activityInfo().attempt > 1) {
    const found = await port.findOrder(handoff.orderKey, { signal });
    if (found) return { kind: 'accepted', erpOrderNumber: found.erpOrderNumber };
  }
  return submission(await port.submitOrder(handoff, { revision, signal }));
}

function submission(result: SubmitResult): SubmitOrderResult {
  switch (result.kind) {
    case 'accepted':
      return { kind: 'accepted', erpOrderNumber: result.erpOrderNumber };
    case 'pending':
      return { kind: 'pending' };
    case 'rejected':
      return { kind: 'rejected', code: result.code, message: result.message };
  }
}

async function cancelErpOrder(
  port: ErpPort,
  { account, amazonOrderId, reason, revision, erpOrderNumber }: CancelErpOrderInput,
): Promise<CancelErpOrderResult> {
  const request = {
    orderKey: orderKey(account, amazonOrderId),
    reason,
    ...(erpOrderNumber !== undefined && { erpOrderNumber }),
  };
  return cancellation(await port.requestCancel(request, { revision, signal: cancellationSignal() }));
}

function cancellation(result: CancelResult): CancelErpOrderResult {
  switch (result.kind) {
    case 'cancelled':
    case 'pending':
      return { kind: result.kind };
    case 'too-late':
      return { kind: 'shipped' };
    case 'manual':
      return { kind: 'refused', message: result.message };
  }
}
