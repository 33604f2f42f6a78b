import type { AlertReason } from '../domain/alerts';
import type { OrderPolicy } from '../domain/settings';
import type { ShopStock } from '../domain/stock';
import type { IntakeTimings } from '../workflows/intake/contract';

/** The settings file and the environment, parsed, complete and frozen. */
export interface Config {
  readonly accounts: readonly AccountConfig[];
  readonly commerce: readonly CommerceConfig[];
  readonly erps: readonly ErpConfig[];
  /** Absent where nobody is to be told. */
  readonly alerts?: AlertsConfig;
  readonly http: HttpConfig;
  /** Path of the key ring that encrypts payloads (`integrations/temporal/key-ring.ts`). */
  readonly keyRingFile: string;
  /** Path of the installation's id (`config/installation.ts`), outside the database on purpose. */
  readonly installationFile: string;
  readonly logs: LogConfig;
  /** Of the workflows; another one keeps two channels in one Temporal namespace apart. */
  readonly taskQueue: string;
}

/** One seller in one region: the unit of Amazon's quotas. */
export interface AccountConfig {
  /** Immutable slug, part of the workflow ids. */
  readonly name: string;
  readonly sellerId: string;
  readonly region: 'na' | 'eu' | 'fe';
  /** Base address of the Selling Partner API; by default the region's. */
  readonly endpoint: string;
  /** Login with Amazon. */
  readonly tokenEndpoint: string;
  readonly credentials: AmazonCredentials;
  /** Orders purchased earlier are never imported. */
  readonly importSince: string;
  /** `readOnly`: orders are listed, nothing is written to Amazon, Commerce or the ERP. */
  readonly mode: AccountMode;
  readonly intake: IntakeTimings;
  /** An intake whose last answer of Amazon is older raises an alert. */
  readonly staleAfterMs: number;
  readonly pace: AmazonPace;
  /** Where Amazon sends ORDER_CHANGE notifications; without it sweeps alone find what has changed. */
  readonly notifications?: QueueConfig;
  readonly marketplaces: readonly MarketplaceConfig[];
}

export type AccountMode = 'live' | 'readOnly';

/** The most calls per second, where the account is not to use all that Amazon grants it. */
export interface AmazonPace {
  readonly getOrder?: number | undefined;
  readonly confirmShipment?: number | undefined;
}

/** A standard SQS queue. Its credentials are those of the AWS SDK's default provider chain. */
export interface QueueConfig {
  readonly queueUrl: string;
  readonly region: string;
  /** Base address of the queue service. */
  readonly endpoint: string;
}

export interface AmazonCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export interface MarketplaceConfig {
  readonly id: string;
  readonly policy: OrderPolicy;
}

export type CommerceConfig = CommerceInstanceConfig & CommerceAccess;

export interface CommerceInstanceConfig {
  readonly name: string;
  /** `https://shop.example.com`, without `/rest`; of the cloud service with the tenant at its end. */
  readonly url: string;
  /** From one look for shipments to the next. */
  readonly shipmentsEveryMs: number;
  /** `send`: a shipment without a tracking number is a parcel, too. `wait`: it becomes one with its number. */
  readonly shipmentsWithoutNumber: 'wait' | 'send';
  /** Adobe I/O Events posts here; without it the page takes none. */
  readonly events?: CommerceEventsConfig;
  /** Calls at the same time. */
  readonly concurrency: number;
  readonly stock: ShopStock;
}

export interface CommerceEventsConfig {
  /** Of the project in the Adobe Developer Console that the events are registered in. */
  readonly clientId: string;
}

/**
 * - `paas`: Adobe Commerce on cloud infrastructure or on premises, and Magento Open Source
 * - `cloudService`: Adobe Commerce as a Cloud Service
 */
export type CommerceAccess =
  | { readonly edition: 'paas'; readonly credentials: CommerceCredentials }
  | {
      readonly edition: 'cloudService';
      readonly credentials: CloudServiceCredentials;
      /** Of Adobe's identity management. */
      readonly tokenEndpoint: string;
    };

/** OAuth server-to-server credential of the Adobe Developer Console. */
export interface CloudServiceCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly orgId: string;
}

/** OAuth 1.0a integration. */
export interface CommerceCredentials {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

export interface ErpConfig {
  readonly name: string;
  readonly kind: 'webhook';
  readonly url: string;
  /** Standard Webhooks, `whsec_…`; several separated by blanks while one is exchanged. */
  readonly secret: string;
  readonly timeoutMs: number;
}

/** At least one of webhook and mail. */
export interface AlertsConfig {
  /** From one look for what needs a person to the next. */
  readonly everyMs: number;
  /** How long a trouble that mostly goes by itself must have lasted. */
  readonly afterMs: number;
  /** From one digest to the next, at least. */
  readonly paceMs: number;
  readonly reasons: readonly AlertReason[];
  /** Base address of the Orders page, as people reach it. */
  readonly page: string;
  readonly webhook?: WebhookAlertConfig;
  readonly mail?: MailAlertConfig;
}

export interface WebhookAlertConfig {
  readonly url: string;
  /** As of {@link ErpConfig}. */
  readonly secret: string;
}

export interface MailAlertConfig {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly secure: boolean;
  readonly from: string;
  readonly to: readonly string[];
  /** Absent where the server asks for none. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** All bind to loopback unless the settings say otherwise. */
export interface HttpConfig {
  readonly page: { readonly host: string; readonly port: number };
  readonly codec: { readonly port: number };
  /** Of the Temporal Web UI, for the links on the Orders page. */
  readonly temporalUi: string;
}

export interface LogConfig {
  readonly folder: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
}
