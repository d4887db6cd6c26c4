/** What of a source a post is written from and checked against. */

import type { Article } from '../../core/types.ts';

/** About 20,000 words. Twice what a prompt holds of a source, so that a text of that length with many marks is whole. */
export const MATERIAL_CHARS = 120_000;

/**
 * The article with its text cut at the end of a line. Writing and checking work through the text in this process, so its length bounds how
 * long a post may keep the process busy. The hash stays that of the whole text: the post of a page keeps its key.
 */
export function materialOf(article: Article): Article {
  const { text, markdown } = article;
  if (text.length <= MATERIAL_CHARS && markdown.length <= MATERIAL_CHARS) return article;
  return { ...article, text: beginOf(text), markdown: beginOf(markdown) };
}

/** The begin of a text, to the end of its last whole line. */
export function beginOf(text: string): string {
  if (text.length <= MATERIAL_CHARS) return text;
  const line = text.lastIndexOf('\n', MATERIAL_CHARS);
  if (line > MATERIAL_CHARS / 2) return text.slice(0, line);
  const isSplitPair = (text.codePointAt(MATERIAL_CHARS - 1) ?? 0) > 0xffff;
  return text.slice(0, isSplitPair ? MATERIAL_CHARS - 1 : MATERIAL_CHARS);
}
