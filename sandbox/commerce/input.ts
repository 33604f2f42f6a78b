import { badRequest, MaskedError, requiredFields } from './errors';
import { isObject, type Json, type JsonObject, type Scalar } from './json';

type SimpleType = 'int' | 'float' | 'string' | 'boolean';
export type FieldType = SimpleType | 'string[]' | 'any' | { one: DataType } | { many: DataType };

/** The properties that a Magento data interface takes. Any other property is a 500. */
export interface DataType {
  fields: Readonly<Record<string, FieldType>>;
}

class WrongType extends Error {}

/** A field list as text, for interfaces with dozens of fields of one type. */
export const fieldsOf = <T extends FieldType>(type: T, names: string): Record<string, T> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, type]),
  );

/** As `fieldsOf`, each name also with its `base_` twin. */
export const twinsOf = <T extends FieldType>(type: T, names: string): Record<string, T> =>
  fieldsOf(
    type,
    names
      .trim()
      .split(/\s+/)
      .flatMap((name) => [name, `base_${name}`])
      .join(' '),
  );

function wrongType(value: Json, type: string): WrongType {
  const shown = isObject(value) || Array.isArray(value) ? 'Array' : String(value);
  return new WrongType(
    `The "${shown}" value's type is invalid. The "${type}" type was expected. Verify and try again.`,
  );
}

const isNumeric = (value: Scalar) =>
  typeof value === 'number' ||
  (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value));

function convertSimple(value: Json, type: SimpleType): Json {
  if (value === null) return null;
  if (typeof value === 'object') throw wrongType(value, type);
  if (type === 'boolean') return ['1', 'true', 'on', 'yes'].includes(String(value).toLowerCase());
  if (type === 'string') return value === true ? '1' : value === false ? '' : String(value);
  if (!isNumeric(value)) throw wrongType(value, type);
  return type === 'int' ? Math.trunc(Number(value)) : Number(value);
}

function convertStrings(value: Json): Json {
  if (value === null) return null;
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, convertSimple(one, 'string')]));
  }
  if (!Array.isArray(value)) throw wrongType(value, 'string[]');
  return value.map((one) => convertSimple(one, 'string'));
}

function convertMany(value: Json, type: DataType): Json {
  if (Array.isArray(value)) return value.map((one) => convertObject(one, type));
  return isObject(value) ? Object.values(value).map((one) => convertObject(one, type)) : null;
}

function convertValue(value: Json, type: FieldType): Json {
  if (type === 'any') return value;
  if (type === 'string[]') return convertStrings(value);
  if (typeof type === 'string') return convertSimple(value, type);
  return 'one' in type ? convertObject(value, type.one) : convertMany(value, type.many);
}

function convertObject(value: Json, type: DataType): JsonObject {
  const converted: JsonObject = {};
  for (const [name, given] of Object.entries(isObject(value) ? value : {})) {
    const fieldType = type.fields[name];
    if (fieldType === undefined) throw new MaskedError(`Property "${name}" does not exist`);
    try {
      converted[name] = convertValue(given, fieldType);
    } catch (error) {
      if (!(error instanceof WrongType)) throw error;
      throw new WrongType(`Error occurred during "${name}" processing. ${error.message}`);
    }
  }
  return converted;
}

/** Arguments of a service call and which of them must be there. */
export type Parameters = Readonly<Record<string, { type: FieldType; required?: boolean }>>;

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Converts a request body as Magento's web API does: numbers and strings into each other where they fit, 400
 * for a missing argument or a wrong type, 500 for an unknown property inside an argument. Unknown arguments
 * are ignored. The properties keep the order in which they were sent.
 */
export function readArguments(body: JsonObject, parameters: Parameters): JsonObject {
  const read: JsonObject = {};
  const missing: string[] = [];
  for (const [name, { type, required }] of Object.entries(parameters)) {
    const given = body[name] ?? body[snakeCase(name)];
    if (given === undefined || given === null) {
      if (required) missing.push(name);
      continue;
    }
    try {
      read[name] = convertValue(given, type);
    } catch (error) {
      throw error instanceof WrongType ? badRequest(error.message) : error;
    }
  }
  if (missing.length > 0) throw requiredFields(missing);
  return read;
}

export const objectsOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
