import type { Http } from './http';
import type { CommerceCallOptions, NewCustomer } from './port';
import type { Customer, Store } from './records';
import { searchQuery } from './search';
import { customerFields, customerSchema, itemsOf } from './wire';

export function findCustomers(
  http: Http,
  email: string,
  websiteId: number | undefined,
  { signal }: CommerceCallOptions = {},
): Promise<Customer[]> {
  const onWebsite = websiteId === undefined ? [] : [[{ field: 'website_id', value: websiteId }]];
  return http({
    operation: 'look up customer',
    method: 'GET',
    store: 'all',
    path: '/V1/customers/search',
    query: searchQuery({
      groups: [[{ field: 'email', value: email }], ...onWebsite],
      fields: customerFields,
      pageSize: 20,
    }),
    answer: itemsOf(customerSchema),
    signal,
  });
}

export function createCustomer(
  http: Http,
  store: Store,
  { email, firstName, lastName, address }: NewCustomer,
  { signal }: CommerceCallOptions = {},
): Promise<Customer> {
  return http({
    operation: 'create customer',
    method: 'POST',
    store: store.code,
    path: '/V1/customers',
    body: {
      customer: {
        email,
        firstname: firstName,
        lastname: lastName,
        website_id: store.websiteId,
        store_id: store.id,
        ...(address && { addresses: [address] }),
      },
    },
    answer: customerSchema,
    slow: true,
    signal,
  });
}
