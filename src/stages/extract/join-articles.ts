/** Articles that a site spreads over several pages. Pure. */

import type { Article } from '../../core/types.ts';
import { contentHashOf } from './content-hash.ts';

/** A list of articles has headings that are links; an article has few. */
const MAX_LINKED_HEADINGS = 2;
/** Titles may differ by a number and a word for "page". */
const MAX_ADDED_CHARS = 12;
const MIN_NEW_CHARS = 60;

/** True if `part` continues the article `first`: same title, no other author, date or image, different text, and not a list of articles. */
export function continues(first: Article, part: Article): boolean {
  if (part.takenFor !== undefined || isListing(first) || isListing(part)) return false;
  const same = (name: 'author' | 'publishedAt' | 'leadImage') =>
    first[name] === undefined || part[name] === undefined || first[name] === part[name];
  const isSameStory = part.canonicalUrl === first.finalUrl || (same('author') && same('publishedAt'));
  return (
    isSameStory &&
    isSameTitle(first.title, part.title) &&
    newBlocks(first.text, part.text).join('').length >= MIN_NEW_CHARS
  );
}

function isListing({ markdown }: Article): boolean {
  return (markdown.match(/^#{1,6} .*\]\(/gm)?.length ?? 0) > MAX_LINKED_HEADINGS;
}

function isSameTitle(one: string, other: string): boolean {
  const [a, b] = [lettersOf(one), lettersOf(other)];
  if (a === '' || b === '') return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (long.startsWith(short) || long.endsWith(short)) && long.length - short.length <= MAX_ADDED_CHARS;
}

function lettersOf(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
}

/** One article; blocks that the template repeats on each page are taken once. */
export function joinArticles(first: Article, parts: readonly Article[]): Article {
  let { text, markdown } = first;
  for (const part of parts) {
    text = [text, ...newBlocks(text, part.text)].join('\n\n');
    markdown = [markdown, ...newBlocks(markdown, part.markdown)].join('\n\n');
  }
  return {
    ...first,
    text,
    markdown,
    links: [first, ...parts].flatMap(({ links }) => links),
    images: [first, ...parts].flatMap(({ images }) => images),
    contentHash: contentHashOf(text),
  };
}

function newBlocks(known: string, more: string): readonly string[] {
  const seen = new Set(known.split('\n\n'));
  return more.split('\n\n').filter((block) => !seen.has(block));
}
