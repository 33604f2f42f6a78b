import { isSilent } from '../../client/intake-status';
import { createIntakes, type Intakes } from '../../client/intakes';
import { orderIntakeWorkflowId } from '../../workflows/intake/contract';
import { eventually } from '../support/eventually';
import { type List, openList, withStandIn } from '../support/listed-orders';
import { newOrderId } from '../support/orders';

describe('the intakes', () => {
  let list: List;
  let account: string;
  let intakes: Intakes;
  const open = (names: readonly string[], answerWithinMs = 10_000) =>
    createIntakes(list.client, {
      accounts: names.map((name) => ({ name, staleAfterMs: 60_000 })),
      answerWithinMs,
      pullWithinMs: answerWithinMs,
    });

  beforeEach(async () => {
    list = await openList();
    account = list.account;
    intakes = open([account]);
  });
  afterEach(() => list.close());

  it('tell their state, and of an account without an intake that none runs', async () => {
    await list.startIntake({ delivered: 7 });
    const statuses = await withStandIn(list, () => open(['nobody', account]).status());
    expect(statuses).toEqual([
      { account: 'nobody', silence: 'No order intake runs for account nobody; is the worker running?' },
      expect.objectContaining({ account, delivered: 7, parkedCount: 0 }),
    ]);
  });

  it('say so in time when no worker answers, and when the intake was ended', async () => {
    await list.startIntake();
    const impatient = open([account], 500);
    const silence = expect.stringMatching(
      /^The intake of account .* does not answer: is the worker running\?$/,
    );
    expect(await impatient.status()).toEqual([{ account, silence }]);
    await list.client.workflow.getHandle(orderIntakeWorkflowId(account)).terminate();
    expect(await impatient.status()).toEqual([
      { account, silence: expect.stringMatching(/^No order intake runs/) },
    ]);
  });

  it('have an order read at Amazon, once for one update id', async () => {
    const amazonOrderId = newOrderId().replace(/.$/, '1');
    const ref = { account, amazonOrderId };
    await expect(intakes.pull(ref)).rejects.toMatchObject({
      name: 'OrderNotFoundError',
      message: `No order intake runs for account ${account}; is the worker running?`,
    });
    await list.startIntake();
    await expect(open([account], 300).pull(ref)).rejects.toMatchObject({
      name: 'OrderUnansweredError',
      message: expect.stringMatching(/: no answer in time: Amazon is slow or away, or no worker runs/),
    });
    await withStandIn(list, async () => {
      expect(await intakes.pull(ref)).toEqual({ kind: 'delivered', status: 'UNSHIPPED' });
      expect(await intakes.pull(ref, { beforeImportSince: true })).toEqual({
        kind: 'delivered',
        status: 'SHIPPED',
      });
      const twice = { updateId: 'click-1' };
      const answer = await intakes.pull(ref, twice);
      expect(await intakes.pull(ref, { ...twice, beforeImportSince: true })).toEqual(answer);
    });
  });

  it('begin a back-fill with its range', async () => {
    await list.startIntake();
    const range = {
      from: '2026-09-01T00:00:00.000Z',
      to: '2026-09-02T00:00:00.000Z',
      beforeImportSince: true,
    };
    await withStandIn(list, async () => {
      expect(await intakes.backfill(account, range)).toBe(`Back-fill from ${range.from} to ${range.to}.`);
      expect(await intakes.status()).toMatchObject([{ backfills: [range] }]);
    });
  });

  it('reconcile on request, refuse a second one meanwhile, and show the report', async () => {
    await list.startIntake();
    const since = '2026-09-20T00:00:00.000Z';
    await withStandIn(list, async () => {
      await intakes.reconcile(account, { since });
      await expect(intakes.reconcile(account)).rejects.toMatchObject({
        name: 'OrderRefusedError',
        message: 'A reconciliation is under way.',
      });
      const [status] = await eventually(intakes.status, ([first]) => {
        return first !== undefined && !isSilent(first) && first.reports.reconciliation !== undefined;
      });
      expect(status).toMatchObject({
        reports: { reconciliation: { window: { createdAfter: since }, findings: { listed: 3 } } },
      });
    });
  });
});
