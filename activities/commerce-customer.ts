import type { Pinned } from '../domain/commerce-order';
import type { AmazonOrder } from '../domain/order';
import { customerAddress } from '../integrations/commerce/customer-address';
import { CommerceRefusedError } from '../integrations/commerce/errors';
import { accountName, personName, relayedEmail } from '../integrations/commerce/identity';
import type { CommerceCallOptions, CommercePort, NewCustomer } from '../integrations/commerce/port';
import type { Customer, Region, Store } from '../integrations/commerce/records';

export interface CustomerSource {
  readonly pinned: Pinned;
  readonly order: AmazonOrder;
  readonly store: Store;
  /** Of the country that the order goes to. */
  readonly regions: readonly Region[];
}

export interface Account {
  readonly customer: Customer;
  /** What the operator should know of a new account, without personal data. */
  readonly note?: string;
}

/**
 * The account of an order; undefined for guests, as where Amazon gave no real e-mail, or is itself the invoicing
 * buyer. Commerce is the guard: an e-mail has one account per website, or one at all, by the shop's settings.
 */
export async function findOrCreateAccount(
  commerce: CommercePort,
  { pinned, order, store, regions }: CustomerSource,
  options: CommerceCallOptions,
): Promise<Account | undefined> {
  const email = relayedEmail(order);
  const isGuest = pinned.customer === 'guest' || order.programs.includes('INVOICE_BY_AMAZON');
  if (isGuest || email === undefined) return undefined;
  const [known] = await commerce.findCustomers(email, store.websiteId, options);
  if (known) return { customer: known };
  const name = accountName(personName(order, order.buyer?.name ?? order.shipTo?.name));
  const address = customerAddress(order, regions);
  const given = { email, ...name, ...(address && { address }) };
  return create(commerce, store, { given }, options);
}

interface Wanted {
  readonly given: NewCustomer;
  /** Of the account, if it is made so. */
  readonly note?: string;
}

async function create(
  commerce: CommercePort,
  store: Store,
  { given, note }: Wanted,
  options: CommerceCallOptions,
): Promise<Account> {
  try {
    const customer = await commerce.createCustomer(store, given, options);
    return { customer, ...(note !== undefined && { note }) };
  } catch (error) {
    if (!(error instanceof CommerceRefusedError)) throw error;
    const rival = await findRival(commerce, store, { email: given.email, error }, options);
    if (rival) return { customer: rival };
    const { address, ...bare } = given;
    if (!address) throw error;
    const without = `The customer account has no address, because Commerce does not take it: ${error.sentence}`;
    return create(commerce, store, { given: bare, note: without }, options);
  }
}

/** Whom the creation ran into. Commerce names one of another website only where all websites share their accounts. */
async function findRival(
  commerce: CommercePort,
  store: Store,
  { email, error }: { readonly email: string; readonly error: CommerceRefusedError },
  options: CommerceCallOptions,
): Promise<Customer | undefined> {
  const [own] = await commerce.findCustomers(email, store.websiteId, options);
  if (own || !error.sentence.includes('same email address already exists')) return own;
  const [shared] = await commerce.findCustomers(email, undefined, options);
  return shared;
}
