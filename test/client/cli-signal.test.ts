import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cli, openCli } from '../support/channel-cli';
import { withStandIn } from '../support/listed-orders';
import { amazonOrder, deliveryOf, line, newOrderId, orderPolicy } from '../support/orders';
import { tempFolders } from '../support/temp-folder';

describe('signals by the command line', () => {
  const tempFolder = tempFolders();
  let folder: string;
  let cli: Cli;

  beforeEach(async () => {
    folder = tempFolder();
    cli = await openCli(folder);
  });
  afterEach(() => cli.list.close());

  it('reports a parcel with all that is not shipped, or with what it is told', async () => {
    const lines = [
      line({ quantityOrdered: 2, quantityUnfulfilled: 2 }),
      line({ orderItemId: '70000000000002' }),
    ];
    const order = amazonOrder({ amazonOrderId: await cli.list.start(), lines });
    const { amazonOrderId: id } = order;
    await withStandIn(cli.list, async () => {
      await cli.orders.deliver(cli.account, deliveryOf(order, orderPolicy()), 'orderVerified');
      const parcel = ['signal', 'parcel', id, '--carrier', 'UPS'];
      const first = await cli.channel([...parcel, '--tracking', '1z 999', '--items', '70000000000001=1']);
      expect(first).toMatchObject({ code: 0, stderr: '' });
      await cli.channel([...parcel, '--tracking', '1Z1000', '--shipped-at', '2026-10-02T08:00:00+02:00']);
      const { snapshot } = await cli.orders.show(id);
      expect(snapshot?.parcels).toMatchObject([
        {
          source: { system: 'operator', shipmentId: '1Z999' },
          lines: [{ orderItemId: '70000000000001', quantity: 1 }],
        },
        {
          shippedAt: '2026-10-02T06:00:00.000Z',
          lines: [
            { orderItemId: '70000000000001', quantity: 1 },
            { orderItemId: '70000000000002', quantity: 1 },
          ],
        },
      ]);
      expect(await cli.channel([...parcel, '--tracking', '1Z1001'])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('All of order'),
      });
    });
  });

  it('delivers the order of a file by the signal of its status', async () => {
    const order = amazonOrder();
    const { amazonOrderId: id } = order;
    const file = join(folder, 'order.json');
    writeFileSync(file, JSON.stringify(order));
    expect(await cli.channel(['signal', 'verified', id, '--file', file])).toEqual({
      code: 0,
      stdout: `Order ${id} of account ${cli.account}: orderVerified is delivered.\n`,
      stderr: '',
    });
    expect((await cli.orders.find(id, cli.account)).executionStatus).toBe('RUNNING');
    const refusals = [
      [['cancelled', id, '--file', file], 'orderCancelled is for CANCELLED'],
      [['verified', newOrderId(), '--file', file], `The file holds order ${id}`],
    ] as const;
    for (const [args, sentence] of refusals) {
      expect(await cli.channel(['signal', ...args])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(sentence),
      });
    }
  });

  it('names the wrong fields of a file and quotes no value', async () => {
    const file = join(folder, 'order.json');
    writeFileSync(
      file,
      JSON.stringify({ ...amazonOrder(), buyer: { nmae: 'Ada Sample' }, totalMinor: '16.23' }),
    );
    const { code, stderr } = await cli.channel(['signal', 'verified', newOrderId(), '--file', file]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/totalMinor: .*buyer: .*"nmae"/);
    expect(stderr).not.toMatch(/Sample|16\.23/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('has an order read at Amazon, and says when Amazon says something else', async () => {
    await cli.list.startIntake();
    const ending = (digit: string) => newOrderId().replace(/.$/, digit);
    const pull = (id: string) => cli.channel(['signal', 'verified', id]);
    await withStandIn(cli.list, async () => {
      const id = ending('1');
      expect((await pull(id)).stdout).toBe(
        `Order ${id} of account ${cli.account}: orderVerified is delivered.\n`,
      );
      expect(await pull(ending('4'))).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/Amazon has no order/),
      });
      expect(await pull(ending('5'))).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/importSince/),
      });
      expect(await pull(ending('6'))).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^Amazon says PENDING/),
      });
    });
  });
});
