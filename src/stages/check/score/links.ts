/** Links and images that lead to a file beside the post. Pure. */

import type { Nodes } from 'mdast';
import { type Body, readBody } from '../blocks.ts';
import { type Deduction, deduct } from './deduction.ts';
import { nodesOf } from './score-body.ts';
import type { ScoredPost } from './scored-post.ts';

/** A broken link is worse for the reader than a missing one. */
export function scoreLinks({ deadLinks = [] }: ScoredPost, { tree }: Body): Deduction[] {
  const links = tree === undefined ? [] : destinationsOf(tree);
  return deadLinks.slice(0, 5).map((href) => {
    const line = links.find(({ url }) => url === href || decoded(url) === href)?.line;
    const place = line === undefined ? {} : { line };
    return deduct('dead-link', 4, `The link to "${href.slice(0, 80)}" leads to no file`, 'Fix or remove it.', {
      excerpt: href,
      ...place,
    });
  });
}

/** Destinations of links and images beside the post: no address of the net, none from the site's root, no mark of a generator. Code is left out. */
export function relativeLinks(body: string): string[] {
  const { tree } = readBody(body);
  return tree === undefined ? [] : [...new Set(destinationsOf(tree).map(({ url }) => url))].filter(isBesidePost);
}

function destinationsOf(tree: Nodes): { readonly url: string; readonly line: number }[] {
  return [...nodesOf(tree, 'link'), ...nodesOf(tree, 'image'), ...nodesOf(tree, 'definition')].map(
    ({ url, position }) => ({ url, line: position?.start.line ?? 1 }),
  );
}

function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url; // not every % begins an escape
  }
}

export function isBesidePost(href: string): boolean {
  return href !== '' && !/^(?:[a-z][a-z\d+.-]*:|[/#?])|[{}]/i.test(href);
}
