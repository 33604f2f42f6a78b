import { CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { SubmitOrderInput } from '../../activities/contracts/erp';
import { createErpActivities } from '../../activities/erp';
import { NotConfiguredError } from '../../activities/not-configured';
import { ErpConfigError, ErpRetryableError, ErpUnknownOutcomeError } from '../../integrations/erp/errors';
import type { CancelResult, ErpOrder, ErpPort, SubmitResult } from '../../integrations/erp/port';
import { createWebhookErp } from '../../integrations/erp/webhook';
import { erpSandboxSecret } from '../../sandbox/erp';
import { type Listening, listen } from '../../sandbox/server';
import { account, amazonOrderId, buyerWords, order, orderKey } from '../integrations/erp/orders';
import { type OpenErp, openErp } from '../sandbox/erp-shop';

const input: SubmitOrderInput = {
  erp: 'erp',
  account,
  order,
  commerceOrderNumber: '000000001',
  revision: 1,
};
const cancelInput = { erp: 'erp', account, amazonOrderId, reason: 'Cancelled at Amazon', revision: 1 };

/** Failures are expected here, so their warnings are left out. */
const logger = new DefaultLogger('ERROR');
const inAttempt = (attempt: number) => new MockActivityEnvironment({ attempt }, { logger });

const activitiesFor = (port: ErpPort) =>
  createErpActivities({
    erp: (name) => {
      if (name === port.name) return port;
      throw new NotConfiguredError(`ERP ${name}`);
    },
    guard: async () => {},
  });

describe('with an ERP behind a webhook', () => {
  let shop: OpenErp;
  let server: Listening;
  let webhookErp: ErpPort;

  beforeEach(async () => {
    shop = openErp();
    server = await listen(shop.erp.app, 0);
    webhookErp = createWebhookErp({
      name: 'erp',
      url: `${server.url}/webhooks/channel`,
      secret: erpSandboxSecret,
      timeoutMs: 1000,
    });
  });
  afterEach(async () => {
    await server.close();
    await shop.store.close();
  });

  const submit = (attempt = 1, changes: Partial<SubmitOrderInput> = {}) =>
    inAttempt(attempt).run(activitiesFor(webhookErp).submitOrder, { ...input, ...changes });
  const errorOf = async (call: Promise<unknown>): Promise<Error> => {
    const error = await call.then(
      () => new Error('no error'),
      (thrown: Error) => thrown,
    );
    expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(buyerWords);
    return error;
  };

  it('submits an order and leaves the decision to a signal', async () => {
    expect(await submit()).toEqual({ kind: 'pending' });
    expect((await shop.books()).orders).toEqual([
      expect.objectContaining({ orderKey, commerceOrderNumber: '000000001', total: '50.47', submits: 1 }),
    ]);
  });

  it('submits once, however often an attempt loses its answer', async () => {
    for (const kind of ['dropAfter', 'dropBefore', 'delay'] as const) {
      shop.erp.faults.arm({ path: '/webhooks/channel', kind, delayMs: 1200 });
    }
    for (const attempt of [1, 2, 3]) {
      expect(await errorOf(submit(attempt))).toBeInstanceOf(ErpUnknownOutcomeError);
    }
    expect(await submit(4)).toEqual({ kind: 'pending' });
    const { orders } = await shop.books();
    expect(orders).toEqual([expect.objectContaining({ duplicateSubmits: 0, state: 'received' })]);
  });

  it('leaves waiting and trying again to the caller', async () => {
    shop.erp.faults.arm({
      path: '/webhooks/channel',
      kind: 'status',
      status: 503,
      headers: { 'retry-after': '9' },
    });
    const error = await errorOf(submit());
    expect(error).toBeInstanceOf(ErpRetryableError);
    expect(error).toMatchObject({ retryAfterMs: 9000 });
    expect((await shop.books()).orders).toEqual([]);
    await shop.command('PATCH', '/settings', { secret: `whsec_${Buffer.alloc(32, 3).toString('base64')}` });
    expect(await errorOf(submit())).toBeInstanceOf(ErpConfigError);
  });

  it('answers a rejection, and submits afresh in the next revision', async () => {
    await shop.command('PATCH', '/settings', { rejectSkus: ['MUG-SAND-350'], rejectsAtOnce: true });
    expect(await submit()).toEqual({
      kind: 'rejected',
      code: 'UNKNOWN_SKU',
      message: 'The item is not in the item master',
    });
    await shop.command('PATCH', '/settings', { rejectSkus: [] });
    expect(await submit(1, { revision: 2 })).toEqual({ kind: 'pending' });
  });

  it('asks for a cancellation, as often as it likes', async () => {
    await submit();
    const { cancelErpOrder } = activitiesFor(webhookErp);
    for (const attempt of [1, 2]) {
      expect(await inAttempt(attempt).run(cancelErpOrder, cancelInput)).toEqual({ kind: 'pending' });
    }
    expect(await shop.booked()).toMatchObject({ state: 'cancelled' });
  });

  it('tells that a person must decide where the ERP refuses to cancel', async () => {
    expect(await inAttempt(1).run(activitiesFor(webhookErp).cancelErpOrder, cancelInput)).toEqual({
      kind: 'refused',
      message: 'There is no such order',
    });
  });

  it('refuses names that the settings do not have', async () => {
    const error = await errorOf(submit(1, { erp: 'other' }));
    expect(error).toEqual(new NotConfiguredError('ERP other'));
  });

  it('ends when its workflow cancels it', async () => {
    shop.erp.faults.arm({ path: '/webhooks/channel', kind: 'delay', delayMs: 150 });
    const environment = inAttempt(1);
    const call = environment.run(activitiesFor(webhookErp).submitOrder, input);
    setTimeout(() => environment.cancel(), 50);
    await expect(call).rejects.toBeInstanceOf(CancelledFailure);
  });
});

describe('with an ERP that can be asked', () => {
  const erpOrder: ErpOrder = { orderKey, erpOrderNumber: 'SO-7', lines: [] };

  /** An ERP in memory; `calls` says what it was asked, in order. */
  function askable(found: ErpOrder | null, submission: SubmitResult, cancellation?: CancelResult) {
    const calls: string[] = [];
    const port: ErpPort = {
      name: 'erp',
      caps: {
        acceptance: 'sync',
        shipments: 'poll',
        cancel: 'sync',
        partials: true,
        enforcesUniqueKey: true,
      },
      findOrder: async (key) => {
        calls.push(`find ${key}`);
        return found;
      },
      submitOrder: async (handoff, options) => {
        calls.push(`submit ${handoff.orderKey} ${options?.revision}`);
        return submission;
      },
      requestCancel: async (request, options) => {
        calls.push(`cancel ${request.orderKey} ${request.erpOrderNumber} ${options?.revision}`);
        return cancellation ?? { kind: 'cancelled' };
      },
    };
    return { calls, activities: activitiesFor(port) };
  }
  const accepted: SubmitResult = {
    kind: 'accepted',
    erpOrderNumber: 'SO-7',
    alreadyExisted: false,
    lines: [],
  };

  it('submits at once in the first attempt', async () => {
    const { calls, activities } = askable(null, accepted);
    expect(await inAttempt(1).run(activities.submitOrder, { ...input, revision: 3 })).toEqual({
      kind: 'accepted',
      erpOrderNumber: 'SO-7',
    });
    expect(calls).toEqual([`submit ${orderKey} 3`]);
  });

  it('asks first in later attempts, and takes what is there', async () => {
    const { calls, activities } = askable(erpOrder, accepted);
    expect(await inAttempt(2).run(activities.submitOrder, input)).toEqual({
      kind: 'accepted',
      erpOrderNumber: 'SO-7',
    });
    expect(calls).toEqual([`find ${orderKey}`]);
  });

  it('submits in later attempts what is not there', async () => {
    const { calls, activities } = askable(null, accepted);
    await inAttempt(2).run(activities.submitOrder, input);
    expect(calls).toEqual([`find ${orderKey}`, `submit ${orderKey} 1`]);
  });

  it.each<[CancelResult, object]>([
    [{ kind: 'cancelled' }, { kind: 'cancelled' }],
    [{ kind: 'too-late', shipped: [] }, { kind: 'shipped' }],
    [
      { kind: 'manual', message: 'Call us' },
      { kind: 'refused', message: 'Call us' },
    ],
  ])('answers %j to a cancellation', async (result, answer) => {
    const { calls, activities } = askable(null, accepted, result);
    const request = { ...cancelInput, erpOrderNumber: 'SO-7', revision: 3 };
    expect(await inAttempt(1).run(activities.cancelErpOrder, request)).toEqual(answer);
    expect(calls).toEqual([`cancel ${orderKey} SO-7 3`]);
  });
});
