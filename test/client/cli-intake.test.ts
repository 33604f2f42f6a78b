import { periodOf } from '../../client/cli/period';
import { type Cli, openCli } from '../support/channel-cli';
import { withStandIn } from '../support/listed-orders';
import { newOrderId } from '../support/orders';
import { tempFolders } from '../support/temp-folder';

describe('the intake by the command line', () => {
  const tempFolder = tempFolders();
  let cli: Cli;
  const parked = [
    { amazonOrderId: '113-0000000-0000001', reason: 'Its currency XYZ is unknown.' },
    { reason: 'It cannot be read.\u001b[2J' },
  ];
  const intake = (...args: string[]) => cli.channel(['intake', ...args]);

  beforeEach(async () => {
    cli = await openCli(tempFolder());
  });
  afterEach(() => cli.list.close());

  it('shows what the intake does, in words and as JSON', async () => {
    await cli.list.startIntake({ parked, cursor: '2026-10-01T12:00:00.000Z' });
    await withStandIn(cli.list, async () => {
      const { code, stdout } = await intake('show');
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Account ${cli.account}\n`));
      expect(stdout).toMatch(/Delivered up to +1 Oct 2026, 12:00 \(Amazon’s time\)/);
      expect(stdout).toMatch(/Parked +2 orders/);
      expect(stdout).toMatch(/Back-fill +nothing asked for/);
      const json = JSON.parse((await intake('show', '--account', cli.account, '--json')).stdout);
      expect(json).toMatchObject({ intakes: [{ account: cli.account, parkedCount: 2 }] });
    });
  });

  it('lists the parked orders, and does not say that none is where nobody answers', async () => {
    expect(await intake('parked')).toEqual({
      code: 1,
      stdout: '',
      stderr: `No order intake runs for account ${cli.account}; is the worker running?\n`,
    });
    await cli.list.startIntake({ parked, parkedMore: 3 });
    await withStandIn(cli.list, async () => {
      const { stdout } = await intake('parked');
      expect(stdout).not.toContain('\u001b');
      const [, first, second, more] = stdout.trimEnd().split('\n');
      expect(first).toMatch(/113-0000000-0000001 +Its currency XYZ is unknown\.$/);
      expect(second).toMatch(/\(no id\) +It cannot be read\./);
      expect(more).toBe('3 more are parked.');
      const json = JSON.parse((await intake('parked', '--json')).stdout);
      expect(json).toMatchObject({ parked: [{ account: cli.account, ...parked[0] }, {}], more: 3 });
    });
  });

  it('pulls one order and says what happened', async () => {
    await cli.list.startIntake();
    const ending = (digit: string) => newOrderId().replace(/.$/, digit);
    await withStandIn(cli.list, async () => {
      const id = ending('1');
      expect(await intake('pull', id)).toEqual({
        code: 0,
        stdout: `Order ${id} of account ${cli.account} is delivered to its workflow; Amazon says UNSHIPPED.\n`,
        stderr: '',
      });
      const finished = await intake('pull', ending('3'));
      expect(finished.stdout).toMatch(/is unchanged: .*; Amazon says SHIPPED\.$/m);
      const foreign = await intake('pull', ending('4'));
      expect(foreign).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Amazon has no order/) });
      const old = await intake('pull', ending('5'));
      expect(old).toMatchObject({ code: 1, stderr: expect.stringMatching(/importSince/) });
      const wanted = await intake('pull', ending('5'), '--before-import-since');
      expect(wanted.stdout).toMatch(/is delivered/);
    });
  });

  it('starts a back-fill of whole days', async () => {
    await cli.list.startIntake();
    const range = ['--from', '2026-01-02', '--to', '2026-01-03'];
    await withStandIn(cli.list, async () => {
      const { stdout } = await intake('backfill', '--account', cli.account, ...range);
      expect(stdout).toBe('Back-fill from 2026-01-02T00:00:00.000Z to 2026-01-04T00:00:00.000Z.\n');
    });
  });

  it('lists the mapped SKUs and forgets one', async () => {
    await cli.list.startIntake({ skuMap: { 'FNSKU-1': 'MUG-1', 'FNSKU-2': 'MUG-2' } });
    await withStandIn(cli.list, async () => {
      const { stdout } = await intake('sku-map');
      expect(stdout.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/^ACCOUNT +AMAZON +COMMERCE$/),
        expect.stringMatching(/ FNSKU-1 +MUG-1$/),
        expect.stringMatching(/ FNSKU-2 +MUG-2$/),
      ]);
      const { stdout: said } = await intake('sku-map', '--account', cli.account, '--forget', 'FNSKU-1');
      expect(said).toBe('SKU FNSKU-1 is mapped no more for the account’s future orders.\n');
      const json = JSON.parse((await intake('sku-map', '--json')).stdout);
      expect(json).toEqual({ skuMap: [{ account: cli.account, from: 'FNSKU-2', to: 'MUG-2' }] });
      expect((await intake('show')).stdout).toMatch(/Mapped SKUs +1$/m);
      expect(await intake('sku-map', '--forget', 'FNSKU-2')).toMatchObject({
        code: 1,
        stderr: 'Say of which account with --account.\n',
      });
    });
  });

  it('reconciles, waits for the report of this very request and prints it', async () => {
    await cli.list.startIntake();
    const args = ['reconcile', '--account', cli.account, '--wait', '--since'];
    await withStandIn(cli.list, async () => {
      await intake(...args, '2026-01-01');
      const { code, stdout } = await intake(...args, '2026-02-01T12:00:00Z');
      expect(code).toBe(0);
      expect(stdout).toMatch(/3 orders listed on 1 page, purchased since 1 Feb 2026, 12:00; 1 signalled/);
      expect(stdout).toMatch('Started: 1\n  113-0000000-0000001\n');
      expect(stdout).toMatch('Differing: 1\n  113-0000000-0000002: SHIPPED at Amazon\n');
    });
  });

  it('names the accounts that there are', async () => {
    const { stderr } = await intake('show', '--account', 'nobody');
    expect(stderr).toBe(`The settings have no account nobody; they have ${cli.account}.\n`);
  });
});

describe('a period', () => {
  const now = new Date('2026-10-05T15:00:00Z');
  const period = (from: string, to: string) => () => periodOf({ from, to }, now);

  it('takes dates as whole days in UTC, instants as they are, and today until now', () => {
    expect(period('2026-10-01', '2026-10-01')()).toEqual({
      from: '2026-10-01T00:00:00.000Z',
      to: '2026-10-02T00:00:00.000Z',
    });
    expect(period('2026-10-05T14:00:00+02:00', '2026-10-05')()).toEqual({
      from: '2026-10-05T12:00:00.000Z',
      to: '2026-10-05T15:00:00.000Z',
    });
  });

  it.each([
    ['2026-10-02', '2026-10-01', '--from must be before --to.'],
    ['2026-10-06', '2026-10-07', '--from is in the future.'],
    ['2026-10-01', '2026-10-05T15:00:01Z', '--to is in the future.'],
    ['2024-10-05', '2026-10-01', '--from is more than 2 years ago'],
    ['2026-02-30', '2026-10-01', '--from is a date like 2026-10-01'],
    ['2026-10-01', '2026-10-01T12:00', '--to is a date like 2026-10-01'],
    ['yesterday', '2026-10-01', 'not "yesterday"'],
  ])('refuses %s to %s', (from, to, sentence) => {
    expect(period(from, to)).toThrow(sentence);
  });
});
