/** Qualifiers such as "plans to" and "may" that the source has and the post omits. Pure. */

import { stem } from '../quantities/nouns.ts';
import { has } from './words.ts';

/** Maximum distance of a qualifier from its statement. */
const REACH = { english: 48, korean: 30 };
/** Characters between two words that belong to one statement. */
const APART = 70;

/** Words of nearly every English sentence. */
const ENGLISH = /\b(?:the|an?|of|and|to|is|are|was|were|will|may|with)\b/i;

/** Whether the post says what the source marks, without any of the marks in `kept` near it. `isWhole`: all of the words that are marked, and not two of them. */
export function isMarkLost(
  marks: readonly RegExp[],
  kept: readonly RegExp[],
  post: string,
  source: string,
  isWhole = false,
): boolean {
  const posts = post.toLowerCase();
  const isEnglish = ENGLISH.test(source) || /[가-힣]/.test(source);
  return marks.some((pattern) =>
    [...source.matchAll(pattern)].some((match) => {
      // Other languages move the mark itself to another place.
      if (!isWhole && !isEnglish && posts.includes(match[0].toLowerCase())) return false;
      // Korean says it behind the verb, English before it.
      const isKorean = /[가-힣]/.test(match[0]);
      const end = match.index + match[0].length;
      const marked = isKorean
        ? wordsOf(source.slice(Math.max(0, match.index - 24), match.index)).slice(-2)
        : wordsOf(source.slice(end, end + REACH.english)).slice(0, 3);
      const place = placeOf(
        marked.map(({ key }) => key),
        post,
      );
      if (place === undefined || (isWhole && !hasAll(marked, post))) return false;
      const near = isKorean
        ? post.slice(place.from, place.end + REACH.korean)
        : post.slice(Math.max(0, place.from - REACH.english), place.end);
      return !kept.some((one) => has(one, near));
    }),
  );
}

/** Whether a mark stands at a word that the other text has too: it denies what both speak of. */
export function isAtShared(marks: readonly RegExp[], text: string, other: string): boolean {
  if (UNSPACED.test(text)) return true;
  const shared = new Set(wordsOf(other).map(({ key }) => key));
  return marks.some((pattern) =>
    [...text.matchAll(pattern)].some(({ index, 0: mark }) => {
      const end = index + mark.length;
      const after = wordsOf(text.slice(end, end + REACH.english));
      const before = wordsOf(text.slice(Math.max(0, index - REACH.korean), index)).slice(-2);
      // English says "not" before the verb, Korean, German and French beside or behind it.
      const beside = isEnglishMark(mark) ? after.slice(0, 1) : [...before, ...after.slice(0, 2)];
      return beside.some(({ key }) => shared.has(key));
    }),
  );
}

/** Without spaces it is not seen which word a mark stands at. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}]/u;
const isEnglishMark = (mark: string) =>
  /^(?:[a-z]+n[’' ]?t|no|not|never|n[o’']t|nor?|neither|none|without|cannot)$/i.test(mark);

/** Two or three words, each of which the post has. */
function hasAll(marked: readonly Word[], post: string): boolean {
  const keys = new Set(wordsOf(post).map(({ key }) => key));
  return marked.length > 1 && marked.every(({ key }) => keys.has(key));
}

interface Word {
  readonly key: string;
  readonly from: number;
  readonly end: number;
}

const LITTLE = new Set(
  'the a an and or of to in on at be been for with by as it its is are was were that this have has'.split(' '),
);

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(/\p{L}{2,}/gu), (match) => ({
    key: /[가-힣]/.test(match[0]) ? match[0].slice(0, 2) : base(match[0]),
    from: match.index,
    end: match.index + match[0].length,
  })).filter(({ key }) => !LITTLE.has(key));
}

/** `begin` and `began` stay apart, `open`, `opened` and `opening` do not. */
function base(word: string): string {
  const plain = stem(word);
  return plain.length > 4 ? plain.replace(/(?:ed|ing|e|d)$/, '') : plain;
}

/** Where the first two of the words that the post has stand close together. */
function placeOf(keys: readonly string[], post: string): { readonly from: number; readonly end: number } | undefined {
  const words = wordsOf(post);
  const wanted = keys.length < 2 ? keys : keys.slice(0, 3);
  for (const [at, first] of words.entries()) {
    if (!wanted.includes(first.key)) continue;
    if (wanted.length === 1) return first;
    const second = words
      .slice(at + 1)
      .find(({ key, from }) => key !== first.key && wanted.includes(key) && from - first.end < APART);
    if (second !== undefined) return { from: first.from, end: second.end };
  }
  return undefined;
}
