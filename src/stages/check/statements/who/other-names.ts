/** A name from the source in a place where the source has another one. Pure. */

const NAME = /(?<![\p{L}\d])\p{Lu}[\p{L}\d’'-]{2,}/gu;
/** Capitalised words at the start of a sentence that are not names. */
const isName = (word: string, text: string, at: number) =>
  at > 0 && !/[.!?:“"(]\s?$/.test(text.slice(Math.max(0, at - 2), at)) && word !== '';

/** A sentence with one of these may refer to a name in the sentence before it. */
const PRONOUN = /\b(?:he|she|they|it|this|these|his|her|their|its|we|our)\b/i;

function namesIn(text: string): Set<string> {
  return new Set([...text.matchAll(NAME)].map(({ 0: word }) => plain(word)));
}

/** German writes magnitudes with a capital. */
const NUMBER = /^(?:Million|Milliarde|Billion)(?:en|n)?$/;

const plain = (word: string) => word.replace(/[’']s?$/, '');

/** `around`: the source sentence with those beside it; `known`: whether a word is a name somewhere in the sources. */
export function findOtherName(
  post: string,
  source: string,
  around: string,
  known: (word: string) => boolean,
): string | undefined {
  const own = namesIn(post);
  const reach = PRONOUN.test(source) ? around : source;
  const there = namesIn(reach);
  const named = [...post.matchAll(NAME)].map((match) => ({
    word: plain(match[0]),
    isInside: isName(match[0], post, match.index),
  }));
  const other = named.find(
    ({ word }) => !NUMBER.test(word) && !there.has(word) && !isPartOf(word, reach) && known(word),
  );
  if (other === undefined) return undefined;
  const inSource = [...source.matchAll(NAME)].map(({ 0: word }) => plain(word));
  const missing = inSource.find((word) => !own.has(word) && known(word));
  return missing === undefined
    ? undefined
    : `The sentence says of "${other.word}" what the source says of "${missing}"`;
}

function isPartOf(word: string, text: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase().slice(0, Math.max(4, word.length - 2)));
}
