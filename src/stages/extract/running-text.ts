/** Where the running text of a page is: sentences in paragraphs and items, not links and labels. */

import { type ElementNode, elementsInside, nextInside } from './document/nodes.ts';
import { BLOCK_TAGS } from './document/tags.ts';

const TEMPLATE_TAGS = new Set(['nav', 'footer', 'aside', 'form', 'header']);
const LEAST_CHARS = 60;
/** A container that holds this share of the running text is where the article is. */
const MOST_OF_IT = 0.8;

/** Characters of running text inside of `root`. */
export function runningTextLength(root: ElementNode): number {
  return runningBlocks(root).reduce((sum, { chars }) => sum + chars, 0);
}

/** The deepest element that holds most of the running text; undefined where there is none. */
export function findRunningText(root: ElementNode): ElementNode | undefined {
  const totals = new Map<ElementNode, number>();
  let all = 0;
  for (const { element, chars } of runningBlocks(root)) {
    all += chars;
    for (let node: ElementNode | null = element; node !== null; node = node.parentNode) {
      totals.set(node, (totals.get(node) ?? 0) + chars);
      if (node === root) break;
    }
  }
  if (all === 0) return undefined;
  let found = root;
  for (;;) {
    const inner = found.children.find((child) => (totals.get(child) ?? 0) >= all * MOST_OF_IT);
    if (inner === undefined) return found;
    found = inner;
  }
}

interface RunningBlock {
  readonly element: ElementNode;
  readonly chars: number;
}

function runningBlocks(root: ElementNode): RunningBlock[] {
  return elementsInside(root, isInnermostBlock).flatMap((element) => {
    if (isInTemplate(element, root)) return [];
    const text = element.textContent.replace(/\s+/g, ' ').trim();
    if (text.length < LEAST_CHARS || !/[.!?。！？:;,]/u.test(text)) return [];
    const linked = element.getElementsByTagName('a').reduce((sum, anchor) => sum + anchor.textContent.length, 0);
    return linked > text.length * 0.5 ? [] : [{ element, chars: text.length - linked }];
  });
}

/** A block without another block inside: its text is counted once. */
function isInnermostBlock(element: ElementNode): boolean {
  if (!BLOCK_TAGS.has(element.localName)) return false;
  for (let node = nextInside(element, element); node !== null; node = nextInside(node, element)) {
    if (node.nodeType === 1 && BLOCK_TAGS.has(node.localName)) return false;
  }
  return true;
}

function isInTemplate(element: ElementNode, root: ElementNode): boolean {
  for (let node: ElementNode | null = element; node !== null && node !== root; node = node.parentNode)
    if (TEMPLATE_TAGS.has(node.localName)) return true;
  return false;
}
