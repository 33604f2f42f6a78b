import type { z } from 'zod';
import { AmazonAnswerError } from './errors';
import type { Answer } from './gateway';
import { parseJson } from './json';
import { describeIssue } from './wire';

/** @throws AmazonAnswerError that names the field and quotes no value. */
export function parseAnswer<Schema extends z.ZodType>(
  { body, call }: Answer,
  schema: Schema,
): z.output<Schema> {
  const json = parseJson(body);
  if (json === undefined) throw new AmazonAnswerError(call, 'the answer is not JSON');
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new AmazonAnswerError(call, describeIssue(parsed.error));
  return parsed.data;
}
