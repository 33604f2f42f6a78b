import type { Http } from './http';
import type { CommerceCallOptions, StockRequest } from './port';
import type { Product, Store } from './records';
import { chunks, type Filter, searchQuery } from './search';
import { itemsOf, productFields, productSchema, salabilitySchema } from './wire';

const skusPerSearch = 50;
/** Indexes of query parameters stay below 10, as in `search.ts`. */
const skusPerStockCall = 10;

/** Read in the scope of the store view, because a product can be disabled there alone. */
export async function productsOf(
  http: Http,
  store: Store,
  skus: readonly string[],
  { signal }: CommerceCallOptions = {},
): Promise<Product[]> {
  const pages = await Promise.all(
    skuFilters(skus, skusPerSearch).map((filters) =>
      http({
        operation: 'look up products',
        method: 'GET',
        store: store.code,
        path: '/V1/products',
        query: searchQuery({ groups: [filters], fields: productFields, pageSize: skusPerSearch }),
        answer: itemsOf(productSchema),
        signal,
      }),
    ),
  );
  return pages.flat();
}

/** An `in` filter splits its value at commas, so a SKU that contains one gets a filter of its own. */
export function skuFilters(skus: readonly string[], perSearch: number): Filter[][] {
  const plain = skus.filter((sku) => !sku.includes(','));
  const withComma = skus.filter((sku) => sku.includes(','));
  return [
    ...chunks(plain, perSearch).map((some): Filter[] => [
      { field: 'sku', value: some.join(','), condition: 'in' },
    ]),
    ...chunks(withComma, Math.min(perSearch, 10)).map((some) =>
      some.map((sku): Filter => ({ field: 'sku', value: sku })),
    ),
  ];
}

/** Asks about SKUs of the catalogue only: an unknown one is a PHP error. */
export async function unsalableOf(
  http: Http,
  store: Store,
  stockId: number,
  wanted: readonly StockRequest[],
  { signal }: CommerceCallOptions = {},
): Promise<string[]> {
  const answers = await Promise.all(
    chunks(wanted, skusPerStockCall).map((some) =>
      http({
        operation: 'check stock',
        method: 'GET',
        store: store.code,
        path: '/V1/inventory/are-product-salable-for-requested-qty/',
        query: [
          ...some.flatMap(
            ({ sku, quantity }, index) =>
              [
                [`skuRequests[${index}][sku]`, sku],
                [`skuRequests[${index}][qty]`, String(quantity)],
              ] as const,
          ),
          ['stockId', String(stockId)],
        ],
        answer: salabilitySchema,
        signal,
      }),
    ),
  );
  return answers.flat().flatMap(({ sku, salable }) => (salable ? [] : sku));
}
