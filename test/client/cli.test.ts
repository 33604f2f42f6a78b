import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Cli, openCli } from '../support/channel-cli';
import { withStandIn } from '../support/listed-orders';
import { amazonOrder, deliveryOf, orderPolicy } from '../support/orders';
import { tempFolders } from '../support/temp-folder';

describe('the command line', () => {
  const tempFolder = tempFolders();
  let folder: string;
  let cli: Cli;

  beforeEach(async () => {
    folder = tempFolder();
    cli = await openCli(folder);
  });
  afterEach(() => cli.list.close());

  it('lists orders as a table and as JSON', async () => {
    const shown = await cli.list.start({
      commerceOrderNumber: '000000012',
      memo: { buyer: 'Ada Sample', note: 'Waits for stock.', held: true },
    });
    await cli.list.start({ status: 'Pending' });
    const text = await cli.channel(['orders', 'list', '--account', cli.account]);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    const [head, row, ...others] = text.stdout.trimEnd().split('\n');
    expect(head).toMatch(
      /^STATUS +BY +AMAZON ORDER +ACCOUNT +COMMERCE +BUYER +TOTAL +PURCHASED +ATTENTION +NOTE$/,
    );
    expect(row).toMatch(`Unshipped  FBM  ${shown}  ${cli.account}  000000012  Ada Sample  $16.23`);
    expect(row).toMatch(/Held +Waits for stock\.$/);
    expect(others).toEqual([]);
    const json = await cli.channel([
      'orders',
      'list',
      '--account',
      cli.account,
      '--pending',
      '--json',
      '--config',
      join(folder, 'channel.yaml'),
    ]);
    expect(JSON.parse(json.stdout)).toMatchObject({ orders: [{}, {}], more: false });
  });

  it('narrows the list by status, attention, buyer and number of rows', async () => {
    const attention = [{ reason: 'late', note: 'Ship it.', since: '2026-10-01T12:00:00Z' }] as const;
    const late = await cli.list.start({ status: 'Unshipped', memo: { buyer: 'Ada Sample', attention } });
    const shipped = await cli.list.start({ status: 'Shipped', memo: { buyer: 'Zoë Sample' } });
    const ids = async (...args: string[]) => {
      const { stdout } = await cli.channel(['orders', 'list', '--account', cli.account, '--json', ...args]);
      return JSON.parse(stdout).orders.map(({ amazonOrderId }: { amazonOrderId: string }) => amazonOrderId);
    };
    const found = await Promise.all([
      ids('--status', 'Shipped', 'Canceled'),
      ids('--attention'),
      ids('--buyer', 'zoe'),
      ids('--limit', '1'),
    ]);
    expect(found).toEqual([[shipped], [late], [shipped], [expect.any(String)]]);
    const some = await cli.channel(['orders', 'list', '--account', cli.account, '--limit', '1']);
    expect(some.stderr).toBe('There are more orders; show them with --limit 2.\n');
  });

  it('keeps columns straight under names of wide characters', async () => {
    await cli.list.start({ memo: { buyer: '山田 太郎', note: 'one' } });
    await cli.list.start({ memo: { buyer: 'Ada Sample', note: 'two' } });
    const { stdout } = await cli.channel(['orders', 'list']);
    expect(stdout).toMatch(/ 山田 太郎 {3}\$16\.23/);
    expect(stdout).toMatch(/ Ada Sample {2}\$16\.23/);
  });

  it('lets no control character of a name or note reach the terminal', async () => {
    await cli.list.start({ memo: { buyer: 'Ada \u001b[2J\u202eSample', note: 'one\ntwo' } });
    const { stdout } = await cli.channel(['orders', 'list', '--account', cli.account]);
    expect(stdout).not.toMatch(/\p{C}(?<!\n)/u);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it('cancels an order, acknowledges an attention and hands the order to the ERP again', async () => {
    const id = await cli.list.start();
    await withStandIn(cli.list, async () => {
      const said = async (...args: string[]) => (await cli.channel(['orders', ...args])).stdout;
      expect(await said('cancel', id, '--reason', 'NoInventory')).toBe('To be cancelled (NoInventory)\n');
      expect(await said('acknowledge', id, '--reason', 'restarted')).toBe('Acknowledged restarted\n');
      expect(await said('resend-to-erp', id)).toBe('Handed to the ERP again\n');
    });
    const unknown = await cli.channel(['orders', 'cancel', id, '--reason', 'Because']);
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr).toContain('NoInventory');
  });

  it('holds, shows and releases an order', async () => {
    const id = await cli.list.start({ memo: { buyer: 'Ada Sample' } });
    await withStandIn(cli.list, async () => {
      const order = amazonOrder({ amazonOrderId: id });
      await cli.orders.deliver(cli.account, deliveryOf(order, orderPolicy()), 'orderVerified');
      expect(await cli.channel(['orders', 'hold', id, '--why', 'odd address', '--by', 'Grace'])).toEqual({
        code: 0,
        stdout: 'Held\n',
        stderr: '',
      });
      expect(await cli.channel(['orders', 'hold', id])).toEqual({
        code: 1,
        stdout: '',
        stderr: 'The order is held already.\n',
      });
      const { stdout } = await cli.channel(['orders', 'show', id]);
      expect(stdout).toMatch(/Buyer +Ada Sample/);
      expect(stdout).toMatch('1 × MUG-BLUE-350  Stoneware mug  (item 70000000000001, 0 fulfilled)');
      expect(stdout).toMatch('Held: odd address (Grace)');
      expect((await cli.channel(['orders', 'release', id])).stdout).toBe('Released\n');
      const json = JSON.parse((await cli.channel(['orders', 'show', id, '--json'])).stdout);
      expect(json).toMatchObject({ row: { amazonOrderId: id }, snapshot: { held: false } });
    });
  });

  it('maps a SKU of an order, and keeps that for future orders only where the intake answers', async () => {
    const id = await cli.list.start();
    const map = (...more: string[]) =>
      cli.channel(['orders', 'map-sku', id, '--from', 'FNSKU-1', '--to', 'MUG-1', ...more]);
    await withStandIn(cli.list, async () => {
      expect(await map('--why', 'renamed', '--by', 'Grace')).toEqual({
        code: 0,
        stdout: 'SKU FNSKU-1 is MUG-1\n',
        stderr: '',
      });
      expect(await map('--always')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^SKU FNSKU-1 is MUG-1\. It is not kept for future orders: No order intake/,
        ),
      });
      await cli.list.startIntake();
      expect((await map('--always')).stdout).toBe(
        'SKU FNSKU-1 is MUG-1. SKU FNSKU-1 is MUG-1 in Commerce for the account’s future orders.\n',
      );
      const { snapshot } = await cli.orders.show(id);
      expect(snapshot?.skuMap).toEqual({ 'FNSKU-1': 'MUG-1' });
      expect(snapshot?.notes[0]).toMatchObject({ text: 'SKU FNSKU-1 is MUG-1: renamed', by: 'Grace' });
    });
  });

  it.each([
    ['an id that is none', ['orders', 'show', '1'], '"1" is not an Amazon order id'],
    ['an unknown order', ['orders', 'hold', '113-0000000-0000000'], 'There is no order 113-0000000-0000000'],
    ['a wrong status', ['orders', 'list', '--status', 'Sold'], "argument 'Sold' is invalid"],
    ['no settings file', ['orders', 'list', '--config', 'none.yaml'], 'none.yaml: there is no such file'],
    [
      'a parcel without its number',
      ['signal', 'parcel', '113-0000000-0000000', '--carrier', 'UPS'],
      "'--tracking",
    ],
  ])('ends with one sentence and code 1 for %s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await cli.channel(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('says where it looked for Temporal when that is not there', async () => {
    const { code, stderr } = await cli.channel(['orders', 'list'], { TEMPORAL_ADDRESS: '127.0.0.1:9' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Temporal does not answer at 127.0.0.1:9: is it running, and is TEMPORAL_ADDRESS right?\n',
    });
  });

  it('makes no key ring where there is none', async () => {
    rmSync(join(folder, 'key-ring'));
    const { code, stderr } = await cli.channel(['orders', 'list']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^There is no key ring at/) });
    expect(existsSync(join(folder, 'key-ring'))).toBe(false);
  });
});
