/** Words such as "plans to" and "may" that a source puts to a statement and a post leaves away. Pure. */

import { stem } from '../quantities/nouns.ts';
import { has } from './words.ts';

/** How far from a statement its mark may stand. */
const REACH = { english: 48, korean: 30 };
/** Characters between two words that belong to one statement. */
const APART = 70;

/** Whether the post says what the source marks, without any of the marks in `kept` near it. */
export function isMarkLost(marks: readonly RegExp[], kept: readonly RegExp[], post: string, source: string): boolean {
  return marks.some((pattern) =>
    [...source.matchAll(pattern)].some((match) => {
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
      if (place === undefined) return false;
      const near = isKorean
        ? post.slice(place.from, place.end + REACH.korean)
        : post.slice(Math.max(0, place.from - REACH.english), place.end);
      return !kept.some((one) => has(one, near));
    }),
  );
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
