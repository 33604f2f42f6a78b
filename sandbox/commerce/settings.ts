import { z } from 'zod';
import type { Store } from '../store';

const hours = 3_600_000;
const every = z.int().nonnegative();
const wait = z.number().nonnegative();

const warehouseSchema = z.strictObject({
  enabled: z.boolean(),
  /** Sandbox milliseconds from an order's arrival to its first parcel. */
  afterMs: wait,
  /** Every how many orders one goes out in two parcels; 0 for none. */
  split: every,
  /** Sandbox milliseconds between the two. */
  betweenMs: wait,
  /** Every how many shipments one gets its tracking number later; 0 for none. */
  lateTrack: every,
  trackAfterMs: wait,
});

const oauthSchema = z.strictObject({
  consumerKey: z.string().length(32),
  consumerSecret: z.string().min(1),
  token: z.string().length(32),
  tokenSecret: z.string().min(1),
});

const imsSchema = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  orgId: z.string().min(1),
  /** Real seconds that a token is good for. */
  tokenLifeS: z.number().positive(),
});

const changesSchema = z.strictObject({
  oauth: oauthSchema.partial().optional(),
  ims: imsSchema.partial().optional(),
  /** Rights that the integration lacks, such as `Magento_Customer::customer`. */
  deniedResources: z.array(z.string()).optional(),
  warehouse: warehouseSchema.partial().optional(),
});

export type Credentials = z.infer<typeof oauthSchema>;
export type ImsClient = z.infer<typeof imsSchema>;

export interface CommerceSettings {
  oauth: Credentials;
  ims: ImsClient;
  deniedResources: string[];
  warehouse: z.infer<typeof warehouseSchema>;
}

/** The integration that a new sandbox shop knows. */
export const sandboxCredentials: Credentials = {
  consumerKey: 'sandboxconsumerkey00000000000001',
  consumerSecret: 'sandboxconsumersecret00000000001',
  token: 'sandboxaccesstoken00000000000001',
  tokenSecret: 'sandboxtokensecret00000000000001',
};

/** The client that a new sandbox shop knows where it is spoken to as the cloud service. */
export const sandboxImsClient: ImsClient = {
  clientId: 'sandbox-ims-client',
  clientSecret: 'sandbox-ims-client-secret',
  orgId: 'SANDBOX@AdobeOrg',
  tokenLifeS: 86_399,
};

const defaults: CommerceSettings = {
  oauth: sandboxCredentials,
  ims: sandboxImsClient,
  deniedResources: [],
  warehouse: {
    enabled: true,
    afterMs: 3 * hours,
    split: 3,
    betweenMs: 2 * hours,
    lateTrack: 4,
    trackAfterMs: hours,
  },
};

export interface SettingsHolder {
  get(): CommerceSettings;
  /** Merges changes; throws a ZodError on unknown or wrong ones. */
  change(changes: unknown): void;
}

export function createSettings(store: Store): SettingsHolder {
  const kept = store.collection<CommerceSettings>('commerce.settings');
  let settings: CommerceSettings = { ...defaults, ...kept.get('settings') };
  return {
    get: () => settings,
    change: (changes) => {
      const { oauth, ims, deniedResources, warehouse } = changesSchema.parse(changes);
      settings = {
        oauth: { ...settings.oauth, ...withoutUndefined(oauth) },
        ims: { ...settings.ims, ...withoutUndefined(ims) },
        deniedResources: deniedResources ?? settings.deniedResources,
        warehouse: { ...settings.warehouse, ...withoutUndefined(warehouse) },
      };
      kept.put('settings', settings);
    },
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const withoutUndefined = <T extends object>(values: T | undefined) =>
  Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined)) as Defined<T>;
