/** Quotations of a text. Pure. */

import { negations } from '../statements/words.ts';

export interface QuoteFact {
  readonly quote: string;
  readonly raw: string;
  readonly index: number;
}

const QUOTED = [
  /“([^“”„\n]{2,600})”/g,
  /„([^“”„\n]{2,600})[“”]/g,
  /«([^«»\n]{2,600})»/g,
  /»([^«»\n]{2,600})«/g,
  /『([^『』\n]{2,600})』/g,
  /(?<![\p{L}\d])"([^"\n]{2,600})"/gu,
  /「([^「」\n]{2,600})」/g,
  /(?<![\p{L}\d])‘([^‘’\n]{12,600})’(?!\p{L})/gu,
] as const;

/** Quotations that are long enough to be a statement and not a term. */
export function findQuotes(text: string): QuoteFact[] {
  return QUOTED.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ quote: match[1] ?? '', raw: match[0], index: match.index })),
  ).filter(({ quote }) => isStatement(quote));
}

/** Three words, or as much in a script without spaces. */
function isStatement(quote: string): boolean {
  if (comparable(quote).split(' ').length >= 3 || /[가-힣]{2}\s[가-힣]{2}/.test(quote)) return true;
  return (quote.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0) >= 10;
}

/** Characters of the source that an ellipsis or a bracket may stand for. */
const MAX_LEFT_OUT = 700;
const MAX_STARTS = 20;

/** The parts between ellipses and brackets are in the source unchanged and in this order, and no "not" is omitted between them. */
export function isQuoteKnown(quote: string, source: string): boolean {
  const parts = quote
    .split(/…|\.\.\.|\[[^[\]]*\]/)
    .map(comparable)
    .filter((part) => part !== '');
  const [first, ...rest] = parts;
  if (first === undefined) return true;
  let at = source.indexOf(first);
  for (let start = 0; at !== -1 && start < MAX_STARTS; start += 1) {
    if (restFollows(rest, source, at + first.length)) return true;
    if (rest.length === 0) return false;
    at = source.indexOf(first, at + 1);
  }
  return false;
}

function restFollows(parts: readonly string[], source: string, from: number): boolean {
  const [next, ...rest] = parts;
  if (next === undefined) return true;
  const at = source.indexOf(next, from);
  if (at === -1 || at - from > MAX_LEFT_OUT || losesNegation(source.slice(from, at))) return false;
  return restFollows(rest, source, at + next.length);
}

/** A "not" next to the quoted words belongs to them; one in the middle of the omitted text does not. */
function losesNegation(leftOut: string): boolean {
  const words = leftOut.trim().split(' ');
  return negations(words.slice(0, 2).join(' ')) > 0 || negations(words.slice(-2).join(' ')) > 0;
}

/** Only letters and digits, with single spaces: the part that a quotation must not change. */
export function comparable(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
