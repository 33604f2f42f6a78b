import { CommerceRefusedError } from '../integrations/commerce/errors';
import { accountName, personName, relayedEmail } from '../integrations/commerce/identity';
import type { CommerceCallOptions, CommercePort, NewCustomer } from '../integrations/commerce/port';
import type { Customer, Store } from '../integrations/commerce/records';
import type { CustomerInput, CustomerResult } from './contracts/commerce';

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
  if (known) return { kind: 'customer', customerId: known.id, created: false };
  const name = accountName(personName(order, order.buyer?.name ?? order.shipTo?.name));
  return create(commerce, store, { email, ...name }, options);
}

async function create(
  commerce: CommercePort,
  store: Store,
  customer: NewCustomer,
  options: CommerceCallOptions,
): Promise<CustomerResult> {
  try {
    const { id } = await commerce.createCustomer(store, customer, options);
    return { kind: 'customer', customerId: id, created: true };
  } catch (error) {
    if (!(error instanceof CommerceRefusedError)) throw error;
    const rival = await findAnywhere(commerce, store, customer.email, options);
    if (!rival) throw error;
    return { kind: 'customer', customerId: rival.id, created: false };
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
