import { withoutSentenceEnd } from './sentence-end.ts';

const ADDRESS = /https?:\/\/[^\s"'<>`{}\\^|]+/gi;
const MAX_CHARS = 4_000;

/** The addresses in a text of HTML or of plain words, each once. */
export function addressesInText(text: string): readonly string[] {
  const found = text.slice(0, MAX_CHARS).match(ADDRESS) ?? [];
  return [...new Set(found.map((address) => withoutSentenceEnd(address, { inSentence: address !== text.trim() })))];
}
