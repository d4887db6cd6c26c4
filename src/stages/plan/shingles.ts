/** Splits a text in any script into words and shingles. */

import { wordsOf } from '../../util/text/segment.ts';

/** Lower-case words; also for scripts without spaces. */
export function words(text: string): string[] {
  return Array.from(wordsOf(text), (word) => word.toLowerCase());
}

/** Runs of `size` words; a shorter text is one shingle. */
export function shingles(list: readonly string[], size: number): string[] {
  if (list.length <= size) return list.length === 0 ? [] : [list.join(' ')];
  return Array.from({ length: list.length - size + 1 }, (_, index) => list.slice(index, index + size).join(' '));
}
