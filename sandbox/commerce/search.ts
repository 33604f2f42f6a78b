import { ApiError, requiredFields } from './errors';
import { isObject, type Json, type JsonObject } from './json';
import type { Table } from './table';

interface Filter {
  field: string;
  value: string;
  condition: string;
}

/** What a `searchCriteria` asks for. Filters of one group are alternatives, groups restrict one another. */
export interface Criteria {
  groups: Filter[][];
  sortOrders: { field: string; descending: boolean }[];
  pageSize: number | undefined;
  currentPage: number | undefined;
}

/** Where records are searched: their readable columns, and the error for any other. */
export interface Searchable<T> {
  table: Table<T>;
  /** Columns that can be asked for. */
  columns: ReadonlySet<string>;
  /** Those of them that `table` has an index for, in lower case. */
  indexed: readonly string[];
  read(record: T, column: string): string | number | null;
  unknownColumn(column: string): Error;
}

const entries = (value: Json | undefined): JsonObject[] =>
  isObject(value) ? Object.values(value).filter(isObject) : [];
const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : String(value);
const countOf = (value: Json | undefined): number | undefined =>
  value === undefined ? undefined : Math.trunc(Number(value)) || undefined;

/** Both spellings, `filterGroups` and `filter_groups`, work. 400 without any `searchCriteria`. */
export function parseCriteria(query: JsonObject): Criteria {
  const given = query.searchCriteria ?? query.search_criteria;
  if (given === undefined) throw requiredFields(['searchCriteria']);
  const criteria = isObject(given) ? given : {};
  const groups = entries(criteria.filterGroups ?? criteria.filter_groups).map((group) =>
    entries(group.filters).map((filter) => ({
      field: textOf(filter.field) ?? '',
      value: textOf(filter.value) ?? '',
      condition: textOf(filter.conditionType ?? filter.condition_type) ?? 'eq',
    })),
  );
  const sortOrders = entries(criteria.sortOrders ?? criteria.sort_orders).map((order) => ({
    field: textOf(order.field) ?? '',
    descending: textOf(order.direction)?.toUpperCase() !== 'ASC',
  }));
  return {
    groups,
    sortOrders,
    pageSize: countOf(criteria.pageSize ?? criteria.page_size),
    currentPage: countOf(criteria.currentPage ?? criteria.current_page),
  };
}

function compare(value: string | number, other: string): number {
  if (typeof value === 'number') return value - Number(other);
  const [left, right] = [value.toLowerCase(), other.toLowerCase()];
  return left < right ? -1 : Number(left > right);
}

const likePattern = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    'is',
  );
const list = (value: string) => value.split(',');

/** MySQL's view of a condition: null matches nothing but `null`. An unknown condition means `eq`. */
function matches(value: string | number | null, { condition, value: wanted }: Filter): boolean {
  if (condition === 'null' || value === null) return condition === 'null' && value === null;
  switch (condition) {
    case 'notnull':
      return true;
    case 'neq':
      return compare(value, wanted) !== 0;
    case 'gt':
      return compare(value, wanted) > 0;
    case 'gteq':
    case 'moreq':
    case 'from':
      return compare(value, wanted) >= 0;
    case 'lt':
      return compare(value, wanted) < 0;
    case 'lteq':
    case 'to':
      return compare(value, wanted) <= 0;
    case 'in':
      return list(wanted).some((one) => compare(value, one) === 0);
    case 'nin':
      return !list(wanted).some((one) => compare(value, one) === 0);
    case 'like':
      return likePattern(wanted).test(String(value));
    default:
      return compare(value, wanted) === 0;
  }
}

/** Records that can match at all: by an index if a group has one single filter on it, else all. */
function candidates<T>({ table, indexed }: Searchable<T>, groups: Filter[][]): T[] {
  const direct = groups
    .filter((group) => group.length === 1)
    .flat()
    .find(({ field, condition }) => indexed.includes(field) && ['eq', 'in'].includes(condition));
  if (!direct) return table.all();
  const values = direct.condition === 'in' ? list(direct.value) : [direct.value];
  return table.findBy(direct.field, ...values.map((value) => value.toLowerCase()));
}

function echo({ groups, sortOrders, pageSize, currentPage }: Criteria): JsonObject {
  return {
    filter_groups: groups.map((group) => ({
      filters: group.map(({ field, value, condition }) => ({ field, value, condition_type: condition })),
    })),
    ...(sortOrders.length > 0 && {
      sort_orders: sortOrders.map(({ field, descending }) => ({
        field,
        direction: descending ? 'DESC' : 'ASC',
      })),
    }),
    ...(pageSize !== undefined && { page_size: pageSize }),
    ...(currentPage !== undefined && { current_page: currentPage }),
  };
}

function inOrder<T>(source: Searchable<T>, sortOrders: Criteria['sortOrders'], a: T, b: T): number {
  for (const { field, descending } of sortOrders) {
    const order = compare(source.read(a, field) ?? '', String(source.read(b, field) ?? ''));
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

/** Magento's list answer. A page past the end is empty; `total_count` counts all matches. */
export function search<T>(source: Searchable<T>, criteria: Criteria, view: (record: T) => Json): JsonObject {
  const { groups, sortOrders, pageSize, currentPage = 1 } = criteria;
  for (const { field } of [...groups.flat(), ...sortOrders]) {
    if (!source.columns.has(field)) throw source.unknownColumn(field);
  }
  const found = candidates(source, groups)
    .filter((record) =>
      groups.every((group) => group.some((filter) => matches(source.read(record, filter.field), filter))),
    )
    .sort((a, b) => inOrder(source, sortOrders, a, b));
  const page =
    pageSize === undefined ? found : found.slice((currentPage - 1) * pageSize, currentPage * pageSize);
  return { items: page.map(view), search_criteria: echo(criteria), total_count: found.length };
}

/** EAV searches (products, customers) know their attributes and name the one they do not know. */
export const unknownAttribute = (name: string) =>
  new ApiError(400, {
    message: 'The "%1" attribute name is invalid. Reset the name and try again.',
    parameters: [name],
  });
