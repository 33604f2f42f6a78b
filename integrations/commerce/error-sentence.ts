import { z } from 'zod';

const parametersSchema = z
  .union([z.array(z.unknown()), z.record(z.string(), z.unknown())])
  .nullish()
  .catch(null);
const entrySchema = z.object({ message: z.string().catch(''), parameters: parametersSchema });
const errorSchema = entrySchema.extend({ errors: z.array(entrySchema).nullish().catch(null) });
/** Failures before routing. */
const earlyErrorSchema = z.object({ messages: z.object({ error: z.array(entrySchema) }) });

type Entry = z.infer<typeof entrySchema>;

const longest = 500;

/** Commerce's error as a sentence, its placeholders filled; empty for what is none, such as a proxy's page. */
export function errorSentence(body: string): string {
  const json = parsed(body);
  const early = earlyErrorSchema.safeParse(json).data;
  if (early) return sentenceOf(early.messages.error);
  const error = errorSchema.safeParse(json).data;
  return error ? sentenceOf([error, ...(error.errors ?? [])]) : '';
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function sentenceOf(entries: readonly Entry[]): string {
  const text = entries.map(filled).join(' ');
  return text.replace(/\s+/g, ' ').trim().slice(0, longest);
}

/** `%1` counts through a list from 1, `%name` reads an object. */
function filled({ message, parameters }: Entry): string {
  const values: Readonly<Record<string, unknown>> = Array.isArray(parameters)
    ? Object.fromEntries(parameters.map((value, index) => [String(index + 1), value]))
    : (parameters ?? {});
  return message.replace(/%(\w+)/g, (placeholder, name: string) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : placeholder;
  });
}

const personalFields = new Set([
  'email',
  'customer_email',
  'firstname',
  'lastname',
  'customer_firstname',
  'customer_lastname',
  'company',
  'street',
  'city',
  'postcode',
  'region',
  'telephone',
]);

/** All that a request body says of a buyer. */
export function personalValues(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(personalValues);
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    personalFields.has(name) ? texts(value) : personalValues(value),
  );
}

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  return typeof value === 'string' && /[\p{L}\p{N}]/u.test(value) ? [value] : [];
}

/** Whether a sentence repeats one of the values. Very short ones count as whole words only. */
export function quotes(sentence: string, values: readonly string[]): boolean {
  const words = sentence.split(/[^\p{L}\p{N}]+/u);
  const lower = sentence.toLowerCase();
  return values.some((value) =>
    value.length < 3 ? words.includes(value) : lower.includes(value.toLowerCase()),
  );
}
