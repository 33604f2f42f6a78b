import { badRequest, requiredFields } from './errors';
import { type DataType, fieldsOf, objectsOf } from './input';
import { isObject, type Json, type JsonObject } from './json';
import { countMail } from './mails';
import type { CustomerRecord } from './records';
import type { Row } from './row';
import { rowFrom, stored, viewRow } from './rows';
import { type Criteria, search, unknownAttribute } from './search';
import type { Shop } from './shop';
import { type StoreView, storeById, storeViews } from './stores';

const regionType: DataType = {
  fields: { ...fieldsOf('string', 'region_code region'), region_id: 'int', extension_attributes: 'any' },
};

const addressType: DataType = {
  fields: {
    ...fieldsOf('int', 'id customer_id region_id'),
    ...fieldsOf('string', 'country_id company telephone fax postcode city firstname lastname middlename'),
    ...fieldsOf('string', 'prefix suffix vat_id'),
    ...fieldsOf('boolean', 'default_shipping default_billing'),
    region: { one: regionType },
    street: 'string[]',
    extension_attributes: 'any',
    custom_attributes: 'any',
  },
};

export const customerType: DataType = {
  fields: {
    ...fieldsOf('int', 'id group_id gender store_id website_id disable_auto_group_change'),
    ...fieldsOf('string', 'default_billing default_shipping confirmation created_at updated_at created_in'),
    ...fieldsOf('string', 'dob email firstname lastname middlename prefix suffix taxvat'),
    addresses: { many: addressType },
    extension_attributes: 'any',
    custom_attributes: 'any',
  },
};

const validName = /^(?:[\p{L}\p{M},\-_.'’`&\s\d]){1,255}$/u;
const validEmail = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

function checkName(customer: JsonObject, field: string, label: string): void {
  const name = customer[field];
  if (typeof name !== 'string' || name.trim() === '') throw badRequest(`"${label}" is a required value.`);
  if (!validName.test(name)) throw badRequest(`${label} is not valid!`);
}

/** 400 that lists the required fields that an address lacks. A region is required in the United States. */
function checkAddress(address: JsonObject): void {
  const region = isObject(address.region) ? address.region.region_id : undefined;
  const values: [string, Json | undefined][] = [
    ['firstname', address.firstname],
    ['lastname', address.lastname],
    ['street', Array.isArray(address.street) ? address.street[0] : undefined],
    ['city', address.city],
    ['telephone', address.telephone],
    ['postcode', address.postcode],
    ['countryId', address.country_id],
    ['regionId', address.country_id === 'US' ? (address.region_id ?? region) : 'any'],
  ];
  const missing = values.filter(([, value]) => value === undefined || value === null || value === '');
  if (missing.length > 0) throw requiredFields(missing.map(([name]) => name));
}

function addressRecord(shop: Shop, customerId: number, address: JsonObject): JsonObject {
  const { default_billing, default_shipping, region, ...rest } = address;
  return {
    ...rest,
    id: shop.next('customer_address'),
    customer_id: customerId,
    ...(isObject(region) && { region }),
    ...(default_shipping === true && { default_shipping: true }),
    ...(default_billing === true && { default_billing: true }),
  };
}

const idOfDefault = (addresses: JsonObject[], kind: string): string | null => {
  const found = addresses.find((address) => address[kind] === true);
  return found ? String(found.id) : null;
};

function checkNew(shop: Shop, customer: JsonObject, websiteId: number): string {
  const { email } = customer;
  if (typeof email !== 'string' || email === '') throw requiredFields(['email']);
  checkName(customer, 'firstname', 'First Name');
  checkName(customer, 'lastname', 'Last Name');
  if (!validEmail.test(email)) throw badRequest('"Email" is not a valid email address.');
  const known = shop.customers.findBy('email', email.toLowerCase());
  if (known.some(({ columns }) => columns.website_id === websiteId)) {
    throw badRequest('A customer with the same email address already exists in an associated website.');
  }
  return email;
}

/**
 * `POST /V1/customers`. An e-mail is unique on its website. The new account gets a welcome mail, which no
 * setting prevents; a bad address leaves no account.
 */
export function createCustomer(shop: Shop, customer: JsonObject, urlStore: StoreView): JsonObject {
  const store = customer.store_id ? storeById(Number(customer.store_id)) : urlStore;
  const websiteId = Number(customer.website_id ?? store.website_id);
  const home =
    store.website_id === websiteId ? store : storeViews.find((one) => one.website_id === websiteId);
  checkNew(shop, customer, websiteId);
  const sent = objectsOf(customer.addresses);
  sent.forEach(checkAddress);

  const id = shop.next('customer');
  const addresses = sent.map((address) => addressRecord(shop, id, address));
  const columns: Row = {
    group_id: 1,
    ...stored(rowFrom(customer, customerType)),
    id,
    store_id: home?.id ?? store.id,
    website_id: websiteId,
    created_in: home?.name ?? store.name,
    default_billing: idOfDefault(addresses, 'default_billing'),
    default_shipping: idOfDefault(addresses, 'default_shipping'),
    created_at: shop.now(),
    updated_at: shop.now(),
    disable_auto_group_change: 0,
  };
  const record: CustomerRecord = { id, columns, addresses };
  shop.customers.put(record);
  countMail(shop);
  return customerView(record);
}

export const customerView = ({ columns, addresses }: CustomerRecord): JsonObject => ({
  ...viewRow(columns, customerType),
  addresses,
  extension_attributes: { is_subscribed: false },
});

const attributes = new Set(
  `entity_id email website_id store_id group_id firstname lastname middlename prefix suffix created_at updated_at
   created_in dob gender taxvat confirmation default_billing default_shipping`.split(/\s+/),
);

/** `GET /V1/customers/search` */
export const searchCustomers = (shop: Shop, criteria: Criteria): JsonObject =>
  search(
    {
      table: shop.customers,
      columns: attributes,
      indexed: ['email'],
      read: ({ id, columns }, column) => (column === 'entity_id' ? id : (columns[column] ?? null)),
      unknownColumn: unknownAttribute,
    },
    criteria,
    customerView,
  );
