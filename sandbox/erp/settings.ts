import { z } from 'zod';
import type { Store } from '../store';

/** Of both directions, until it is changed by the control plane. */
export const erpSandboxSecret = 'whsec_c2FuZGJveC1lcnAtd2ViaG9vay1zZWNyZXQtMzItYnl0ZXM=';

const minutes = 60_000;

/** Waits are sandbox time. */
export const erpSettingsSchema = z.strictObject({
  secret: z.string().startsWith('whsec_').default(erpSandboxSecret),
  /** Where the answers go; without one they wait. */
  callbackUrl: z.url().optional(),
  /** false: orders are accepted and rejected by hand. */
  autoAcknowledge: z.boolean().default(true),
  acknowledgeAfterMs: z
    .number()
    .nonnegative()
    .default(5 * minutes),
  /** Orders with one of these are rejected. */
  rejectSkus: z.array(z.string()).default([]),
  /** true: they are refused in the answer to the message, instead of by an event later. */
  rejectsAtOnce: z.boolean().default(false),
  rejection: z
    .strictObject({ code: z.string(), message: z.string() })
    .default({ code: 'UNKNOWN_SKU', message: 'The item is not in the item master' }),
  /** true: every accepted order leaves in one parcel. */
  shipsOrders: z.boolean().default(false),
  shipAfterMs: z
    .number()
    .nonnegative()
    .default(120 * minutes),
  /** How often each answer is told, as an ERP does that loses our acknowledgement. */
  callbackCopies: z.int().positive().default(1),
});

export type ErpSettings = z.output<typeof erpSettingsSchema>;

export interface ErpSettingsKeeper {
  current(): ErpSettings;
  /** Replaces the named settings; throws a ZodError on unknown or wrong ones. */
  change(changes: unknown): void;
}

export function keepErpSettings(store: Store): ErpSettingsKeeper {
  const records = store.collection<ErpSettings>('erp-settings');
  const current = () => erpSettingsSchema.parse(records.get('settings') ?? {});
  return {
    current,
    change: (changes) => {
      const changed = z.record(z.string(), z.unknown()).parse(changes);
      records.put('settings', erpSettingsSchema.parse({ ...current(), ...changed }));
    },
  };
}
