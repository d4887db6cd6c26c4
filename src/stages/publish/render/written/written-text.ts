/** A post as a person wrote it for a site generator, for a place where that generator does not run. */

import type { Element, Root } from 'hast';
import { parseBounded, type Range, rangesOf, splice } from '../../../../util/text/markdown.ts';
import { isOwn, safeDecode } from '../markdown/update-links.ts';

/** Notes of the author that generators and editors never show: Liquid, Hugo, MDX, Obsidian. */
const COMMENTS: readonly (readonly [opening: RegExp, closing: RegExp])[] = [
  [/\{%-?\s{0,9}comment\s{0,9}-?%\}/g, /\{%-?\s{0,9}endcomment\s{0,9}-?%\}/g],
  [/\{\{[<%]\s{0,9}comment\s{0,9}[>%]\}\}/g, /\{\{[<%]\s{0,9}\/\s{0,9}comment\s{0,9}[>%]\}\}/g],
  [/\{\{-? ?\/\*/g, /\*\/ ?-?\}\}/g],
  [/\{\/\*/g, /\*\/\}/g],
  [/\{::comment\}/g, /\{:\/(?:comment)?\}/g],
  [/(?<![^\n])%%[ \t]{0,9}(?=\n)/g, /\n%%[ \t]{0,9}(?![^\n])/g],
  // Signs of per cent in a sentence have a space beside them.
  [/%%(?=[^\s%])/g, /(?<=[^\s%])%%/g],
];

/** Without comments; those in code are code. */
export function withoutComments(markdown: string): string {
  if (!/%%|\{[{/%:]/.test(markdown)) return markdown;
  return COMMENTS.reduce((text, [opening, closing]) => {
    const found = pairsIn(text, opening, closing);
    if (found.length === 0) return text;
    const code = rangesOf(parseBounded(text), ({ type }) => type === 'code' || type === 'inlineCode');
    const isCode = ({ start }: Range) => code.some((range) => start >= range.start && start < range.end);
    return splice(
      text,
      found.filter((range) => !isCode(range)).map((range) => ({ ...range, by: '' })),
    );
  }, markdown);
}

function pairsIn(text: string, opening: RegExp, closing: RegExp): Range[] {
  const pairs: Range[] = [];
  for (let at = 0; ; ) {
    const [first, last] = [new RegExp(opening), new RegExp(closing)];
    first.lastIndex = at;
    const start = first.exec(text)?.index;
    if (start === undefined) return pairs;
    last.lastIndex = first.lastIndex;
    if (last.exec(text) === null) return pairs;
    pairs.push({ start, end: last.lastIndex });
    at = last.lastIndex;
  }
}

/** Links to other files lead to their pages at the target, or become words where they have none; those from the root of a site stay as they are. Answers the addresses of files that are no posts. */
export function settleWrittenLinks(tree: Root, urlOf: (link: string) => string | undefined): string[] {
  const lost: string[] = [];
  const visit = (node: Root | Element): void => {
    const children = node.children.flatMap((child): (typeof child)[] => {
      if (child.type !== 'element') return [child];
      visit(child);
      const { href } = child.properties;
      if (child.tagName !== 'a' || typeof href !== 'string' || !isOwn(href)) return [child];
      const url = urlOf(safeDecode(href));
      if (url !== undefined) child.properties['href'] = url;
      else if (isOtherFile(href)) lost.push(safeDecode(href));
      return url !== undefined || href.startsWith('/') ? [child] : child.children;
    });
    node.children = children as never; // a root holds what an element holds; the union of both types cannot be assigned
  };
  visit(tree);
  return lost;
}

/** A post that is not there yet may come with this run; a table or a recording does not. */
function isOtherFile(href: string): boolean {
  const [path = ''] = href.split(/[?#]/, 1);
  return /\.\w{1,5}$/.test(path) && !path.startsWith('/') && !/\.(?:mdx?|markdown|x?html?|json|php|aspx?)$/i.test(path);
}

/** Without pictures that are no file and no address: what they show is said. */
export function withoutLostPictures(html: string, isThere: (src: string) => boolean): string {
  return html.replace(/<img [^<>]*>/g, (tag) => {
    const src = / src="([^"]*)"/.exec(tag)?.[1] ?? '';
    const alt = / alt="([^"]*)"/.exec(tag)?.[1] ?? '';
    return /^(?:https?:\/\/|\/)/i.test(src) || (src !== '' && isThere(src)) ? tag : alt;
  });
}
