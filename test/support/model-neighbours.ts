import type { ErpOrderChange } from '../../workflows/order/contract';
import { linesOf } from './model-amazon';
import { type Act, amazonDid, isEmpty, pick, unpacked } from './model-choice';
import type { ModelOrder } from './model-order';

/** What Amazon, the buyer, the ERP and people in Commerce do. */
export const neighbourActs = {
  deliver: async (order) => {
    await order.deliver();
    return `delivered: ${order.amazon.status()}`;
  },
  deliverOlder: async (order, { a }) => {
    await order.deliver(1 + (a % 4));
    return `delivered as it was ${1 + (a % 4)} changes ago`;
  },
  verify: async (order) => {
    if (order.amazon.status() !== 'PENDING') return undefined;
    order.amazon.verify();
    return amazonDid(order, true, 'verified');
  },
  cancelUnits: async (order, { a, b, flag }) => {
    const line = pick(linesOf(unpacked(order)), b);
    if (!line) return undefined;
    const quantity = 1 + (a % line.quantity);
    order.amazon.cancelUnits(line.orderItemId, quantity);
    return amazonDid(order, flag, `cancels ${quantity} × ${line.orderItemId}: ${order.amazon.status()}`);
  },
  cancelOpen: async (order, { flag }) => {
    if (isEmpty(order.amazon.openUnits())) return undefined;
    order.amazon.cancelOpen();
    return amazonDid(order, flag, `cancels what is open: ${order.amazon.status()}`);
  },
  buyerAsks: async (order, { a, flag }) => {
    const { amazon } = order;
    if (isEmpty(amazon.openUnits())) return undefined;
    const lines = flag ? amazon.ids : [pick(amazon.ids, a) ?? ''];
    amazon.ask(lines);
    return amazonDid(order, true, `the buyer asks to cancel ${lines.join(', ')}`);
  },
  buyerWithdraws: async (order) => {
    if (order.amazon.wish().length === 0) return undefined;
    order.amazon.ask([]);
    return amazonDid(order, true, 'the buyer does not ask any more');
  },
  erpDecides: (order, { a }) => erpSays(order, order.erp.decide(a % 4 !== 0)),
  erpCancels: (order) => erpSays(order, order.erp.cancel()),
  commerceHolds: async (order) => (order.commerce.hold() ? commerceIs(order) : undefined),
  commerceGoesOn: async (order) => (order.commerce.goOn() ? commerceIs(order) : undefined),
  commerceCancels: async (order) => (order.commerce.cancelByHand() ? commerceIs(order) : undefined),
  commercePutRight: async ({ commerce }) =>
    commerce.putRight() ? 'somebody makes the missing documents in Commerce' : undefined,
  catalogue: async ({ commerce }, { flag }) => {
    if (commerce.created() > 0 || commerce.lacks() === flag) return undefined;
    commerce.lack(flag);
    return flag ? 'the catalogue lacks a product' : 'the catalogue has all products';
  },
} as const satisfies Record<string, Act>;

/** As often as an ERP likes. */
async function erpSays(order: ModelOrder, change: ErpOrderChange | undefined): Promise<string | undefined> {
  if (!change) return undefined;
  await order.signal('erpOrderChanged', change);
  await order.signal('erpOrderChanged', change);
  return `the ERP says, twice: ${change.kind}`;
}

async function commerceIs(order: ModelOrder): Promise<string> {
  const state = order.commerce.state() ?? '';
  await order.signal('commerceOrderChanged', { state, status: state });
  return `Commerce order is ${state}`;
}
