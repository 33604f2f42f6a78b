import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { closed, type Description, type Json } from './swagger-contract';

const contracts = join(__dirname, '../../../shared/contracts');
const recorded = join(__dirname, '../../../shared/recorded/magento-2.4.6');

/** The vendors' descriptions of an order, and what a live 2.4.6 is known to know. */
export interface PayloadContracts {
  /** What Amazon's description forbids in an `order` of `getOrder`. */
  ofAmazonOrder(order: unknown): string[];
  /** What a description of `POST /V1/orders` forbids in its body, by version. */
  readonly ofCommerce: readonly { readonly version: string; violations(payload: unknown): string[] }[];
  /** The order that `order-example.json` sends. */
  readonly exampleEntity: Readonly<Record<string, unknown>>;
  /** Fields of a body that a live 2.4.6 was never seen with. */
  unknownTo246(payload: unknown): string[];
  /** Fields of a body without their `base_` twin, although the description of 2.4.9 has one. */
  missingTwins(payload: unknown): string[];
}

function validator(description: Description, schema: Json) {
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  ajv.addSchema({ definitions: closed(description.definitions) }, 'contract');
  const text = JSON.stringify(closed(schema)).replaceAll('"#/definitions/', '"contract#/definitions/');
  const validate: ValidateFunction = ajv.compile(JSON.parse(text) as { [key: string]: Json });
  return (value: unknown): string[] => {
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

function commerceBody(file: string) {
  const description = parse(readFileSync(join(contracts, 'commerce', file), 'utf8')) as Description;
  const body = description.paths['/V1/orders']?.post?.parameters?.find((each) => each.in === 'body')?.schema;
  if (!body) throw new Error(`${file} does not describe POST /V1/orders`);
  return { description, violations: validator(description, body) };
}

/** All fields of a value as `entity.items.sku`; both addresses are one. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => fieldsOf(one, path));
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([name, inner]) => {
    const place = name === 'billing_address' ? 'address' : name;
    return [
      path === '' ? place : `${path}.${place}`,
      ...fieldsOf(inner, path === '' ? place : `${path}.${place}`),
    ];
  });
}

const withoutAddressKind = (field: string) =>
  field.replace('entity.extension_attributes.shipping_assignments.shipping.address.', 'entity.address.');

interface Example {
  readonly entity: Readonly<Record<string, unknown>>;
}

function fieldsOfRecordings(example: Example): Set<string> {
  const exchanges = readdirSync(recorded)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(recorded, file), 'utf8')) as RecordedExchange)
    .filter(
      ({ request, response }) => /\/orders(\/\d+)?$/.test(request?.path ?? '') && response?.status === 200,
    );
  const bodies = exchanges.flatMap(({ request, response }) => [request?.body, { entity: response?.body }]);
  const seen = [example, ...bodies].flatMap((body) => fieldsOf(body ?? {})).map(withoutAddressKind);
  return new Set([...seen, ...neverRecorded]);
}

/** In the interfaces of 2.4.6 as in those of 2.4.9, but in none of the recordings. */
const neverRecorded: readonly string[] = ['entity.customer_id', 'entity.address.company'];

interface RecordedExchange {
  request?: { path?: string; body?: unknown };
  response?: { status?: number; body?: unknown };
}

/** Which definition describes the columns in a place of the body. */
const places: Readonly<Record<string, string>> = {
  entity: 'sales-data-order-interface',
  'entity.items': 'sales-data-order-item-interface',
  'entity.payment': 'sales-data-order-payment-interface',
  'entity.extension_attributes.shipping_assignments.shipping.total': 'sales-data-total-interface',
};

function missingTwins({ definitions }: Description, payload: unknown): string[] {
  const fields = new Set(fieldsOf(payload));
  return Object.entries(places).flatMap(([place, definition]) => {
    const described = definitions[definition]?.properties;
    const names = described !== null && typeof described === 'object' ? Object.keys(described) : [];
    const twins = names.filter((name) => names.includes(`base_${name}`));
    return twins
      .map((name) => [`${place}.${name}`, `${place}.base_${name}`] as const)
      .filter(([own, base]) => fields.has(own) !== fields.has(base))
      .map(([own]) => own);
  });
}

/** Undefined, with a printed reason, where the descriptions are not beside the project: they are no part of it. */
export function createPayloadContracts(): PayloadContracts | undefined {
  if (!existsSync(contracts) || !existsSync(recorded)) {
    process.stderr.write(
      'The vendors’ descriptions (../shared) are absent: payloads are not held against them.\n',
    );
    return undefined;
  }
  const amazon = JSON.parse(
    readFileSync(join(contracts, 'amazon/orders_2026-01-01.json'), 'utf8'),
  ) as Description;
  const newest = commerceBody('admin-schema-2.4.9.yaml');
  const cloud = commerceBody('accs-schema.yaml');
  const example = JSON.parse(readFileSync(join(contracts, 'commerce/order-example.json'), 'utf8')) as Example;
  const known = fieldsOfRecordings(example);
  return {
    ofAmazonOrder: validator(amazon, { $ref: '#/definitions/Order' }),
    ofCommerce: [
      { version: '2.4.9', violations: newest.violations },
      { version: 'cloud service', violations: cloud.violations },
    ],
    exampleEntity: example.entity,
    unknownTo246: (payload) =>
      [...new Set(fieldsOf(payload))].filter((field) => !known.has(withoutAddressKind(field))),
    missingTwins: (payload) => missingTwins(newest.description, payload),
  };
}
