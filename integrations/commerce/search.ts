import type { QueryParameters } from './oauth';

export interface Filter {
  readonly field: string;
  readonly value: string | number;
  /** `in` takes values separated by commas. Default `eq`. */
  readonly condition?: 'eq' | 'in' | 'gteq';
}

export interface Search {
  /** Filters of one group are alternatives, groups restrict one another. */
  readonly groups: readonly (readonly Filter[])[];
  /** What to answer of each record, in Commerce's notation. */
  readonly fields: string;
  readonly pageSize: number;
  /** From 1. */
  readonly page?: number;
  readonly sortBy?: string;
  readonly newestFirst?: boolean;
}

/**
 * The `searchCriteria` of a list. At most 10 groups and 10 filters in each: Commerce sorts `[10]` behind `[9]`
 * before it checks the signature, OAuth before `[2]`.
 */
export function searchQuery({
  groups,
  fields,
  pageSize,
  page = 1,
  sortBy,
  newestFirst,
}: Search): QueryParameters {
  const filters = groups.flatMap((group, groupIndex) =>
    group.flatMap(({ field, value, condition = 'eq' }, index) => {
      const filter = `searchCriteria[filterGroups][${groupIndex}][filters][${index}]`;
      return [
        [`${filter}[field]`, field],
        [`${filter}[value]`, String(value)],
        [`${filter}[conditionType]`, condition],
      ] as const;
    }),
  );
  const order = [
    ['searchCriteria[sortOrders][0][field]', sortBy ?? ''],
    ['searchCriteria[sortOrders][0][direction]', newestFirst ? 'DESC' : 'ASC'],
  ] as const;
  return [
    ...filters,
    ...(sortBy === undefined ? [] : order),
    ['searchCriteria[pageSize]', String(pageSize)],
    ['searchCriteria[currentPage]', String(page)],
    ['fields', `items[${fields}],total_count`],
  ];
}

export function chunks<T>(values: readonly T[], size: number): T[][] {
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, index) => values.slice(index * size, (index + 1) * size));
}
