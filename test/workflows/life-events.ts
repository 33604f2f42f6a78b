import { setTimeout } from 'node:timers/promises';
import {
  cancelOrderUpdate,
  commerceOrderChangedSignal,
  type ErpOrderChange,
  erpOrderChangedSignal,
  holdOrderUpdate,
  parcelCorrectedSignal,
  parcelShippedSignal,
  releaseOrderUpdate,
} from '../../workflows/order/contract';
import { at } from '../support/orders';
import { amazonChanges, fulfilled, type Life, nextParcel, wished, without } from './life';

const erpSays =
  (change: ErpOrderChange) =>
  ({ handle }: Life) =>
    handle.signal(erpOrderChangedSignal, change);

const commerceSays =
  (state: string) =>
  ({ handle }: Life) =>
    handle.signal(commerceOrderChangedSignal, { state, status: state });

/** How each event of docs/phases-and-events.md comes to an order. Rejects where the order refuses it. */
export const events: Readonly<Record<string, (life: Life) => Promise<unknown>>> = {
  verified: ({ world, verified }) => world.deliver(verified),

  'cancelled by Amazon': (life) => amazonChanges(life, { status: 'CANCELLED' }),

  'one line cancelled by Amazon': (life) => {
    const changed = without(life.amazon, 'pot');
    const isOver = life.amazon.status === 'SHIPPED' || life.amazon.status === 'CANCELLED';
    // Amazon cancels nothing of what has ended, so that this can only come late.
    if (isOver) return life.world.deliver({ ...changed, status: 'UNSHIPPED', lastUpdatedAt: at(90) });
    return amazonChanges(life, changed);
  },

  'shipped elsewhere': (life) => {
    const { amazon, verified } = life;
    const left = amazon.lines.filter(({ quantityUnfulfilled }) => quantityUnfulfilled > 0);
    const lines = left.length > 0 ? left : amazon.lines;
    const stranger = {
      packageReferenceId: '1',
      carrier: 'USPS',
      trackingNumber: '9400100000000000000000',
      shippedAt: at(95),
      lines: lines.map(({ orderItemId }) => ({ orderItemId, quantity: 1 })),
    };
    const packages = [...amazon.packages, stranger];
    if (amazon.status === 'CANCELLED') return amazonChanges(life, { packages });
    return amazonChanges(life, { ...verified, status: 'SHIPPED', lines: fulfilled('mug', 'pot'), packages });
  },

  'buyer asks to cancel': (life) => amazonChanges(life, { lines: wished(life.amazon) }),

  'operator cancels': ({ world, verified }) =>
    world.ask(verified, cancelOrderUpdate, { reason: 'NoInventory' }),
  hold: ({ world, verified }) => world.ask(verified, holdOrderUpdate),
  release: ({ world, verified }) => world.ask(verified, releaseOrderUpdate),

  parcel: async (life) => life.handle.signal(parcelShippedSignal, await nextParcel(life)),

  correction: async (life) => {
    const [known] = (await life.world.snapshot(life.verified)).parcels;
    const report = known ?? (await nextParcel(life));
    const { source, carrierCode, shippedAt, lines } = report;
    const trackingNumber = '1Z999AA10000000099';
    await life.handle.signal(parcelCorrectedSignal, {
      source,
      carrierCode,
      shippedAt,
      lines,
      trackingNumber,
    });
  },

  'ERP accepts': erpSays({ eventId: 'e-1', kind: 'accepted', erpOrderNumber: 'SO-1' }),
  'ERP rejects': erpSays({ eventId: 'e-1', kind: 'rejected', code: 'E7', message: 'No such SKU' }),
  'ERP cancels': erpSays({ eventId: 'e-1', kind: 'cancelled' }),
  'ERP does not stop': erpSays({ eventId: 'e-1', kind: 'cancelRefused', message: 'It is packed.' }),

  'Commerce cancels': commerceSays('canceled'),
  'Commerce holds': commerceSays('holded'),

  'deadline passes': async (life) => {
    const shipBy = new Date(Date.now() + 1_000).toISOString();
    await amazonChanges(life, { shipBy });
    await setTimeout(1_100);
  },
};
