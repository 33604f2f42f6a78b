import { catalog } from '../../../sandbox/catalog';
import { type OpenShop, openShop } from '../commerce-client';
import type { Entity } from './orders';
import { createIds, type Ids, type ReplayOptions, recordedNumber, replay } from './replay';

/** The shop that recordings are compared with, one after the other, and what they need in between. */
export interface Scenario {
  shop(): OpenShop;
  ids: Ids;
  /** Sends a recorded request and expects the recorded answer. */
  recorded(name: string, options?: ReplayOptions): void;
  /** A step that the recordings presuppose. */
  given(what: string, work: () => Promise<void>): void;
  /** Posts an order whose creation was not recorded, and takes it for the recorded ids. */
  place(orderId: number, itemIds: number[], entity: Entity): Promise<void>;
  post(path: string, body?: unknown): Promise<void>;
  /** Our id of a recorded order. */
  order(recordedId: number): number;
  /** Our id of a recorded order item. */
  item(recordedId: number): number;
  /** Recordings compared so far. */
  covered: Set<string>;
}

/** A shop without goods: the recordings begin with the first product. */
async function openRecordedShop(): Promise<OpenShop> {
  const shop = openShop();
  await shop.command('PATCH', '/settings', { warehouse: { enabled: false } });
  for (const { sku } of catalog) await shop.command('POST', `/products/${sku}`, { remove: true });
  return shop;
}

function placing(shop: () => OpenShop, ids: Ids): Scenario['place'] {
  let placed = 0;
  return async (orderId, itemIds, entity) => {
    placed += 1;
    const number = {
      increment_id: `given-${placed}`,
      ext_order_id: `given-${placed}`,
      ...recordedNumber(orderId),
    };
    const body = { entity: { ...entity, ...number } };
    const answer = await shop().send({ method: 'POST', path: '/rest/V1/orders', body });
    expect(answer.status).toBe(200);
    const { entity_id, items } = answer.body as { entity_id: number; items: { item_id: number }[] };
    ids.learn('order', orderId, entity_id);
    itemIds.forEach((itemId, index) => {
      ids.learn('item', itemId, items[index]?.item_id);
    });
  };
}

/** Opens the shop before the tests of the present `describe`, and closes it after them. */
export function openScenario(): Scenario {
  let opened: OpenShop | undefined;
  const shop = () => {
    if (!opened) throw new Error('The shop opens before the first test');
    return opened;
  };
  const ids = createIds();
  const covered = new Set<string>();
  beforeAll(async () => {
    opened = await openRecordedShop();
  });
  afterAll(() => shop().store.close());

  return {
    shop,
    ids,
    covered,
    recorded: (name, options = {}) => {
      covered.add(name);
      it(name, async () => {
        const { answered, recorded } = await replay(shop(), ids, name, options);
        expect(answered).toEqual(recorded);
      });
    },
    given: (what, work) => it(`(${what})`, work),
    place: placing(shop, ids),
    post: async (path, body) => {
      const answer = await shop().send({ method: 'POST', path: `/rest/V1${path}`, body });
      expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    },
    order: (recordedId) => ids.ours('order', recordedId),
    item: (recordedId) => ids.ours('item', recordedId),
  };
}
