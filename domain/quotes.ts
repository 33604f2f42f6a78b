import type { AmazonOrder } from './order';

/** Shorter texts, such as a country, are in many a sentence by chance. */
const shortest = 4;

/** What another system says about an order, unless it quotes who bought it. */
export function withoutQuotes(words: string, { buyer, shipTo, lines }: AmazonOrder): string {
  const personal = [
    ...[buyer?.name, buyer?.email, buyer?.companyName, shipTo?.name, shipTo?.companyName, shipTo?.phone],
    ...[shipTo?.city, shipTo?.stateOrRegion, shipTo?.postalCode],
    ...(shipTo?.lines ?? []),
    ...lines.map(({ giftMessage }) => giftMessage),
    ...[buyer?.name, shipTo?.name].flatMap((name) => name?.split(/\s+/) ?? []),
  ];
  const said = words.toLowerCase();
  const quotes = (text: string | undefined) =>
    text !== undefined && text.length >= shortest && said.includes(text.toLowerCase());
  return personal.some(quotes) ? '(its words name the buyer: read them there)' : words;
}
