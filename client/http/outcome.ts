import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';

/** What became of a button, shown once on the page that follows. Without personal data. */
export interface Outcome {
  readonly done: boolean;
  readonly sentence: string;
}

const name = 'outcome';
const outcomeSchema = z.object({ done: z.boolean(), sentence: z.string() });

/** In a cookie, because a sentence in the address could be put there by anybody. */
export function keepOutcome(c: Context, outcome: Outcome): void {
  const options = { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: 60 } as const;
  setCookie(c, name, JSON.stringify(outcome), options);
}

export function takeOutcome(c: Context): Outcome | undefined {
  const cookie = getCookie(c, name);
  if (cookie === undefined) return undefined;
  deleteCookie(c, name, { path: '/' });
  try {
    return outcomeSchema.safeParse(JSON.parse(cookie)).data;
  } catch {
    return undefined;
  }
}
