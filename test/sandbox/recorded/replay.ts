import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, OpenShop, Signing } from '../commerce-client';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

export interface Recording {
  request: { method: string; path: string; query: string | null; body: Json };
  response: { status: number; headers: Record<string, string>; body: Json };
  mails_attempted: number;
}

const folder = join(__dirname, '../../../../shared/recorded/magento-2.4.6');

export const recordingsAreThere = existsSync(folder);
if (!recordingsAreThere) {
  process.stderr.write('Skipped: ../shared/recorded is not there, so there is nothing to compare with.\n');
}

/** Names of all recordings, without `.json`. */
export const recordingNames = (): string[] =>
  recordingsAreThere ? readdirSync(folder).map((file) => file.replace(/\.json$/, '')) : [];

export const recordingFile = (name: string): string => join(folder, `${name}.json`);

export const readRecording = (name: string): Recording =>
  JSON.parse(readFileSync(recordingFile(name), 'utf8'));

/** The numbers under which a recorded answer shows an order whose creation was not recorded. */
export function recordedNumber(orderId: number): JsonObject {
  const shown = recordingNames()
    .map(readRecording)
    .find(({ request }) => request?.method === 'GET' && request.path.endsWith(`/orders/${orderId}`));
  const body = shown?.response.body;
  if (!isObject(body)) return {};
  const { increment_id = null, ext_order_id = null } = body;
  return { increment_id, ext_order_id };
}

type Kind = 'order' | 'item' | 'shipment' | 'track';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Recorded ids of the live system, and ours for the same things. */
export function createIds() {
  const known: Record<Kind, Map<number, number>> = {
    order: new Map(),
    item: new Map(),
    shipment: new Map(),
    track: new Map(),
  };
  const learn = (kind: Kind, recorded: Json | undefined, ours: Json | undefined) => {
    if (recorded !== undefined && ours !== undefined) known[kind].set(Number(recorded), Number(ours));
  };
  const ours = (kind: Kind, recorded: Json): number => known[kind].get(Number(recorded)) ?? Number(recorded);
  const learnOrder = (recorded: Json, answered: Json) => {
    if (!isObject(recorded) || !isObject(answered)) return;
    learn('order', recorded.entity_id, answered.entity_id);
    const items = Array.isArray(answered.items) ? answered.items : [];
    for (const [index, item] of (Array.isArray(recorded.items) ? recorded.items : []).entries()) {
      const other = items[index];
      if (isObject(item) && isObject(other)) learn('item', item.item_id, other.item_id);
    }
  };
  return { learn, learnOrder, ours };
}

export type Ids = ReturnType<typeof createIds>;

function bodyWithOurIds(ids: Ids, body: Json, parent: Kind): Json {
  if (Array.isArray(body)) return body.map((one) => bodyWithOurIds(ids, one, parent));
  if (!isObject(body)) return body;
  const kinds: Record<string, Kind> = {
    order_item_id: 'item',
    item_id: 'item',
    order_id: 'order',
    parent_id: parent,
    entity_id: 'order',
  };
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const kind = kinds[name];
      return [name, kind && value !== 0 ? ids.ours(kind, value) : bodyWithOurIds(ids, value, parent)];
    }),
  );
}

const pathWithOurIds = (ids: Ids, path: string) =>
  path
    .replace(/(\/orders?\/)(\d+)/, (_, start, id) => start + ids.ours('order', id))
    .replace(/(\/shipment\/)(\d+)/, (_, start, id) => start + ids.ours('shipment', id))
    .replace(/(\/track\/)(\d+)/, (_, start, id) => start + ids.ours('track', id));

function queryWithOurIds(ids: Ids, query: string): string {
  if (!/field%5D=order_id/.test(query)) return query;
  return query.replace(/(%5Bvalue%5D=)([\d%C]+)/, (_, start: string, values: string) => {
    const ours = values.split('%2C').map((id) => ids.ours('order', id));
    return start + ours.join('%2C');
  });
}

const hidden = new Set(
  `entity_id item_id order_id order_item_id parent_id billing_address_id shipping_address_id protect_code updated_at
   customer_id default_billing default_shipping`.split(/\s+/),
);
const importedAt = '2026-10-01 14:03:22';

function maskedScalar(value: Json, name: string): Json {
  if (value === null || value === 0) return value;
  if (hidden.has(name)) return `<${typeof value}>`;
  if (name === 'created_at' && value !== importedAt) return '<time>';
  if (name === 'increment_id' && /^\d{9,10}$/.test(String(value))) return '<number>';
  if (name === '' && typeof value === 'string' && /^\d+$/.test(value)) return '<id>';
  return typeof value === 'string' ? value.replace(/webapi-[0-9a-f]+/, 'webapi-<report>') : value;
}

/** Hides ids, times and the live system's own numbers, but not that there is one, nor of which type. */
export function masked(value: Json, name = ''): Json {
  if (Array.isArray(value)) return value.map((one) => masked(one, name));
  if (!isObject(value)) return maskedScalar(value, name);
  // A search echoes the ids that it was asked for; customers and their addresses call their ids `id`.
  const asksIds = value.field === 'order_id' || value.field === 'parent_id';
  const ofCustomer = 'email' in value || 'customer_id' in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const isId = (asksIds && key === 'value') || (ofCustomer && key === 'id');
      return [key, isId ? `<${typeof one}>` : masked(one, key)];
    }),
  );
}

export interface ReplayOptions {
  signing?: Signing;
  /** Paths of numbers that depend on what else the live system held. */
  ignore?: string[];
  /** What `parent_id` in the body refers to. */
  parent?: Kind;
}

/** Sends a recorded request with our ids and learns the ids of its answer. */
export async function replay(shop: OpenShop, ids: Ids, name: string, options: ReplayOptions = {}) {
  const { request, response, mails_attempted } = readRecording(name);
  const books = async () => (await shop.command('GET', '/orders')) as { mails: number };
  const mailsBefore = (await books()).mails;
  const answer: Answer = await shop.send({
    method: request.method,
    path: pathWithOurIds(ids, request.path),
    query: queryWithOurIds(ids, request.query ?? ''),
    body: bodyWithOurIds(ids, request.body, options.parent ?? 'order'),
    ...(options.signing && { signing: options.signing }),
  });
  const body = answer.body as Json;
  if (request.method !== 'GET') {
    const shipped = /\/ship$/.test(request.path);
    if (shipped) ids.learn('shipment', response.body, body);
    else if (/track$/.test(request.path) && isObject(response.body) && isObject(body)) {
      ids.learn('track', response.body.entity_id, body.entity_id);
    } else ids.learnOrder(response.body, body);
  }
  const shown = (value: Json): Json => {
    const copy = masked(value);
    for (const key of options.ignore ?? []) if (isObject(copy)) copy[key] = '<ignored>';
    return copy;
  };
  return {
    answered: { status: answer.status, body: shown(body), mails: (await books()).mails - mailsBefore },
    recorded: { status: response.status, body: shown(response.body), mails: mails_attempted },
  };
}
