import { createWebhooks } from '../../client/http/webhooks';
import type { HandOff } from '../../domain/hand-off';
import { createSigner } from '../../integrations/erp/signature';
import { createWebhookErp } from '../../integrations/erp/webhook';
import { orderVerifiedSignal, orderWorkflowId } from '../../workflows/order/contract';
import { type List, openList, withStandIn } from '../support/listed-orders';
import { amazonOrder, deliveryOf, orderPolicy } from '../support/orders';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const erps = (name: string) =>
  createWebhookErp({ name, url: 'https://wms.example.com/', secret, timeoutMs: 1_000 });
const unitedStates = 'ATVPDKIKX0DER';
const canada = 'A2EUQ1WTGCTBG2';

const rejected = { code: 'STOCK', message: 'No stock' };
const shipment = {
  shipmentId: 'SH-1',
  shippedAt: '2026-10-02T08:00:00Z',
  packages: [
    {
      packageId: '1',
      carrierCode: 'UPS',
      tracking: '1Z999AA10123456784',
      items: [{ lineKey: '70000000000001', quantity: 1 }],
    },
  ],
};
const handedTo = (erp: string): HandOff => ({ stage: 'accepted', revision: 1, erp });

describe('an event about an order of Amazon.com, whose ERP is wms-us', () => {
  let list: List;
  beforeEach(async () => {
    list = await openList();
  });
  afterEach(() => list.close());

  const settings = () => [
    {
      name: list.account,
      marketplaces: [
        { id: unitedStates, policy: { erp: 'wms-us' } },
        { id: canada, policy: { erp: 'wms-eu' } },
      ],
    },
  ];

  /** Tells as that ERP, whose signature is its own. */
  async function tell(
    erp: string,
    amazonOrderId: string,
    { kind = 'order.cancelled', data = {}, accounts = settings() } = {},
  ) {
    const body = JSON.stringify({
      specversion: '1.0',
      id: 'msg_1',
      source: '/wms',
      type: `com.amazon-sales-channel.${kind}.v1`,
      subject: `${list.account}/${amazonOrderId}`,
      data,
    });
    const headers = createSigner(secret).headers('msg_1', new Date(), body);
    const app = createWebhooks({ erps, accounts, client: list.client });
    const answer = await app.request(`/webhooks/erp/${erp}`, { method: 'POST', headers, body });
    const { message } = (await answer.json()) as { message: string };
    return { status: answer.status, message };
  }

  const workflow = (id: string) => list.client.workflow.getHandle(orderWorkflowId(list.account, id));
  const told = async (id: string) => {
    const { events } = await workflow(id).fetchHistory();
    return (events ?? [])
      .map((event) => event.workflowExecutionSignaledEventAttributes?.signalName)
      .filter((name) => name === 'erpOrderChanged' || name === 'parcelShipped');
  };

  it('is taken from wms-us, also while no worker runs', async () => {
    const id = await list.start();
    expect(await tell('wms-us', id)).toMatchObject({ status: 202 });
    expect(await told(id)).toEqual(['erpOrderChanged']);
  });

  it.each([
    ['order.accepted', { erpOrderNumber: 'SO-1' }],
    ['order.rejected', rejected],
    ['order.cancelled', {}],
    ['order.cancel-refused', { message: 'Too late' }],
    ['shipment.created', shipment],
  ])('is refused from the ERP of another marketplace, and nothing signalled: %s', async (kind, data) => {
    const id = await list.start({ handOff: handedTo('wms-us') });
    await withStandIn(list, async () => {
      expect(await tell('wms-eu', id, { kind, data })).toEqual({
        status: 403,
        message: expect.stringContaining('The order does not go to this ERP: correct the subject'),
      });
    });
    expect(await told(id)).toEqual([]);
  });

  it('is refused for an account that the settings do not have', async () => {
    const id = await list.start({ handOff: handedTo('wms-us') });
    await withStandIn(list, async () => {
      expect((await tell('wms-eu', id, { accounts: [] })).status).toBe(403);
    });
    expect(await told(id)).toEqual([]);
  });

  it('is taken from the ERP that the order was handed to before the settings named another', async () => {
    const id = await list.start({ handOff: handedTo('wms-old') });
    await withStandIn(list, async () => {
      expect((await tell('wms-old', id)).status).toBe(202);
    });
    expect(await told(id)).toEqual(['erpOrderChanged']);
  });

  it('is taken from the ERP that the order is to go to, by settings newer than those of the web server', async () => {
    const id = await list.start();
    await withStandIn(list, async () => {
      const order = amazonOrder({ amazonOrderId: id });
      await workflow(id).signal(orderVerifiedSignal, deliveryOf(order, orderPolicy({ erp: 'wms-new' })));
      expect((await tell('wms-new', id)).status).toBe(202);
    });
    expect(await told(id)).toEqual(['erpOrderChanged']);
  });

  it('is to be sent again by an ERP that only the order can tell, while no worker answers', async () => {
    const id = await list.start();
    expect((await tell('wms-old', id)).status).toBe(503);
    expect(await told(id)).toEqual([]);
  });
});
