import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { PullOrderInput } from '../../activities/contracts/amazon';
import { mapSkusUpdate, type SkuMapChange } from '../../workflows/intake/contract';
import { openIntake, page } from '../support/intake-watch';

let intake: Awaited<ReturnType<typeof openIntake>>;
afterEach(() => intake.close());

const calm = { timings: { sweepEveryMs: 3_600_000 } };
const map = (...changes: SkuMapChange[]) =>
  intake.handle.executeUpdate(mapSkusUpdate, { args: [{ changes, by: 'Grace' }] });
const refusal = async (update: Promise<unknown>): Promise<string> => {
  const error: unknown = await update.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  return (error as WorkflowUpdateFailedError).cause?.message ?? '';
};

describe('the SKU map of an account', () => {
  it('is kept, changed and forgotten, and goes with every order that is read', async () => {
    const pulled: PullOrderInput[] = [];
    intake = await openIntake([page()], {
      timings: { sweepEveryMs: 100 },
      pullOrder: async (input) => {
        pulled.push(input);
        return { kind: 'delivered' };
      },
    });
    await intake.swept(1);
    expect(await map({ from: 'A', to: 'B' })).toBe('SKU A is B in Commerce for the account’s future orders.');
    await map({ from: 'A', to: 'C' }, { from: 'B-1', to: 'D' });
    const { sweeps, skuMap } = await intake.snapshot();
    expect(Object.entries(skuMap)).toEqual([
      ['A', 'C'],
      ['B-1', 'D'],
    ]);
    await intake.swept(sweeps + 2);
    await intake.pull('113-0000000-0000001');
    const inputs = intake.sweepPage.calls.map(({ input }) => input);
    expect(inputs[0]).not.toHaveProperty('skuMap');
    expect(inputs.at(-1)).toMatchObject({ skuMap: { A: 'C' } });
    expect(pulled).toMatchObject([{ skuMap: { A: 'C' } }]);
    expect(await map({ from: 'A', to: null })).toBe(
      'SKU A is mapped no more for the account’s future orders.',
    );
    expect(Object.keys((await intake.snapshot()).skuMap)).toEqual(['B-1']);
  });

  it('refuses what makes no sense, and more than it can carry', async () => {
    const full = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`A-${index}`, 'B']));
    intake = await openIntake([page()], { ...calm, state: { skuMap: full } });
    expect(await refusal(map({ from: 'NEW', to: 'B' }))).toBe(
      'The account keeps at most 2000 mapped SKUs: forget some first.',
    );
    expect(await refusal(map({ from: 'NEW', to: null }))).toBe('The account has no mapped SKU NEW.');
    expect(await refusal(map({ from: '', to: 'B' }))).toBe('A SKU is missing.');
    expect(await refusal(map())).toBe('There is no SKU to map.');
    expect(await map({ from: 'A-1', to: 'C' })).toContain('SKU A-1 is C');
    await map({ from: 'A-2', to: null }, { from: 'NEW', to: 'B' });
  });
});
