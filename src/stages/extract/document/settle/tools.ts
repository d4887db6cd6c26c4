import { type ElementNode, nextInside, TextNode, type TreeNode } from '../nodes.ts';
import { BLOCK_TAGS } from '../tags.ts';

/** Replaces an element by one that holds only this text. */
export function replaceByText(element: ElementNode, name: string, text: string): ElementNode {
  const replacement = element.ownerDocument.createElement(name);
  replacement.appendChild(new TextNode(text));
  element.parentNode?.replaceChild(replacement, element);
  return replacement;
}

/** Replaces the element by its children. */
export function unwrap(element: ElementNode): void {
  const parent = element.parentNode;
  if (parent === null) return;
  const holder = element.ownerDocument.createElement('span');
  for (let child = element.firstChild; child !== null; child = element.firstChild) holder.appendChild(child);
  parent.replaceChild(holder, element);
}

const MAX_NODES = 400;

/** Text of an element with white space collapsed, up to `most` characters; the rest is not read. */
export function shortText(element: ElementNode, most = 400): string {
  let text = '';
  let line: ElementNode | null = null;
  let node = nextInside(element, element);
  for (let seen = 0; node !== null && text.length <= most && seen < MAX_NODES; seen += 1) {
    if (node.nodeType === 3) {
      const own = lineOf(node, element);
      if (own !== line && text !== '') text += ' ';
      line = own;
      text += node.data.slice(0, most + 1);
    } else if (node.localName === 'br') text += ' ';
    node = nextInside(node, element);
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** The block inside `root` that contains a text. */
function lineOf({ parentNode }: TextNode, root: ElementNode): ElementNode | null {
  let node = parentNode;
  while (node !== null && node !== root && !BLOCK_TAGS.has(node.localName)) node = node.parentNode;
  return node;
}

export function closest(
  element: ElementNode,
  steps: number,
  test: (ancestor: ElementNode) => boolean,
): ElementNode | undefined {
  let node = element.parentNode;
  for (let step = 0; node !== null && step < steps; step += 1) {
    if (test(node)) return node;
    node = node.parentNode;
  }
  return undefined;
}

export function isBlank(node: TreeNode): boolean {
  return node.nodeType === 3 && node.data.trim() === '';
}

/** The next sibling that is not white space. */
export function neighbour(element: TreeNode, side: 'previousSibling' | 'nextSibling'): TreeNode | null {
  let node = element[side];
  for (let step = 0; node !== null && isBlank(node) && step < 4; step += 1) node = node[side];
  return node;
}
