import { cancelOrderUpdate, holdOrderUpdate, parcelShippedSignal } from '../../workflows/order/contract';
import { held } from '../support/fake-activities';
import { pendingOrder } from '../support/orders';
import { amazonChanges, fulfilled, type Life, nextParcel, packages, settled, wished } from './life';

const hear = async (life: Life) => {
  life.amazon = pendingOrder(life.verified);
  await life.world.deliver(life.amazon);
};

const verify = async (life: Life) => {
  life.amazon = life.verified;
  await life.world.deliver(life.verified);
  await settled(life);
};

const ship = async (life: Life, ...orderItemIds: readonly string[]) => {
  const parcel = await nextParcel(life);
  const lines = parcel.lines.filter(({ orderItemId }) => orderItemIds.includes(orderItemId));
  await life.handle.signal(parcelShippedSignal, { ...parcel, lines });
  await settled(life);
};

/** How a fresh order comes into each phase of docs/phases-and-events.md. */
export const phases: Readonly<Record<string, (life: Life) => Promise<unknown>>> = {
  pending: hear,

  held: async (life) => {
    await hear(life);
    await life.world.ask(life.verified, holdOrderUpdate);
    await verify(life);
  },

  blocked: async (life) => {
    const blockers = [{ sku: 'POT-RED', cause: 'notInCatalogue' as const }];
    life.world.behave(life.verified, { placeOrder: async () => ({ kind: 'blocked', blockers }) });
    await verify(life);
  },

  submitting: async (life) => {
    const answer = held({ kind: 'accepted' as const, erpOrderNumber: 'SO-1' });
    life.world.behave(life.verified, { submitOrder: [answer.activity] });
    life.held.push('submitOrder');
    life.letGo = answer.answer;
    await verify(life);
    await life.world.called(life.verified, 'submitOrder');
  },

  submitted: async (life) => {
    life.world.behave(life.verified, { submitOrder: async () => ({ kind: 'pending' }) });
    await verify(life);
  },

  accepted: verify,
  'without an ERP': verify,

  'partly shipped': async (life) => {
    await verify(life);
    await ship(life, 'mug');
    const lines = fulfilled('mug');
    await amazonChanges(life, { status: 'PARTIALLY_SHIPPED', lines, packages: await packages(life) });
  },

  stopping: async (life) => {
    life.world.behave(life.verified, { cancelErpOrder: async () => ({ kind: 'pending' }) });
    await verify(life);
    await amazonChanges(life, { lines: wished(life.amazon) });
  },

  cancelling: async (life) => {
    life.world.behave(life.verified, { followCancellation: async () => ({ kind: 'inProgress' }) });
    await verify(life);
    await life.world.ask(life.verified, cancelOrderUpdate, { reason: 'NoInventory' });
  },

  settling: async (life) => {
    await verify(life);
    await ship(life, 'mug', 'pot');
    const lines = fulfilled('mug', 'pot');
    await amazonChanges(life, { status: 'SHIPPED', lines, packages: await packages(life) });
  },

  cancelled: async (life) => {
    await verify(life);
    await amazonChanges(life, { status: 'CANCELLED' });
  },
};
