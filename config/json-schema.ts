import { z } from 'zod';
import { settingsSchema } from './schema';

/** What of a JSON Schema is read here. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schema of the settings file, for editors. What spans several settings it cannot say. */
export function settingsJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'Settings of the Amazon sales channel' } as JsonSchema;
}
