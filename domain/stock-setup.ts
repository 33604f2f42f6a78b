import type { InventoryStrategy } from './settings';
import type { ShopStock } from './stock';

/** The sources and stocks of a Commerce instance. */
export interface StockSetup {
  readonly sources: readonly {
    readonly code: string;
    readonly enabled: boolean;
    readonly countryCode: string;
    readonly postalCode: string;
  }[];
  readonly stocks: readonly Stock[];
}

export interface Stock {
  readonly id: number;
  readonly name: string;
  /** Codes of the websites that sell from it. */
  readonly websites: readonly string[];
  /** Codes of its sources, the first to be used first. */
  readonly sources: readonly string[];
}

/** A website that gets Amazon's orders, in its shop. */
export interface Place {
  readonly setup: StockSetup;
  readonly website: string;
  readonly shop: ShopStock;
}

/** Default Stock: Commerce gives it source `default` and no other, and that source to no other stock. */
const defaultStockId = 1;

export const stockOf = ({ stocks }: StockSetup, website: string): Stock | undefined =>
  stocks.find(({ websites }) => websites.includes(website));

const ofShop = ({ setup, shop }: Place) => stockOf(setup, shop.website);
const ofOrders = ({ setup, website }: Place) => stockOf(setup, website);

/** `none` is possible for everyone; the others need a website of their own for the orders. */
export function possibleStrategies(place: Place): InventoryStrategy[] {
  const stock = ofShop(place);
  if (!stock || place.website === place.shop.website) return ['none'];
  return [
    'none',
    ...(stock.sources.includes(place.shop.origin) ? (['sourceTransfer'] as const) : []),
    ...(stock.id !== defaultStockId ? (['dedicatedWebsite'] as const) : []),
  ];
}

/** Sources that the stock of the orders' website must have, and no others. */
export function wantedSources(place: Place, strategy: Exclude<InventoryStrategy, 'none'>): readonly string[] {
  return strategy === 'sourceTransfer' ? [place.shop.allocation] : (ofShop(place)?.sources ?? []);
}

/** What keeps `strategy` from working, as a sentence that says what to do. */
export function setupProblem(place: Place, strategy: InventoryStrategy, account: string): string | undefined {
  const { setup, website, shop } = place;
  const stock = ofOrders(place);
  if (!possibleStrategies(place).includes(strategy)) return impossible(place, strategy);
  if (strategy !== 'none') {
    const disabled = wantedSources(place, strategy).find((code) =>
      setup.sources.some((source) => source.code === code && !source.enabled),
    );
    if (disabled !== undefined) return `Source ${disabled} is disabled: enable it in Commerce.`;
    if (!isReady(place, strategy)) {
      return `For ${strategy}, website ${website} needs a stock of ${wantedSources(place, strategy).join(', ')} alone: make it with \`npx channel accounts set-up-stock --account ${account}\`.`;
    }
  }
  if (!stock) return `Website ${website} sells from no stock: give it one in Commerce.`;
  if (stock.sources.length > 0) return undefined;
  return `Stock ${stock.name} of website ${website} has no source, so nothing of it can be shipped: give it one in Commerce${website === shop.website ? '' : ', or choose another inventory'}.`;
}

/** The orders' website has its own stock with the sources that the strategy wants. */
export function isReady(place: Place, strategy: Exclude<InventoryStrategy, 'none'>): boolean {
  const stock = ofOrders(place);
  const wanted = wantedSources(place, strategy);
  return (
    stock !== undefined &&
    isOwn(stock, place) &&
    wanted.length > 0 &&
    stock.sources.length === wanted.length &&
    wanted.every((code) => stock.sources.includes(code))
  );
}

/** Not the one that the shop sells from. */
export const isOwn = ({ id, websites }: Stock, { shop }: Place): boolean =>
  id !== defaultStockId && !websites.includes(shop.website);

function impossible(place: Place, strategy: InventoryStrategy): string {
  const { website, shop } = place;
  const stock = ofShop(place);
  if (!stock)
    return `No stock sells on website ${shop.website}: set stock.website of the Commerce instance to the code of the website that the shop sells on.`;
  if (website === shop.website)
    return `${strategy} needs a website of its own for Amazon's orders, but the store view belongs to ${website}, where the shop sells.`;
  return strategy === 'sourceTransfer'
    ? `sourceTransfer takes units from source ${shop.origin}, but the shop sells from ${stock.sources.join(', ') || 'no source'}: set stock.origin of the Commerce instance, or choose dedicatedWebsite.`
    : 'dedicatedWebsite needs a shop that sells from sources of its own, but this one sells from Default Stock: choose sourceTransfer.';
}
