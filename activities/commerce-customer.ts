import type { AmazonOrder } from '../domain/order';
import { type CustomerAddress, customerAddress } from '../integrations/commerce/customer-address';
import { CommerceRefusedError } from '../integrations/commerce/errors';
import { accountName, personName, relayedEmail } from '../integrations/commerce/identity';
import { countryOf } from '../integrations/commerce/order-address';
import type { CommerceCallOptions, CommercePort, NewCustomer } from '../integrations/commerce/port';
import type { Customer, Store } from '../integrations/commerce/records';
import type { CustomerInput, CustomerResult } from './contracts/commerce';

type Found = CustomerResult & { readonly kind: 'customer' };

/** Commerce is the guard: an e-mail has one account per website, or one at all, by the shop's settings. */
export async function findOrCreateCustomer(
  commerce: CommercePort,
  { pinned, order }: CustomerInput,
  options: CommerceCallOptions,
): Promise<CustomerResult> {
  const guest = (reason: string): CustomerResult => ({ kind: 'guest', reason });
  if (pinned.customer === 'guest') return guest('The settings ask for guest orders.');
  if (order.programs.includes('INVOICE_BY_AMAZON')) return guest('Amazon itself is the invoicing buyer.');
  const email = relayedEmail(order);
  if (email === undefined) return guest('Amazon gave no e-mail address that Commerce would take.');

  const store = await commerce.store(pinned.store);
  const [known] = await commerce.findCustomers(email, store.websiteId, options);
  if (known) return accountOf(known, false);
  const name = accountName(personName(order, order.buyer?.name ?? order.shipTo?.name));
  const address = await addressOf(commerce, order);
  return create(commerce, store, { email, ...name, ...(address && { address }) }, options);
}

const accountOf = ({ id, groupId }: Customer, created: boolean): Found => ({
  kind: 'customer',
  customerId: id,
  created,
  ...(groupId !== undefined && { groupId }),
});

async function addressOf(commerce: CommercePort, order: AmazonOrder): Promise<CustomerAddress | undefined> {
  const regions = order.shipTo?.stateOrRegion ? await commerce.regions(countryOf(order)) : [];
  return customerAddress(order, regions);
}

async function create(
  commerce: CommercePort,
  store: Store,
  customer: NewCustomer,
  options: CommerceCallOptions,
): Promise<Found> {
  try {
    return accountOf(await commerce.createCustomer(store, customer, options), true);
  } catch (error) {
    if (!(error instanceof CommerceRefusedError)) throw error;
    const rival = await findAnywhere(commerce, store, customer.email, options);
    if (rival) return accountOf(rival, false);
    const { address, ...bare } = customer;
    if (!address) throw error;
    const note = `The customer account has no address, because Commerce does not take it: ${error.sentence}`;
    return { ...(await create(commerce, store, bare, options)), note };
  }
}

/** Where accounts are shared by all websites, one of another website is what the creation ran into. */
async function findAnywhere(
  commerce: CommercePort,
  store: Store,
  email: string,
  options: CommerceCallOptions,
): Promise<Customer | undefined> {
  const found = await commerce.findCustomers(email, undefined, options);
  return found.find(({ websiteId }) => websiteId === store.websiteId) ?? found[0];
}
