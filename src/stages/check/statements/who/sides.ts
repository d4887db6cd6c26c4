/** What stands on which side of a word that relates both: `A lags behind B`, `by name, not by IP`, `a different address but the same name`. Pure. */

import { stem } from '../../quantities/nouns.ts';

const RELATIONS =
  /\b(?:than|behind|ahead of|instead of|rather than|not|but not|before|after|over|for)\b|(?<=[가-힣])보다\s|대신/giu;
/** Words that tell how and stand before what they tell of. */
const MODIFIERS =
  /\b(same|different|old|new|own|other|first|second|last|largest|smallest|higher|lower|former|latter|left|right|inner|outer|front|rear)\s/giu;
const REACH = 48;
const LITTLE = new Set(
  'the and for with that this its his her their are was were has have been from into more less likely most much also which who when where but'.split(
    ' ',
  ),
);

/** Two things that have changed sides of the same word, or two nouns that have changed the words before them. */
export function findSwappedSides(post: string, source: string): boolean {
  const said = sidesOf(post);
  const known = said.length === 0 ? [] : sidesOf(source);
  const isSwapped = said.some((one) =>
    known.some((other) => {
      if (one.word !== other.word) return false;
      const left = one.left.filter(
        (word) => other.right.includes(word) && !other.left.includes(word) && !one.right.includes(word),
      );
      const right = one.right.filter(
        (word) => other.left.includes(word) && !other.right.includes(word) && !one.left.includes(word),
      );
      return left.length > 0 && right.length > 0;
    }),
  );
  return isSwapped || hasExchangedModifiers(post, source);
}

interface Sides {
  readonly word: string;
  readonly left: readonly string[];
  readonly right: readonly string[];
}

function sidesOf(text: string): Sides[] {
  return Array.from(text.matchAll(RELATIONS), (match) => {
    const end = match.index + match[0].length;
    return {
      word: match[0].toLowerCase(),
      left: wordsOf(text.slice(Math.max(0, match.index - REACH), match.index).replace(/^.*[.;:!?]/s, '')),
      right: wordsOf(text.slice(end, end + REACH).replace(/[.;:!?].*$/s, '')),
    };
  });
}

function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(/[\p{L}\d]{2,}/gu), ([word]) =>
    /[가-힣]/.test(word) ? word.slice(0, 2) : stem(word),
  ).filter((word) => !LITTLE.has(word));
}

function hasExchangedModifiers(post: string, source: string): boolean {
  const said = modifiersOf(post);
  if (said.size < 2) return false;
  const known = modifiersOf(source);
  const pairs = [...said].filter(([one]) => known.has(one));
  const isTurned = (nouns: readonly string[], one: string, other: string) =>
    nouns.some((noun) => known.get(other)?.includes(noun) === true && known.get(one)?.includes(noun) !== true);
  return pairs.some(([one, nouns]) =>
    pairs.some(([other, theirs]) => one !== other && isTurned(nouns, one, other) && isTurned(theirs, other, one)),
  );
}

/** Each with the one or two words after it. */
function modifiersOf(text: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Array.from(text.matchAll(MODIFIERS), (match) => {
      const end = match.index + match[0].length;
      const next = /^[\p{L} ]+/u.exec(text.slice(end, end + REACH))?.[0] ?? '';
      return [(match[1] ?? '').toLowerCase(), wordsOf(next.split(' ').slice(0, 2).join(' '))];
    }),
  );
}
