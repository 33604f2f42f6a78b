import type { Exchange } from '../../sandbox/server';
import type { Complaint, Description, Dialect } from './swagger-contract';

/** One way in which a live Magento differs from its own description. */
interface Deviation {
  /** What was seen on a live Magento 2.4.6 and its open-source code. */
  reason: string;
  covers(complaint: Complaint, exchange: Exchange): boolean;
}

const isUpdateOfOrder = ({ method, path, requestBody }: Exchange) =>
  method === 'POST' && /\/V1\/orders$/.test(path) && /"entity_id":\s*\d+/.test(requestBody);

const deviations: readonly Deviation[] = [
  {
    reason: 'answers have null where nothing is stored, and `items: null` for an empty list with `fields=`',
    covers: ({ side, keyword, data }) => side === 'answer' && keyword === 'type' && data === null,
  },
  {
    reason: '`fields=` takes properties out of the answer, required ones too',
    covers: ({ side, keyword }, { query }) =>
      side === 'answer' && keyword === 'required' && new URLSearchParams(query).has('fields'),
  },
  {
    reason:
      'invoice, ship, refund, the making and the placing of a cart answer their id as a JSON string ("12")',
    covers: ({ side, keyword, instancePath, data }, { path }) =>
      side === 'answer' &&
      keyword === 'type' &&
      instancePath === '' &&
      /\/(invoice|ship|refund|order|carts\/?)$/.test(path) &&
      /^\d+$/.test(String(data)),
  },
  {
    reason: 'calls without a result answer an empty PHP array, `[]`, where an object is described',
    covers: ({ side, keyword, params, data }) =>
      side === 'answer' &&
      keyword === 'type' &&
      params.type === 'object' &&
      Array.isArray(data) &&
      data.length === 0,
  },
  {
    reason: '`parameters` of an error is a list of texts or an object, described is a list of objects',
    covers: ({ side, keyword, instancePath }, { status }) =>
      side === 'answer' && status >= 400 && keyword === 'type' && /\/parameters(\/\d+)?$/.test(instancePath),
  },
  {
    reason: 'custom attributes with several values answer a list where a text is described',
    covers: ({ side, keyword, instancePath, data }) =>
      side === 'answer' &&
      keyword === 'type' &&
      /\/custom_attributes\/\d+\/value$/.test(instancePath) &&
      Array.isArray(data),
  },
  {
    reason: 'POST /V1/orders with entity_id updates the columns sent and needs no others',
    covers: ({ side, keyword, instancePath }, exchange) =>
      side === 'request' &&
      keyword === 'required' &&
      /^\/entity(\/items\/\d+)?$/.test(instancePath) &&
      isUpdateOfOrder(exchange),
  },
  {
    reason: 'a track is saved without weight, qty and description, which are described as required',
    covers: ({ side, keyword, params }, { path }) =>
      side === 'request' &&
      keyword === 'required' &&
      path.endsWith('/V1/shipment/track') &&
      ['weight', 'qty', 'description'].includes(params.missingProperty),
  },
];

/** PHP errors answer 500 as plain text; failures before routing answer `messages` instead of `message`. */
const isOwnAnswer = ({ status, contentType, responseBody }: Exchange) =>
  (status === 500 && !contentType.includes('json')) ||
  (status >= 400 && responseBody.startsWith('{"messages":{"error":['));

/** `search_criteria[filter_groups][1]..` and `searchCriteria[filterGroups][0]..` are the same to Magento. */
const describedName = (name: string) =>
  name.replace(/\[\d+\]/g, '[0]').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Commerce's description as its live system keeps it: with `/rest` and store code or the tenant in front, and its deviations. */
export function commerceDialect(description: Description): Dialect {
  return {
    description,
    pathOf: (path) => path.replace(/^\/[\w-]+(\/[a-z0-9_]+)?(?=\/V1\/)/, ''),
    queryName: (name) => (name === 'fields' || name === 'searchCriteria' ? undefined : describedName(name)),
    isAllowed: (complaint, exchange) => deviations.some(({ covers }) => covers(complaint, exchange)),
    isOwnAnswer,
  };
}
