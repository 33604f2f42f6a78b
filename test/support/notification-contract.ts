import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { closed, type Json } from './swagger-contract';

const file = join(__dirname, '../../../shared/contracts/amazon/OrderChangeNotification.json');

/** The description gives each of its parts an id, which the validator takes for an address. */
function withoutIds(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withoutIds);
  if (schema === null || typeof schema !== 'object') return schema;
  const { $id, $schema: _, ...parts } = schema;
  const own = typeof $id === 'object' ? { ...parts, $id } : parts;
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, withoutIds(value)]));
}

/**
 * What Amazon's description of ORDER_CHANGE forbids in the body of a message, in sentences; like the other
 * descriptions it is not part of this project, and without it nothing is forbidden.
 */
export function createNotificationContract(): (body: string) => string[] {
  if (!existsSync(file)) return () => [];
  const schema = withoutIds(JSON.parse(readFileSync(file, 'utf8')) as Json) as { [key: string]: Json };
  const validate = new Ajv({ strict: false, allErrors: true }).compile(closed(schema) as object);
  return (body) => {
    if (validate(JSON.parse(body))) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}
