import { z } from 'zod';
import { parseJson } from './json';

/** The first entry of Amazon's `ErrorList`, ready to be shown and logged. */
export interface Refusal {
  readonly code: string;
  readonly text: string;
}

const errorListSchema = z.object({
  errors: z
    .array(
      z.object({ code: z.string().nullish(), message: z.string().nullish(), details: z.string().nullish() }),
    )
    .min(1),
});

/** Undefined where the body is no `ErrorList`, e.g. the HTML of a gateway in front of the API. */
export function parseRefusal(body: string): Refusal | undefined {
  const parsed = errorListSchema.safeParse(parseJson(body));
  const first = parsed.data?.errors[0];
  if (!first) return undefined;
  const text = [first.message, first.details].filter(Boolean).join(' ');
  return { code: withoutPersonalData(first.code ?? 'Unknown'), text: withoutPersonalData(text) };
}

const longest = 300;

/** Amazon may quote what it was sent: tokens, e-mail addresses and phone numbers go, order ids stay. */
function withoutPersonalData(text: string): string {
  return text
    .replace(/Atz[a-z.]*\|\S+/gi, '[token]')
    .replace(/\S+@\S+/g, '[e-mail]')
    .replace(/\+\d[\d\s().-]{6,}\d/g, '[phone]')
    .slice(0, longest);
}

/** What Amazon said, for people. */
export function refusalSentence({ code, text }: Refusal): string {
  const words = withoutPersonalData(`${code}: ${text.replaceAll(/\s+/g, ' ').trim()}`);
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

/** "The access token you provided has expired": a fresh one may help. */
export function refusesToken({ text }: Refusal): boolean {
  return /token[^.]*\b(expired|invalid|revoked|malformed)\b/i.test(text);
}

export function refusesPaginationToken({ text }: Refusal): boolean {
  return /token/i.test(text);
}
