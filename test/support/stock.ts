import { setUpStock } from '../../client/stock-set-up';
import type { AccountConfig, CommerceConfig, CommerceCredentials } from '../../config/config';
import type { InventoryStrategy } from '../../domain/settings';
import { accountConfig } from './account-config';
import type { CommerceService } from './commerce-service';
import { orderPolicy } from './orders';

/** Where the settings have it by default. */
export const shopStock = { website: 'base', origin: 'default', allocation: 'amazon_allocated' } as const;

const nowhere = 'http://127.0.0.1:9';

/** Account `acme`, whose orders go to website `amazon` of the sandbox shop. */
export const stockAccount = (inventory: InventoryStrategy, store = 'amazon_us'): AccountConfig =>
  accountConfig(
    'acme',
    {
      endpoint: nowhere,
      tokenEndpoint: nowhere,
      credentials: { clientId: 'x', clientSecret: 'x', refreshToken: 'x' },
    },
    {
      marketplaces: [{ id: 'ATVPDKIKX0DER', policy: orderPolicy({ inventory, store, stock: shopStock }) }],
    },
  );

interface Reachable {
  readonly connection: Pick<CommerceService['connection'], 'url'> & {
    readonly credentials: CommerceCredentials;
  };
}

export const stockShop = ({ connection }: Reachable): CommerceConfig => ({
  ...connection,
  name: 'main',
  edition: 'paas',
  shipmentsEveryMs: 1_000,
  shipmentsWithoutNumber: 'wait',
  concurrency: 4,
  stock: shopStock,
});

/** What the strategy needs in the sandbox shop; tells what was done. */
export async function prepareStock(service: Reachable, inventory: InventoryStrategy): Promise<string[]> {
  const done: string[] = [];
  for await (const sentence of setUpStock(stockShop(service), stockAccount(inventory))) done.push(sentence);
  return done;
}

/** The shop moves out of Default Stock, into a stock of source `wh1`. */
export function giveShopAWarehouse({ sandbox: { shop } }: Pick<CommerceService, 'sandbox'>): void {
  shop.transaction(() => {
    const columns = { source_code: 'wh1', name: 'Warehouse 1', enabled: true, country_id: 'US' };
    shop.sources.put({ code: 'wh1', columns: { ...columns, postcode: '98109' } });
    shop.stocks.put({ id: 1, name: 'Default Stock', websites: ['amazon'] });
    shop.stocks.put({ id: 2, name: 'Shop', websites: ['base'] });
    shop.links.put({ stockId: 2, sourceCode: 'wh1', priority: 1 });
  });
}
