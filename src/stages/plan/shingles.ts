/** Words of a text in any script, and the shingles made of them. */

const WORDS = new Intl.Segmenter('und', { granularity: 'word' });

/** Lower-case words; Intl.Segmenter finds them also where no spaces stand between them. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of WORDS.segment(text)) if (isWordLike === true) found.push(segment.toLowerCase());
  return found;
}

/** Runs of `size` words; a shorter text is one shingle. */
export function shingles(list: readonly string[], size: number): string[] {
  if (list.length <= size) return list.length === 0 ? [] : [list.join(' ')];
  return Array.from({ length: list.length - size + 1 }, (_, index) => list.slice(index, index + size).join(' '));
}
