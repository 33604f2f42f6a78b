import type { z } from 'zod';
import { adviseOnKey } from './unknown-key';

type RawIssue = z.core.$ZodRawIssue;

/**
 * What is wrong with a value, in words that complete a sentence which begins with the setting. Never quotes the
 * value: somebody may have written a secret there.
 */
export function describeIssue(issue: RawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') return undefined;
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_value') return `must be ${oneOf(issue.values.map(String))}`;
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return undefined;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  object: 'a group of settings',
  array: 'a list',
};

function tooSmall({ origin, minimum, inclusive }: Extract<RawIssue, { code: 'too_small' }>): string {
  if (origin === 'array' || origin === 'string') return 'must not be empty';
  return inclusive === false ? `must be more than ${minimum}` : `must be at least ${minimum}`;
}

function oneOf(values: readonly string[]): string {
  const [last = '', ...others] = [...values].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}

/** One sentence for each problem: `accounts[0].region must be na, eu or fe.` */
export function sentencesOf(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${settingPath([...issue.path, key])} ${adviseOnKey(issue.path, key)}.`)
      : [`${settingPath(issue.path)} ${issue.message}.`],
  );
}

/** `accounts[0].marketplaces[1].store` */
export function settingPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
