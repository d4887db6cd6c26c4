/** Structure errors: a second H1, links that are in no source, Markdown that cannot be parsed. Pure. */

import type { Nodes } from 'mdast';
import type { Article, Draft, Finding } from '../../core/types.ts';
import { trimTail } from '../../util/text/trim-edges.ts';
import { type Body, readBody } from './blocks.ts';

export function checkStructure({ content, brief }: Draft, { tree }: Body = readBody(content.body)): Finding[] {
  if (tree === undefined)
    return [
      {
        rule: 'unreadable-markdown',
        severity: 'error',
        message: 'One block of the Markdown has too many marks or levels to be parsed',
        fix: 'Write plain paragraphs, lists and links.',
      },
    ];
  const found: Finding[] = [];
  const reported = new Set<string>();
  const isKnown = knownAddresses(brief.articles, brief.copies);
  visit(tree, (node) => {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'heading' && node.depth === 1) found.push(secondH1(content.body, line));
    for (const href of addressesOf(node)) {
      // A bare address is a link and its text at once.
      if (href.startsWith('#') || isKnown(href) || reported.has(`${line} ${comparable(href)}`)) continue;
      reported.add(`${line} ${comparable(href)}`);
      found.push(unknownLink(href, line));
    }
  });
  return found;
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ('children' in node) for (const child of node.children) visit(child, see);
}

/** The title is the page's one H1. */
function secondH1(body: string, line: number): Finding {
  return {
    rule: 'one-h1',
    severity: 'error',
    message: 'The body has an H1 beside the title',
    fix: 'Make it a level 2 heading.',
    line,
    excerpt: body.split('\n')[line - 1] ?? '',
  };
}

/** A model may not invent addresses: each link and image must appear in a source. */
function unknownLink(href: string, line: number): Finding {
  return {
    rule: 'unknown-link',
    severity: 'error',
    message: 'A link is in none of the sources',
    fix: 'Remove the link, or use one of the source.',
    line,
    excerpt: href,
  };
}

const BARE = /https?:\/\/[^\s<>"'`]{1,2000}/g;

function addressesOf(node: Nodes): string[] {
  switch (node.type) {
    case 'link':
    case 'image':
    case 'definition':
      return [node.url];
    case 'html':
    case 'text':
    case 'inlineCode':
      return Array.from(node.value.matchAll(BARE), ([href]) => trimTail(href, /[.,;:!?)\]]/));
    default:
      return [];
  }
}

type Linked = Pick<Article, 'finalUrl' | 'url' | 'canonicalUrl' | 'links' | 'images'> &
  Partial<Pick<Article, 'text' | 'markdown'>>;

function knownAddresses(
  articles: readonly Linked[],
  copies: readonly { readonly url: string }[],
): (href: string) => boolean {
  const own = articles.flatMap(({ url, finalUrl, canonicalUrl, links, images }) => [
    url,
    finalUrl,
    canonicalUrl ?? url,
    ...links.map(({ href }) => href),
    ...images.map(({ src }) => src),
  ]);
  const known = new Set([...own, ...copies.map(({ url }) => url)].map(comparable));
  // An address that a source shows as text may be linked too.
  const isShown = (href: string) => {
    const shown = href
      .replace(/^mailto:/i, '')
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '');
    return (
      shown.length > 4 &&
      articles.some(({ text = '', markdown = '' }) => appears(shown, text) || appears(shown, markdown))
    );
  };
  return (href) => known.has(comparable(href)) || isShown(href);
}

/** Whether a text contains an address as a whole: `a.example/xyz` does not contain `a.example/x`. */
function appears(address: string, text: string): boolean {
  for (let at = text.indexOf(address); at !== -1; at = text.indexOf(address, at + 1))
    if (
      !/[\p{L}\d\-_%/=&?~]/u.test(text.slice(at + address.length, at + address.length + 1)) &&
      !/[\p{L}\d\-_.@]/u.test(text.slice(Math.max(0, at - 1), at))
    )
      return true;
  return false;
}

/** Normalises addresses that lead to the same page: without fragment, trailing slash and scheme, with the same escapes. */
function comparable(href: string): string {
  const [plain = ''] = href.replaceAll('&amp;', '&').split('#', 1);
  const parsed = URL.canParse(plain) ? new URL(plain).href : plain;
  return decoded(parsed.replace(/^http:/i, 'https:').replace(/\/$/, ''));
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address; // not every % begins an escape
  }
}
