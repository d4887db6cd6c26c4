/** Markdown (GFM) as a tree with positions. Texts that a parser would take more than linear time for are refused. */

import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const parser = unified().use(remarkParse).use(remarkGfm);

/** Marks in one block, and levels of nesting in one line, above which no post is written by a person. */
const MOST_MARKS = 2000;
const MOST_LEVELS = 40;

/** Undefined for a text whose marks are too many or nested too deep: parsing those takes quadratic time. */
export function parseMarkdown(markdown: string): Root | undefined {
  return isTooComplex(markdown) ? undefined : parser.parse(markdown);
}

export function isTooComplex(markdown: string): boolean {
  let marks = 0;
  for (const line of markdown.split('\n')) {
    if (line.trim() === '') marks = 0;
    marks += line.match(/[[\]*_`<>&~|!\\]/g)?.length ?? 0;
    if (
      marks > MOST_MARKS ||
      (/^[\s>*+\-\d.)]{0,400}/.exec(line)?.[0].match(/>|[*+-]\s|\d[.)]\s/g)?.length ?? 0) > MOST_LEVELS
    )
      return true;
  }
  return false;
}
