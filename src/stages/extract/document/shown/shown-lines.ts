/** Line breaks that a style sheet shows (`white-space: pre-line`) as line breaks of HTML. */

import { type ElementNode, TextNode, type TreeNode } from '../nodes.ts';
import type { StartTag } from '../start-tag.ts';

const MAX_STYLE = 2_000;
const SHOWS_LINES = /white-space(?:-collapse)?\s{0,9}:\s{0,9}(?:pre|break-spaces|preserve)/i;
const LINE_CLASS = /(?:^|\s)(?:whitespace|white-space|ws|text)-(?:pre-?(?:line|wrap))(?:\s|$)/i;
/** Here white space is kept anyway, or shows nothing. */
const OTHERS: ReadonlySet<string> = new Set(['pre', 'code', 'textarea', 'math', 'svg', 'script', 'style']);

export function showsLines(tag: StartTag): boolean {
  const style = tag.get('style');
  if (style !== undefined && SHOWS_LINES.test(style.slice(0, MAX_STYLE))) return true;
  const classes = tag.get('class');
  return classes?.includes('pre') === true && LINE_CLASS.test(classes);
}

export function settleLines(elements: readonly ElementNode[]): void {
  for (const element of elements)
    if (element.parentNode !== null && element.hasAttribute('data-lines') && !OTHERS.has(element.localName))
      breakLines(element);
}

/** Its own texts and those of inline elements in it; blocks have styles of their own. */
function breakLines(element: ElementNode): void {
  for (let node: TreeNode | null = element.firstChild; node !== null; ) {
    const next: TreeNode | null = node.nextSibling;
    if (node.nodeType === 3) splitText(node, element);
    else if (!OTHERS.has(node.localName)) breakLines(node);
    node = next;
  }
}

/** Line ends at the edges of an element are its source's. */
function splitText(text: TextNode, { firstChild, lastChild, ownerDocument }: ElementNode): void {
  let data = text.data;
  if (text === firstChild) data = data.replace(/^\s*\n/, '');
  if (text === lastChild) data = data.trimEnd();
  if (!data.includes('\n')) return;
  const lines = ownerDocument.createElement('span');
  data.split(/\r?\n/).forEach((line, index) => {
    if (index > 0) lines.appendChild(ownerDocument.createElement('br'));
    lines.appendChild(new TextNode(line));
  });
  text.parentNode?.replaceChild(lines, text);
}
