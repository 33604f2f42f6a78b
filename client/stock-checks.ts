import type { AccountConfig, CommerceConfig } from '../config/config';
import type { InventoryStrategy } from '../domain/settings';
import { type Place, possibleStrategies, setupProblem } from '../domain/stock-setup';
import { createCommercePort } from '../integrations/commerce/client';
import { CommerceAccessError } from '../integrations/commerce/errors';
import type { CommercePort } from '../integrations/commerce/port';
import { advise, CheckError } from './check-error';

/** A website that gets orders of an account, with what the settings want of its stock. */
export interface PlaceOfOrders extends Place {
  readonly strategy: InventoryStrategy;
}

const accessAdvice =
  'The integration needs the resources of Inventory: sources, stocks and their links, in Commerce under System, Integrations.';

/** Answers which strategies are possible, and throws where the one of the settings does not work. */
export async function checkStock(
  shop: CommerceConfig,
  account: AccountConfig,
  timeoutMs: number,
): Promise<string> {
  const port = createCommercePort(shop, { timeoutMs });
  const places = await placesOf(port, shop, account).catch(advise(CommerceAccessError, accessAdvice));
  const problems = places.flatMap((place) => setupProblem(place, place.strategy, account.name) ?? []);
  const possible = places.map(describePlace);
  if (problems.length > 0) throw new CheckError([...problems, ...possible].join(' '));
  return possible.join(' ') || 'No orders are imported.';
}

const describePlace = (place: PlaceOfOrders): string =>
  `Website ${place.website} has inventory ${place.strategy}; possible: ${possibleStrategies(place).join(', ')}.`;

/** Of the marketplaces whose orders are imported into this shop; each website once for each strategy. */
export async function placesOf(
  port: CommercePort,
  { name, stock }: Pick<CommerceConfig, 'name' | 'stock'>,
  { marketplaces }: Pick<AccountConfig, 'marketplaces'>,
): Promise<PlaceOfOrders[]> {
  const own = marketplaces.filter(
    ({ policy }) => policy.commerce === name && policy.importOrders === 'enabled',
  );
  const setup = await port.inventory.setup();
  const places = await Promise.all(
    own.map(async ({ policy }): Promise<PlaceOfOrders> => {
      const { websiteCode } = await port.store(policy.store);
      return { setup, website: websiteCode, shop: stock, strategy: policy.inventory };
    }),
  );
  const keyOf = ({ website, strategy }: PlaceOfOrders) => `${website} ${strategy}`;
  return places.filter(
    (place, index) => places.findIndex((other) => keyOf(other) === keyOf(place)) === index,
  );
}
