import { type Cli, openCli } from '../support/channel-cli';
import { withStandIn } from '../support/listed-orders';
import { amazonOrder, deliveryOf, line, orderPolicy } from '../support/orders';
import { tempFolders } from '../support/temp-folder';

describe('recording a parcel by the command line', () => {
  const tempFolder = tempFolders();
  let cli: Cli;

  beforeEach(async () => {
    cli = await openCli(tempFolder());
  });
  afterEach(() => cli.list.close());

  async function delivered(): Promise<string> {
    const lines = [
      line({ quantityOrdered: 2, quantityUnfulfilled: 2 }),
      line({ orderItemId: '70000000000002', sku: 'BOARD-OAK-M' }),
      line({ orderItemId: '70000000000003', sku: 'BOARD-OAK-M' }),
    ];
    const order = amazonOrder({ amazonOrderId: await cli.list.start(), lines });
    await cli.orders.deliver(cli.account, deliveryOf(order, orderPolicy()), 'orderVerified');
    return order.amazonOrderId;
  }
  const record = (id: string, ...more: string[]) =>
    cli.channel(['orders', 'record-parcel', id, '--tracking', '1Z2', '--carrier', 'UPS', ...more]);

  it('names lines by SKU or item, and says from which parcel, who and why', async () => {
    await withStandIn(cli.list, async () => {
      const id = await delivered();
      const lines = ['--line', 'MUG-BLUE-350=2', '70000000000003=1'];
      expect(await record(id, ...lines, '--from', '1Z1', '--by', 'Grace', '--why', 'two boxes')).toEqual({
        code: 0,
        stdout: 'Recorded UPS 1Z2 (2 × 70000000000001, 1 × 70000000000003) from 1Z1\n',
        stderr: '',
      });
      const { snapshot } = await cli.orders.show(id);
      expect(snapshot?.notes).toMatchObject([{ by: 'Grace', text: expect.stringContaining('two boxes') }]);
    });
  });

  it('leaves the contents to the order where they are not named', async () => {
    await withStandIn(cli.list, async () => {
      expect((await record(await delivered())).stdout).toBe('Recorded UPS 1Z2 () from nothing\n');
    });
  });

  it.each([
    ['an unknown line', ['--line', 'CUP=1'], /^The order has no line CUP; it has MUG-BLUE-350 \(item 7/],
    [
      'a SKU of two lines',
      ['--line', 'BOARD-OAK-M=1'],
      /^The order has several lines BOARD-OAK-M: name the item/,
    ],
    ['no quantity', ['--line', 'MUG-BLUE-350'], /^--line is like MUG-1=2/],
    ['no date', ['--shipped-at', 'yesterday'], /^--shipped-at is an instant/],
  ])('ends with one sentence for %s', async (_, options, sentence) => {
    await withStandIn(cli.list, async () => {
      const { code, stdout, stderr } = await record(await delivered(), ...options);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(sentence);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    });
  });
});
