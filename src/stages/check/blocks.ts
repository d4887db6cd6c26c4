/** A Markdown body as the reader sees it: the text of each paragraph, heading, cell and code block, with its lines. Pure. */

import type { Nodes, Root } from 'mdast';
import { parseMarkdown } from '../../util/text/markdown.ts';

export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'cell' | 'code' | 'quotation';
  /** Without marks; line breaks are kept. */
  readonly text: string;
  /** 1-based line of a character of `text`. */
  lineAt(index: number): number;
}

export interface Body {
  readonly blocks: readonly Block[];
  /** Undefined where the Markdown is too complex to parse; then the raw lines are checked. */
  readonly tree: Root | undefined;
}

export function readBody(markdown: string): Body {
  const tree = parseMarkdown(markdown);
  return { tree, blocks: tree === undefined ? linesOf(markdown) : blocksOf(tree, false) };
}

function linesOf(markdown: string): Block[] {
  return markdown
    .split('\n')
    .flatMap((text, index) =>
      text.trim() === '' ? [] : [{ kind: 'paragraph' as const, text, lineAt: () => index + 1 }],
    );
}

function blocksOf(node: Nodes, isQuoted: boolean): Block[] {
  switch (node.type) {
    case 'paragraph':
      return [blockOf(node, isQuoted ? 'quotation' : 'paragraph')];
    case 'heading':
      return [blockOf(node, 'heading')];
    case 'tableCell':
      return [blockOf(node, 'cell')];
    case 'code': {
      const first = (node.position?.start.line ?? 0) + 1;
      return [{ kind: 'code', text: node.value, lineAt: (index) => first + count(node.value, index) }];
    }
    default:
      return 'children' in node
        ? node.children.flatMap((child) => blocksOf(child, isQuoted || node.type === 'blockquote'))
        : [];
  }
}

function blockOf(node: Nodes, kind: Block['kind']): Block {
  const parts: { readonly from: number; readonly line: number }[] = [];
  let text = '';
  const add = (value: string, line: number) => {
    parts.push({ from: text.length, line });
    text += value;
  };
  const visit = (part: Nodes): void => {
    const line = part.position?.start.line ?? 1;
    if (part.type === 'text' || part.type === 'inlineCode') add(part.value, line);
    else if (part.type === 'image' || part.type === 'imageReference') add(part.alt ?? '', line);
    else if (part.type === 'break') add('\n', line);
    else if ('children' in part && !isBareAddress(part)) for (const child of part.children) visit(child);
  };
  visit(node);
  return {
    kind,
    text,
    lineAt(index) {
      const part = parts.findLast(({ from }) => from <= index);
      return part === undefined
        ? (node.position?.start.line ?? 1)
        : part.line + count(text.slice(part.from), index - part.from);
    },
  };
}

/** A link whose text is its address adds no text. */
function isBareAddress(node: Nodes): boolean {
  if (node.type !== 'link' || node.children.length !== 1) return false;
  const [child] = node.children;
  return child?.type === 'text' && !/\s/.test(child.value) && /^(?:https?:\/\/|www\.|.+@)./i.test(child.value);
}

/** Number of line breaks before a position. */
function count(text: string, index: number): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}
