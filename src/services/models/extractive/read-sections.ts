/** An article's Markdown as headings with the paragraphs below them, as a reader sees them; code, tables, lists, quotations, captions and pictures stay out. */

import type { Nodes } from 'mdast';
import { turn } from '../../../util/async/turn.ts';
import { markdownPieces, parseMarkdown } from '../../../util/text/markdown.ts';

export interface ArticleSection {
  readonly heading: string | undefined;
  /** Plain text, one entry a paragraph. */
  readonly paragraphs: readonly string[];
}

/** A longer paragraph without an empty line is nothing to quote from; parsing it would hold the thread. */
const MAX_PIECE = 40_000;

/** Gives timers, sockets and signals their turn between two pieces. */
export async function readArticleSections(markdown: string): Promise<ArticleSection[]> {
  const sections: { heading: string | undefined; paragraphs: string[] }[] = [{ heading: undefined, paragraphs: [] }];
  for (const piece of markdownPieces(markdown)) {
    if (piece.length > MAX_PIECE) continue;
    await turn();
    // A piece that is too complex to parse is left out.
    for (const node of parseMarkdown(piece)?.children ?? []) {
      if (node.type === 'heading') sections.push({ heading: textOf(node), paragraphs: [] });
      else if (node.type === 'paragraph' && !isCaption(node)) sections.at(-1)?.paragraphs.push(...linesOf(node));
    }
  }
  return sections;
}

/** A paragraph that is one emphasis or holds a picture is a caption. */
function isCaption(node: Nodes): boolean {
  if (!('children' in node)) return false;
  const [first] = node.children;
  return (
    (node.children.length === 1 && first?.type === 'emphasis') || node.children.some(({ type }) => type === 'image')
  );
}

/** A hard line break separates what are paragraphs to a reader: a name, a title, a sentence. */
function linesOf(node: Nodes): string[] {
  return rawText(node)
    .split('\u0000')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

function textOf(node: Nodes): string {
  return rawText(node)
    .replace(/[\s\u0000]+/g, ' ')
    .trim();
}

function rawText(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return '\u0000';
  return 'children' in node ? node.children.map(rawText).join('') : '';
}
