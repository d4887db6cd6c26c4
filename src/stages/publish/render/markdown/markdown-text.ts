/** Rewrites Markdown at its parts, as a parser sees them: every byte that is not meant stays as it is. */

import type { Nodes, Root } from 'mdast';
import { parseBounded, plainText, type Range, rangesOf, splice } from '../../../../util/text/markdown.ts';

/** Rewrites the running text as it stands in the file, raw HTML included, and inline code; other code, addresses and marks are left as they are. */
export function rewriteText(
  markdown: string,
  rewrite: (text: string) => string,
  rewriteCode: (code: string) => string = (code) => code,
): string {
  const isMeant = ({ type }: Nodes) => type === 'text' || type === 'html' || type === 'inlineCode';
  const pieces = rangesOf(parseBounded(markdown), isMeant, (node) => !isBareAddress(markdown, node));
  return splice(
    markdown,
    pieces.map(({ start, end, node }) => {
      const text = markdown.slice(start, end);
      return { start, end, by: node.type === 'inlineCode' ? rewriteCode(text) : rewrite(text) };
    }),
  );
}

/** Links, images and definitions whose addresses could run something become text. */
export function withoutUnsafeLinks(markdown: string): string {
  const unsafe = rangesOf(parseBounded(markdown), (node) => 'url' in node && isUnsafe(node.url)).filter(({ start }) =>
    /^(?:!?\[|<)/.test(markdown.slice(start, start + 2)),
  );
  if (unsafe.length === 0) return markdown;
  const marks = unsafe.map(({ start }) => (markdown[start] === '!' ? start + 1 : start));
  // What stood within one may be one.
  return withoutUnsafeLinks(
    splice(
      markdown,
      marks.map((start) => ({ start, end: start, by: '\\' })),
    ),
  );
}

/** Anything but the web, mail, and places without a scheme. Browsers read past blanks and control characters. */
function isUnsafe(url: string): boolean {
  const scheme = /^([^/?#:]*):/.exec(url.replace(/[\u0000-\u0020]/g, ''))?.[1];
  return scheme !== undefined && !/^(?:https?|mailto)$/i.test(scheme);
}

/** Pictures belong to others and move: what they show is said, and where they are is linked. */
export function withoutPictures(markdown: string): string {
  const replaced = (node: Nodes, insideLink: boolean): (Range & { readonly by: string })[] => {
    if (node.type === 'image' || node.type === 'imageReference') {
      const { start, end } = node.position ?? {};
      if (start?.offset === undefined || end?.offset === undefined) return [];
      const source = markdown.slice(start.offset + 1, end.offset);
      const by = plainText(node).trim() === '' ? '' : insideLink ? asPlainMarkdown(plainText(node)) : source;
      return [{ start: start.offset, end: end.offset, by }];
    }
    const isLink = node.type === 'link' || node.type === 'linkReference';
    return 'children' in node ? node.children.flatMap((child) => replaced(child, insideLink || isLink)) : [];
  };
  return splice(markdown, replaced(parseBounded(markdown), false));
}

/** `10~20` and `30~40` in one paragraph are two ranges: most generators would strike out what stands between them. */
export function withoutStrikingRanges(markdown: string): string {
  return markdown.split('~').length < 3 ? markdown : rewriteText(markdown, escapeTildes);
}

function escapeTildes(text: string): string {
  return text.replace(/\\.|~/gs, (sign) => (sign === '~' ? '\\~' : sign));
}

/** Addresses between `<` and `>`, in the form that MDX knows too. */
export function withoutAutolinks(markdown: string): string {
  const links = rangesOf(parseBounded(markdown), ({ type }) => type === 'link');
  return splice(
    markdown,
    links.flatMap(({ start, end, node }) =>
      node.type === 'link' && markdown[start] === '<'
        ? [{ start, end, by: `[${asPlainMarkdown(plainText(node))}](${node.url})` }]
        : [],
    ),
  );
}

/** Tags, comments and declarations become text; what is escaped already stays one sign. */
export function withoutHtml(text: string): string {
  return text.replace(/\\<|\\.|<(?=[a-z/!?])/gis, (sign) => (sign.endsWith('<') ? '&lt;' : sign));
}

/** A text of which no sign is Markdown or HTML. */
export function asPlainMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&(?=#?\w{1,31};)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[[\]\\`*_>~]/g, '\\$&')
    .replace(/^(?=[-+#>|=])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\');
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

export interface WantedLink {
  /** Words that the text may be linked at, best first. */
  readonly terms: readonly string[];
  /** As it stands between the round brackets. */
  readonly destination: string;
}

/** Links the first place in the running text where a term of each stands; at most one link in a paragraph. Those without a place are left out. */
export function placeLinks(markdown: string, wanted: readonly WantedLink[]): string {
  const paragraphs = paragraphsOf(parseBounded(markdown));
  const taken = new Set<number>();
  const placed = wanted.flatMap(({ terms, destination }) => {
    for (const term of terms) {
      for (const [number, texts] of paragraphs.entries()) {
        const range = taken.has(number) ? undefined : findTerm(markdown, texts, term);
        if (range === undefined) continue;
        taken.add(number);
        return [{ ...range, by: `[${markdown.slice(range.start, range.end)}](${destination})` }];
      }
    }
    return [];
  });
  return splice(markdown, placed);
}

/** Scripts that write no space between a word and what belongs to it. */
const UNSPACED =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

function findTerm(markdown: string, texts: readonly Range[], term: string): Range | undefined {
  const end = UNSPACED.test(term) ? '(?![a-z0-9])' : '(?![\\p{L}\\p{M}\\p{N}])';
  const word = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${end}`, 'iu');
  for (const { start, end: textEnd } of texts) {
    const match = word.exec(markdown.slice(start, textEnd));
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
  return paragraphs(root).map((paragraph) =>
    rangesOf(
      paragraph,
      ({ type }) => type === 'text',
      ({ type }) => type !== 'link' && type !== 'linkReference',
    ),
  );
}

/** A link that is its own text: to change the text would change where it leads. */
function isBareAddress(markdown: string, node: Nodes): boolean {
  return node.type === 'link' && markdown[node.position?.start.offset ?? 0] !== '[';
}
