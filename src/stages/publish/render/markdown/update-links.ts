/** Links of a saved post to others of the blog, looked at again: what is not there any more is not linked to. */

import type { Nodes, Parents } from 'mdast';
import { parseBounded, type Range, rangesOf, splice } from '../../../../util/text/markdown.ts';

/** The body without the links whose addresses are not alive: a list item that is one goes, elsewhere its words stay; a list that is empty goes with its heading. */
export function dropDeadLinks(markdown: string, isAlive: (address: string) => boolean, home?: string): string {
  const root = parseBounded(markdown);
  const isDead = (node: Nodes) => node.type === 'link' && isOwn(node.url, home) && !isAlive(safeDecode(node.url));
  const pieces: (Range & { readonly by: string })[] = [];
  const visit = (node: Nodes, parent: Parents | undefined): void => {
    if (node.type === 'list') {
      const dead = node.children.filter((item) => isLinkAlone(item, isDead));
      const at = parent?.children.indexOf(node as never) ?? -1;
      const before = parent?.children[at - 1];
      if (dead.length === node.children.length) {
        pieces.push(...cut(markdown, before?.type === 'heading' ? before : node, node));
        return;
      }
      for (const item of dead) pieces.push(...cut(markdown, item, item));
      for (const item of node.children) if (!dead.includes(item)) visit(item, node);
      return;
    }
    if (isDead(node)) {
      const [piece] = rangesOf(node, () => true);
      const inner = 'children' in node ? node.children.flatMap((child) => rangesOf(child, () => true)) : [];
      const [first, last] = [inner[0], inner.at(-1)];
      if (piece !== undefined && first !== undefined && last !== undefined)
        pieces.push({ start: piece.start, end: piece.end, by: markdown.slice(first.start, last.end) });
      return;
    }
    if ('children' in node) for (const child of node.children) visit(child, node);
  };
  visit(root, undefined);
  return pieces.length === 0 ? markdown : `${splice(markdown, pieces).trimEnd()}\n`;
}

/** Where the links of a body to other pages of the blog lead, as they stand there. */
export function ownLinksOf(markdown: string, home?: string): string[] {
  return rangesOf(parseBounded(markdown), ({ type }) => type === 'link').flatMap(({ node }) =>
    node.type === 'link' && isOwn(node.url, home) ? [safeDecode(node.url)] : [],
  );
}

/** Neither elsewhere on the web nor in the page itself. `home`: the blog's own address (see `homeOf`), where links to it may be whole ones. */
export function isOwn(url: string, home?: string): boolean {
  if (home !== undefined && safeDecode(url).startsWith(home)) return true;
  return !/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(url);
}

/** The public address of the output folder, as whole links to its pages begin. */
export function homeOf(siteUrl: string | undefined): string | undefined {
  if (siteUrl === undefined || !URL.canParse(siteUrl)) return undefined;
  return safeDecode(new URL(siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`).href);
}

function isLinkAlone(item: Nodes, isDead: (node: Nodes) => boolean): boolean {
  const [paragraph, ...more] = 'children' in item ? item.children : [];
  if (paragraph?.type !== 'paragraph' || more.length > 0) return false;
  const [link, ...others] = paragraph.children;
  return link !== undefined && others.length === 0 && isDead(link);
}

/** From the line where one begins to the line where another ends. */
function cut(markdown: string, from: Nodes, to: Nodes): (Range & { readonly by: string })[] {
  const start = from.position?.start.offset;
  const end = to.position?.end.offset;
  if (start === undefined || end === undefined) return [];
  const next = markdown.indexOf('\n', end);
  return [{ start: markdown.lastIndexOf('\n', start - 1) + 1, end: next === -1 ? markdown.length : next + 1, by: '' }];
}

export function safeDecode(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** The body with its links to other pages of the blog leading to the addresses that those have elsewhere. */
export function replaceOwnLinks(markdown: string, urlOf: (address: string) => string | undefined): string {
  const links = rangesOf(parseBounded(markdown), (node) => node.type === 'link' && isOwn(node.url));
  return splice(
    markdown,
    links.flatMap(({ start, end, node }) => {
      const url = node.type === 'link' ? urlOf(safeDecode(node.url)) : undefined;
      const inner = 'children' in node ? node.children.flatMap((child) => rangesOf(child, () => true)) : [];
      const [first, last] = [inner[0], inner.at(-1)];
      if (url === undefined || first === undefined || last === undefined) return [];
      return [{ start, end, by: `[${markdown.slice(first.start, last.end)}](<${url}>)` }];
    }),
  );
}

/** As `dropDeadLinks`, for a page that was made of such a body. */
export function dropDeadHtmlLinks(html: string, isAlive: (address: string) => boolean): string {
  const isDead = (href: string) => isOwn(href) && !isAlive(safeDecode(href.replaceAll('&amp;', '&')));
  return html
    .replace(/<li><a href="([^"<]*)" rel="noopener">[^<]*<\/a><\/li>\n?/g, (item, href: string) =>
      isDead(href) ? '' : item,
    )
    .replace(/<a href="([^"]*)" rel="noopener">([^<]*)<\/a>/g, (link, href: string, words: string) =>
      isDead(href) ? words : link,
    )
    .replace(/<h2[^<>]*>[^<]*<\/h2>\n<ul>\n<\/ul>\n?/g, '');
}
