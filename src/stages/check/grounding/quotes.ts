/** Quotations of a text. Pure. */

export interface QuoteFact {
  readonly quote: string;
  readonly raw: string;
  readonly index: number;
}

const QUOTED = [
  /“([^“”\n]{2,600})”/g,
  /(?<![\p{L}\d])"([^"\n]{2,600})"/gu,
  /「([^「」\n]{2,600})」/g,
  /(?<![\p{L}\d])‘([^‘’\n]{12,600})’(?!\p{L})/gu,
] as const;

/** Quotations long enough to be somebody's words and not a term. */
export function findQuotes(text: string): QuoteFact[] {
  return QUOTED.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ quote: match[1] ?? '', raw: match[0], index: match.index })),
  ).filter(({ quote }) => comparable(quote).split(' ').length >= 3 || /[가-힣]{2}\s[가-힣]{2}/.test(quote));
}

/** Every part between ellipses stands in the source as it is, but for marks, case and space. */
export function isQuoteKnown(quote: string, source: string): boolean {
  return quote
    .split(/…|\.\.\.|\[[^[\]]*\]/)
    .map(comparable)
    .filter((part) => part !== '')
    .every((part) => source.includes(part));
}

/** Letters and digits with single spaces: what a quotation must not change. */
export function comparable(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
