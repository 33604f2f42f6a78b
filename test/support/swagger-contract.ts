import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Exchange } from '../../sandbox/server';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schema = { [key: string]: Json };

interface Parameter {
  name: string;
  in: 'query' | 'path' | 'body' | 'header';
  required?: boolean;
  schema?: Schema;
  [keyword: string]: Json | Schema | undefined;
}

interface Operation {
  parameters?: Parameter[];
  responses: Record<string, { schema?: Schema }>;
}

/** What of a Swagger 2 description is used here. */
export interface Description {
  paths: Record<string, Record<string, Operation>>;
  definitions: Record<string, Schema>;
}

/** Which part of an exchange a violation is about. */
export type Side = 'query' | 'request' | 'answer';

/** One error of the validator, `data` being the value that it is about. */
export type Complaint = ErrorObject & { side: Side };

export interface Dialect {
  description: Description;
  /** The exchange's path as the description writes it. */
  pathOf(path: string): string;
  /** A query parameter's name as the description writes it; undefined where the vendor takes it everywhere. */
  queryName(name: string): string | undefined;
  /** A known deviation of the live system from its own description. */
  isAllowed(complaint: Complaint, exchange: Exchange): boolean;
  /** True where the live system answers in a way of its own that the description does not have. */
  isOwnAnswer(exchange: Exchange): boolean;
}

export interface Violation {
  side: Side;
  text: string;
}

export interface Contract {
  violations(exchange: Exchange): Violation[];
}

/** Descriptions list all properties that there are: others are refused, which Swagger by itself would not do. */
export function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isObject = typeof schema.properties === 'object' && schema.additionalProperties === undefined;
  return isObject && schema.type !== undefined ? { ...inner, additionalProperties: false } : inner;
}

/** What a query says as the typed value that the description speaks of; arrays are joined by commas. */
function typedValue(text: string, { type }: Parameter): Json {
  if (type === 'array') return text.split(',');
  if ((type === 'integer' || type === 'number') && text.trim() !== '') return Number(text);
  if (type === 'boolean') return text === 'true' || text === '1';
  return text;
}

function parsedJson(text: string): { value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

/** Finds the operation of a path: among the templates that match, the one with the fewest variables. */
function operationFinder({ paths }: Description) {
  const variables = (template: string) => template.match(/\{[^}]+\}/g)?.length ?? 0;
  const templates = Object.entries(paths)
    .map(([template, operations]) => ({
      operations,
      variables: variables(template),
      pattern: new RegExp(
        `^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`,
      ),
    }))
    .sort((one, other) => one.variables - other.variables);
  return (method: string, path: string): Operation | undefined =>
    templates.find(({ pattern, operations }) => pattern.test(path) && operations[method.toLowerCase()])
      ?.operations[method.toLowerCase()];
}

/** Says what is wrong with a value, in sentences. */
type Check = (schema: Schema, value: Json, side: Side, exchange: Exchange) => string[];

/** Checks by the schemas of the description. A schema is compiled at its first use and kept. */
function createCheck({ description, isAllowed }: Dialect): Check {
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true, verbose: true }));
  ajv.addSchema({ definitions: closed(description.definitions) }, 'contract');
  const compiled = new Map<object, ValidateFunction>();
  const validatorOf = (schema: Schema): ValidateFunction => {
    const known = compiled.get(schema);
    if (known) return known;
    const text = JSON.stringify(closed(schema)).replaceAll('"#/definitions/', '"contract#/definitions/');
    const validate = ajv.compile(JSON.parse(text) as Schema);
    compiled.set(schema, validate);
    return validate;
  };

  return (schema, value, side, exchange) => {
    const validate = validatorOf(schema);
    if (validate(value)) return [];
    return (validate.errors ?? [])
      .filter((error) => !isAllowed({ ...error, side }, exchange))
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  };
}

const parametersIn = (operation: Operation, place: Parameter['in']) =>
  (operation.parameters ?? []).filter((parameter) => parameter.in === place);

function checkQuery(
  operation: Operation,
  exchange: Exchange,
  check: Check,
  { queryName }: Dialect,
): string[] {
  const described = parametersIn(operation, 'query');
  const given = [...new URLSearchParams(exchange.query)].flatMap(([raw, value]) => {
    const name = queryName(raw);
    return name === undefined ? [] : [{ name, value }];
  });
  const missing = described.filter(
    ({ name, required }) => required && !given.some((each) => each.name === name),
  );
  const wrong = given.flatMap(({ name, value }) => {
    const parameter = described.find((each) => each.name === name);
    if (!parameter) return [`${name} is not described`];
    const { name: _, in: __, required: ___, schema: ____, ...schema } = parameter;
    const found = check(schema as Schema, typedValue(value, parameter), 'query', exchange);
    return found.map((text) => `${name}${text}`);
  });
  return [...missing.map(({ name }) => `${name} is missing`), ...wrong];
}

function checkRequest(operation: Operation, exchange: Exchange, check: Check): string[] {
  const body = parametersIn(operation, 'body').at(0);
  if (!body?.schema) return exchange.requestBody === '' ? [] : ['has a body, none is described'];
  if (exchange.requestBody === '') return body.required ? ['has no body'] : [];
  const parsed = parsedJson(exchange.requestBody);
  return parsed ? check(body.schema, parsed.value, 'request', exchange) : ['is not JSON'];
}

function checkAnswer(operation: Operation, exchange: Exchange, check: Check): string[] {
  const described = operation.responses[exchange.status] ?? operation.responses.default;
  if (!described) return ['has a status that is not described'];
  if (!described.schema) return exchange.responseBody === '' ? [] : ['has a body, none is described'];
  if (!exchange.contentType.includes('json')) return [`is of type "${exchange.contentType}", not JSON`];
  const parsed = parsedJson(exchange.responseBody);
  return parsed ? check(described.schema, parsed.value, 'answer', exchange) : ['is not JSON'];
}

/** Makes a description ready to hold exchanges against it. */
export function createContract(dialect: Dialect): Contract {
  const findOperation = operationFinder(dialect.description);
  const check = createCheck(dialect);
  return {
    violations: (exchange) => {
      const operation = findOperation(exchange.method, dialect.pathOf(exchange.path));
      if (!operation) return [{ side: 'request', text: 'is an operation that is not described' }];
      const answer = dialect.isOwnAnswer(exchange) ? [] : checkAnswer(operation, exchange, check);
      return [
        ...checkQuery(operation, exchange, check, dialect).map((text) => ({ side: 'query' as const, text })),
        ...checkRequest(operation, exchange, check).map((text) => ({ side: 'request' as const, text })),
        ...answer.map((text) => ({ side: 'answer' as const, text })),
      ];
    },
  };
}
