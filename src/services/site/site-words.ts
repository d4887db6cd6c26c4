/** Distinctive words of a text. Pure. */

/** Share of common distinctive words at which two titles have the same subject. */
const TWIN_SHARE = 0.6;
const TWIN_WORDS = 3;
const STOP_WORDS = new Set(
  'about after also been before being between could does every first from have into just last made make many more most much next only other over same should some such than that their them then there these they this those through what when where which while will with without would year years your'.split(
    ' ',
  ),
);

/** Distinctive words in order, with repeats; letters, marks and digits only. */
export function distinctiveWords(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{M}\p{N}]+/u).flatMap((term) => distinctiveWord(term) ?? []);
}

export function isTwin(title: string, other: string): boolean {
  const [a, b] = [new Set(distinctiveWords(title)), new Set(distinctiveWords(other))];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared >= TWIN_WORDS && shared / (a.size + b.size - shared) >= TWIN_SHARE;
}

function distinctiveWord(term: string): string | undefined {
  const word = term.toLowerCase().replace(/(?:은|는|이|가|을|를|의|에|와|과|로|으로)$/, '');
  const isLong = /[^\u0000-\u024f]/.test(word) ? word.length >= 2 : word.length >= 4;
  return isLong && !STOP_WORDS.has(word) && !/^\d+$/.test(word) ? word : undefined;
}
