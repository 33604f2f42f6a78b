import type { Client } from '@temporalio/client';
import { Hono } from 'hono';
import type { ClientConfig } from '../../config/assemble';
import type { CommerceEvents } from '../../integrations/commerce/io-events';
import type { ErpPort } from '../../integrations/erp/port';
import { createEncryptionCodec } from '../../integrations/temporal/codec';
import { createCodecServer } from '../../integrations/temporal/codec-server';
import type { KeyRing } from '../../integrations/temporal/key-ring';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import { createIntakes, type IntakeAccount } from '../intakes';
import { createOrders } from '../orders';
import type { ErpAccount } from './erp-of-order';
import { type Listening, listen } from './listen';
import { createPages } from './pages';
import { rememberingIntakes } from './remembered-intakes';
import { isLoopback } from './security';
import { createWebhooks } from './webhooks';

export interface ChannelServices {
  readonly config: Pick<ClientConfig, 'http' | 'taskQueue'> & {
    readonly accounts: readonly (IntakeAccount & ErpAccount)[];
  };
  readonly client: Client;
  readonly keyRing: KeyRing;
  /** Undefined for an ERP that the settings do not have. */
  readonly erps: (name: string) => ErpPort | undefined;
  /** Undefined for a Commerce instance that the settings have no events for. */
  readonly commerceEvents?: (name: string) => CommerceEvents | undefined;
  readonly onFault?: (error: Error) => void;
}

export interface ServedChannel {
  /** Orders page and webhooks. */
  readonly pageUrl: string;
  /** For the Temporal Web UI; on loopback, whatever the page is bound to, because it decrypts for whoever asks. */
  readonly codecUrl: string;
  close(): Promise<void>;
}

/** Serves the Orders page, the webhooks and the codec endpoint. @throws PortInUseError */
export async function serveChannel(services: ChannelServices): Promise<ServedChannel> {
  const { config, client, keyRing, erps, commerceEvents } = services;
  const { page, codec, temporalUi } = config.http;
  const app = new Hono()
    .route('/', createWebhooks({ erps, commerceEvents, accounts: config.accounts, client }))
    .route('/', pagesOf(services));
  const codecServer = createCodecServer({
    codec: createEncryptionCodec(keyRing),
    allowedOrigin: originsOf(temporalUi),
  });
  const served: Listening[] = [await listen((request) => app.fetch(request), page)];
  const closeAll = async () => {
    for (const each of served) await each.close();
  };
  try {
    const address = { host: '127.0.0.1', port: codec.port };
    served.push(await listen((request) => codecServer.fetch(request), address));
  } catch (error) {
    await closeAll();
    throw error;
  }
  const [pageUrl = '', codecUrl = ''] = served.map(({ url }) => url);
  return { pageUrl, codecUrl, close: closeAll };
}

/** Of somebody who waits for a page. */
const patience = { answerWithinMs: 3_000, pullWithinMs: 20_000 };

function pagesOf({ config, client, keyRing, onFault }: ChannelServices): ReturnType<typeof createPages> {
  const { accounts, taskQueue } = config;
  const { page, temporalUi } = config.http;
  return createPages({
    orders: createOrders(client, channelHash(keyRing), { taskQueue }),
    intakes: rememberingIntakes(createIntakes(client, { accounts, ...patience })),
    temporalUi,
    namespace: client.options.namespace,
    anyHost: !isLoopback(page.host),
    ...(onFault && { onFault }),
  });
}

/** Of the Web UI, which on this machine is opened by name or by number. */
export function originsOf(temporalUi: string): string[] {
  const { origin, hostname } = new URL(temporalUi);
  if (!isLoopback(hostname)) return [origin];
  return ['127.0.0.1', 'localhost'].map((host) => origin.replace(hostname, host));
}
