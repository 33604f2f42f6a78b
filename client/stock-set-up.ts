import type { AccountConfig, CommerceConfig } from '../config/config';
import type { InventoryStrategy } from '../domain/settings';
import {
  isOwn,
  isReady,
  type Place,
  possibleStrategies,
  setupProblem,
  stockOf,
  wantedSources,
} from '../domain/stock-setup';
import { createCommercePort } from '../integrations/commerce/client';
import type { CommercePort } from '../integrations/commerce/port';
import { CheckError } from './check-error';
import { placesOf } from './stock-checks';

/**
 * Makes in Commerce what the inventory strategies of the account need and is missing: the source, and a stock of the
 * website's own with the wanted sources alone. Repeating it changes nothing. Tells what it did, a sentence each.
 *
 * @throws CheckError where a strategy is not possible; nothing was made for it then.
 */
export async function* setUpStock(shop: CommerceConfig, account: AccountConfig): AsyncGenerator<string> {
  const port = createCommercePort(shop);
  for (const { website, strategy } of await placesOf(port, shop, account)) {
    if (strategy === 'none') continue;
    // What was made for one website can be what the next one needs.
    const setup = await port.inventory.setup();
    yield* setUp(port, { setup, website, shop: shop.stock }, strategy, account.name);
  }
}

async function* setUp(
  port: CommercePort,
  place: Place,
  strategy: Exclude<InventoryStrategy, 'none'>,
  account: string,
): AsyncGenerator<string> {
  const { setup, website, shop } = place;
  if (!possibleStrategies(place).includes(strategy)) {
    throw new CheckError(setupProblem(place, strategy, account) ?? `${strategy} is not possible.`);
  }
  const isMissing = !setup.sources.some(({ code }) => code === shop.allocation);
  if (strategy === 'sourceTransfer' && isMissing) {
    await makeSource(port, place);
    yield `Source ${shop.allocation} was made.`;
  }
  if (isReady(place, strategy)) yield `Website ${website} has the stock that ${strategy} needs.`;
  else yield await makeStock(port, place, wantedSources(place, strategy));
}

/** At the address of the source that its units come from, because Commerce wants one. */
async function makeSource(port: CommercePort, { setup, shop }: Place): Promise<void> {
  const from = setup.sources.find(({ code }) => code === shop.origin);
  await port.inventory.createSource({
    code: shop.allocation,
    name: 'Allocated to Amazon orders',
    countryCode: from?.countryCode || 'US',
    postalCode: from?.postalCode || '00000',
  });
}

/** An empty stock of the website's own is filled; any other is left as it is, and the website gets a new one. */
async function makeStock(port: CommercePort, place: Place, sources: readonly string[]): Promise<string> {
  const { setup, website } = place;
  const present = stockOf(setup, website);
  const list = sources.join(', ');
  if (present && isOwn(present, place) && present.sources.length === 0) {
    await port.inventory.linkSources(present.id, sources);
    return `Stock "${present.name}" of website ${website} has source ${list} now.`;
  }
  const name = `Amazon orders of ${website} from ${list}`;
  const id = await port.inventory.createStock(name, website);
  await port.inventory.linkSources(id, sources);
  const before = present ? ` instead of "${present.name}"` : '';
  return `Website ${website} sells from the new stock "${name}" (id ${id}) now${before}.`;
}
