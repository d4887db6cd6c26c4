/** Links of a body within the site: those to its own headings lead there, others lead nowhere and become text. */

import GithubSlugger from 'github-slugger';
import type { Heading, Nodes } from 'mdast';
import { parseBounded, plainText, type Range, rangesOf, splice } from '../../../../util/text/markdown.ts';
import { isOwn, safeDecode } from './update-links.ts';

/** How a generator names headings: as GitHub does, by `{#id}` behind the heading, or not in a way that is known. */
export type AnchorStyle = 'github' | 'attribute' | 'none';

/** A model does not know the addresses of the blog: only the links that are added later lead to its pages. */
export function settleOwnLinks(markdown: string, style: AnchorStyle): string {
  if (!markdown.includes('](') && !markdown.includes(']:')) return markdown;
  const root = parseBounded(markdown);
  const anchors = anchorsOf(root, style);
  const used = new Set<Anchor>();
  const pieces = rangesOf(root, (node) => node.type === 'link' && (isOwn(node.url) || node.url.startsWith('#'))).map(
    ({ start, end, node }) => {
      const words = wordsOf(markdown, node);
      const anchor = node.type === 'link' ? anchors.get(safeDecode(node.url.slice(1)).toLowerCase()) : undefined;
      if (anchor === undefined || !('url' in node) || !node.url.startsWith('#')) return { start, end, by: words };
      used.add(anchor);
      return { start, end, by: `[${words}](#${encodeURI(anchor.id)})` };
    },
  );
  return splice(markdown, [...pieces, ...(style === 'attribute' ? [...used].map(idPiece) : [])]);
}

interface Anchor {
  readonly id: string;
  readonly heading: Heading;
}

/** The headings by the names that GitHub gives them, which is what a writer of a table of contents expects. */
function anchorsOf(root: Nodes, style: AnchorStyle): ReadonlyMap<string, Anchor> {
  if (style === 'none') return new Map();
  const slugger = new GithubSlugger();
  return new Map(
    rangesOf(root, ({ type }) => type === 'heading').map(({ node }, index) => {
      const name = slugger.slug(plainText(node));
      // Not every parser takes another script in an attribute.
      const id = style === 'github' || /^[a-z][a-z0-9-]*$/.test(name) ? name : `part-${index + 1}`;
      return [name, { id, heading: node as Heading }];
    }),
  );
}

function idPiece({ id, heading }: Anchor): Range & { readonly by: string } {
  const at = heading.children.at(-1)?.position?.end.offset ?? heading.position?.end.offset ?? 0;
  return { start: at, end: at, by: ` {#${id}}` };
}

function wordsOf(markdown: string, node: Nodes): string {
  const inner = 'children' in node ? node.children.flatMap((child) => rangesOf(child, () => true)) : [];
  return markdown.slice(inner[0]?.start ?? 0, inner.at(-1)?.end ?? 0);
}
