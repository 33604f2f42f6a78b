import { currenciesOf, currencyInformation } from './currencies';
import { createCustomer, customerType, customerView, searchCustomers } from './customers';
import { country } from './directory';
import { noSuchEntity } from './errors';
import { productType, saveProduct } from './product-create';
import { product, searchProducts, stockItem } from './products';
import type { Route } from './router';
import { parseCriteria } from './search';
import { storeConfigs, storeGroups, storeViews, websites } from './stores';

/** Stores, directory, customers and catalogue. */
export const shopRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/store/storeViews',
    resource: 'Magento_Backend::store',
    handle: () => storeViews,
  },
  {
    method: 'GET',
    path: '/store/websites',
    resource: 'Magento_Backend::store',
    handle: () => websites.map((website) => ({ ...website })),
  },
  {
    method: 'GET',
    path: '/store/storeGroups',
    resource: 'Magento_Backend::store',
    handle: () => storeGroups,
  },
  {
    method: 'GET',
    path: '/store/storeConfigs',
    resource: 'Magento_Backend::store',
    handle: ({ origin, shop }) => storeConfigs(origin, (website) => currenciesOf(shop, website).base),
  },
  {
    method: 'GET',
    path: '/directory/currency',
    resource: 'anonymous',
    absentInCloud: true,
    handle: ({ shop, store }) => currencyInformation(shop, store),
  },
  {
    method: 'GET',
    path: '/directory/countries/:id',
    resource: 'anonymous',
    handle: ({ path }) => country(path('id')),
  },
  {
    method: 'GET',
    path: '/customers/search',
    resource: 'Magento_Customer::customer',
    handle: ({ shop, query }) => searchCustomers(shop, parseCriteria(query)),
  },
  {
    method: 'GET',
    path: '/customers/:id',
    resource: 'Magento_Customer::customer',
    handle: ({ shop, id }) => {
      const customer = shop.customers.get(id('id'));
      if (!customer) throw noSuchEntity();
      return customerView(customer);
    },
  },
  {
    method: 'POST',
    path: '/customers',
    resource: 'Magento_Customer::manage',
    parameters: {
      customer: { type: { one: customerType }, required: true },
      password: { type: 'string' },
      redirectUrl: { type: 'string' },
    },
    handle: ({ shop, object, store }) => createCustomer(shop, object('customer'), store),
  },
  {
    method: 'GET',
    path: '/products',
    resource: 'Magento_Catalog::products',
    handle: ({ shop, query }) => searchProducts(shop, parseCriteria(query)),
  },
  {
    method: 'POST',
    path: '/products',
    resource: 'Magento_Catalog::products',
    parameters: {
      product: { type: { one: productType }, required: true },
      saveOptions: { type: 'boolean' },
    },
    handle: ({ shop, object, store }) => saveProduct(shop, object('product'), store),
  },
  {
    method: 'GET',
    path: '/products/:sku',
    resource: 'Magento_Catalog::products',
    handle: ({ shop, path }) => product(shop, path('sku')),
  },
  {
    method: 'GET',
    path: '/stockItems/:sku',
    resource: 'Magento_CatalogInventory::cataloginventory',
    handle: ({ shop, path }) => stockItem(shop, path('sku')),
  },
];
