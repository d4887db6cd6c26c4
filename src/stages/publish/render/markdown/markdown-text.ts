/** Markdown by its parts: which characters are prose and which are code. */

import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const parser = unified().use(remarkParse).use(remarkGfm);

/** Rewrites the running text as it stands in the file, raw HTML included, and inline code; other code, addresses and marks are left as they are. */
export function rewriteText(
  markdown: string,
  rewrite: (text: string) => string,
  rewriteCode: (code: string) => string = (code) => code,
): string {
  let written = '';
  let from = 0;
  for (const { start, end, type } of rangesOf(
    parser.parse(markdown),
    ({ type }) => type === 'text' || type === 'html' || type === 'inlineCode',
  )) {
    written +=
      markdown.slice(from, start) + (type === 'inlineCode' ? rewriteCode : rewrite)(markdown.slice(start, end));
    from = end;
  }
  return written + markdown.slice(from);
}

/** Links, images and definitions whose addresses could run something become text. */
export function withoutUnsafeLinks(markdown: string): string {
  const unsafe = rangesOf(parser.parse(markdown), (node) => 'url' in node && isUnsafe(node.url)).filter(({ start }) =>
    /^(?:!?\[|<)/.test(markdown.slice(start, start + 2)),
  );
  if (unsafe.length === 0) return markdown;
  const escaped = unsafe
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start }) => {
      const mark = text[start] === '!' ? start + 1 : start;
      return `${text.slice(0, mark)}\\${text.slice(mark)}`;
    }, markdown);
  return withoutUnsafeLinks(escaped); // what stood within one may be one
}

/** Anything but the web, mail, and places without a scheme. Browsers read past blanks and control characters. */
function isUnsafe(url: string): boolean {
  const scheme = /^([^/?#:]*):/.exec(url.replace(/[\u0000-\u0020]/g, ''))?.[1];
  return scheme !== undefined && !/^(?:https?|mailto)$/i.test(scheme);
}

/** Tags, comments and declarations become text. */
export function withoutHtml(text: string): string {
  return text.replace(/<(?=[a-z/!?])/gi, '&lt;');
}

/** `[1]` and `[1, 3]`, by which a post of several sources names them, as links to these addresses; numbers beyond them stay as they are. */
export function linkCitations(markdown: string, sources: readonly (string | undefined)[]): string {
  return rewriteText(markdown, (text) =>
    text.replace(/(?<!\\)\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g, (mark, ids: string) => {
      const links = ids.split(',').map((id) => ({ id: Number(id), url: sources[Number(id) - 1] }));
      return links.some(({ url }) => url === undefined)
        ? mark
        : links.map(({ id, url }) => `[\\[${id}\\]](<${url}>)`).join(' ');
    }),
  );
}

export interface WishedLink {
  /** Words that the text may be linked at, best first. */
  readonly terms: readonly string[];
  /** As it stands between the round brackets. */
  readonly destination: string;
}

/** Links the first place in the running text where a term of each stands; at most one link in a paragraph. Those without a place are left out. */
export function placeLinks(markdown: string, wished: readonly WishedLink[]): string {
  const paragraphs = paragraphsOf(parser.parse(markdown));
  const taken = new Set<number>();
  const placed = wished.flatMap(({ terms, destination }) => {
    for (const term of terms) {
      for (const [number, texts] of paragraphs.entries()) {
        const range = taken.has(number) ? undefined : findTerm(markdown, texts, term);
        if (range === undefined) continue;
        taken.add(number);
        return [{ ...range, destination }];
      }
    }
    return [];
  });
  return placed
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, destination }) =>
        `${text.slice(0, start)}[${text.slice(start, end)}](${destination})${text.slice(end)}`,
      markdown,
    );
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function findTerm(markdown: string, texts: readonly Range[], term: string): Range | undefined {
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![a-z0-9])`, 'iu');
  for (const { start, end } of texts) {
    const match = word.exec(markdown.slice(start, end));
    if (match !== null) return { start: start + match.index, end: start + match.index + match[0].length };
  }
  return undefined;
}

/** The plain texts of each paragraph: not those within links, headings, tables or quotations. */
function paragraphsOf(root: Root): Range[][] {
  const paragraphs = (node: Nodes): Nodes[] => {
    if (node.type === 'paragraph') return [node];
    return 'children' in node && !['heading', 'table', 'blockquote'].includes(node.type)
      ? node.children.flatMap(paragraphs)
      : [];
  };
  return paragraphs(root).map((paragraph) => rangesOf(paragraph, isText, isNoLink));
}

function isText({ type }: Nodes): boolean {
  return type === 'text';
}

function isNoLink({ type }: Nodes): boolean {
  return type !== 'link' && type !== 'linkReference';
}

function rangesOf(
  node: Nodes,
  wanted: (node: Nodes) => boolean,
  enter: (node: Nodes) => boolean = () => true,
): (Range & Pick<Nodes, 'type'>)[] {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (wanted(node) && start !== undefined && end !== undefined) return [{ start, end, type: node.type }];
  return 'children' in node && enter(node) ? node.children.flatMap((child) => rangesOf(child, wanted, enter)) : [];
}
