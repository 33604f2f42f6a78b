import type { SubmitOrderResult } from '../../activities/contracts/erp';
import type { AmazonOrder } from '../../domain/order';
import type { Activities } from '../../worker/dependencies';

export interface NoOpOptions {
  /** Told which activity has run for which order. */
  readonly onRun?: (activity: 'placeOrder' | 'confirmShipment', amazonOrderId: string) => void;
  /** The ERP's answer; by default it accepts at once. */
  readonly erpAnswer?: () => SubmitOrderResult;
}

/** All activities of the channel, doing nothing and going well: what is left is the workflows' and the engine's work. */
export function noOpActivities({ onRun = () => {}, erpAnswer = accepts }: NoOpOptions = {}): Activities {
  let placed = 0;
  return {
    amazon: {
      sweepPage: async () => ({ kind: 'tokenExpired' }),
      pullOrder: async () => ({ kind: 'notFound' }),
      readOrder: async () => null,
      confirmShipment: async ({ amazonOrderId }) => {
        onRun('confirmShipment', amazonOrderId);
        return { kind: 'taken' };
      },
      prepareCancellation: async () => ({ ticket: {} }),
      submitCancellation: async ({ ticket }) => ({ kind: 'submitted', ticket }),
      followCancellation: async () => ({ kind: 'done' }),
    },
    alerts: {
      findAlerts: async ({ silentSince }) => ({ open: 0, untold: 0, silentSince }),
      sendAlert: async () => ({}),
    },
    commerce: {
      placeOrder: async ({ order }) => {
        placed += 1;
        onRun('placeOrder', order.amazonOrderId);
        return { kind: 'placed', commerce: commerceOrder(order, placed), adopted: false, differences: [] };
      },
      findOrder: async () => null,
      invoiceOrder: async () => ({ state: 'complete' }),
      closeShrunkOrder: async () => ({ state: 'complete' }),
      shipOrder: async () => ({ shipmentId: '99' }),
      transferStock: async () => ({ kind: 'moved', moves: [] }),
      cancelOrder: async () => ({ kind: 'canceled', state: 'canceled' }),
    },
    shipments: { lookForShipments: async () => ({ waiting: 0, signalled: 0, tookMs: 0 }) },
    erp: {
      submitOrder: async () => erpAnswer(),
      cancelErpOrder: async () => ({ kind: 'cancelled' }),
    },
  };
}

const accepts = (): SubmitOrderResult => ({ kind: 'accepted', erpOrderNumber: 'SO-1' });

const commerceOrder = ({ amazonOrderId, status, lines }: AmazonOrder, entityId: number) => ({
  entityId,
  number: amazonOrderId,
  state: status === 'SHIPPED' ? 'complete' : 'processing',
  itemIds: Object.fromEntries(lines.map(({ orderItemId }, index) => [orderItemId, index + 1])),
});
