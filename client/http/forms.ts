import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { OrderError } from '../order-errors';
import type { PageEnv } from './frame';
import { keepOutcome, type Outcome } from './outcome';
import { QueryError } from './query';

const longestWhy = 300;
const formSchema = z.object({
  why: z
    .string()
    .transform((why) => why.trim().slice(0, longestWhy))
    .optional(),
  request: z.string().max(100).optional(),
  /** A path of ours; a second slash or a backslash would lead to another host. */
  back: z
    .string()
    .regex(/^\/(?![/\\])/)
    .catch('/'),
});

/** What a button of ours sends. */
export type ActForm = z.output<typeof formSchema>;

export const formLimit = bodyLimit({ maxSize: 16 * 1024 });

/**
 * Post, redirect, get: going back or reloading never acts again.
 *
 * @param subject begins the sentence of a refusal
 * @throws QueryError for a form that is none of ours
 */
export async function actOn(
  c: Context<PageEnv>,
  subject: string,
  run: (form: ActForm) => Promise<Outcome>,
): Promise<Response> {
  const form = formSchema.safeParse(await c.req.parseBody());
  if (!form.success) throw new QueryError('The form is not one of ours.');
  keepOutcome(c, await outcomeOf(subject, () => run(form.data)));
  return c.redirect(form.data.back, 303);
}

async function outcomeOf(subject: string, run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    const { message } = error;
    return { done: false, sentence: message.startsWith(subject) ? message : `${subject}: ${message}` };
  }
}
