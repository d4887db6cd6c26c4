/** Element names in the tree that differ from those in the page. */

import type { ElementNode } from './nodes.ts';

/** Container elements: below the depth limit they are only line breaks. */
export const WRAPPERS = new Set([
  'div',
  'section',
  'article',
  'main',
  'span',
  'form',
  'center',
  'b',
  'i',
  'em',
  'strong',
  'u',
  'small',
  'a',
]);

/** The name of an element in the tree: a shown `noscript` is a block, a script with TeX is a formula. */
export const RENAMED: Readonly<Record<string, string>> = {
  noscript: 'div',
  center: 'div',
  script: 'math',
  'amp-img': 'img',
  'amp-anim': 'img',
};

/** The picture that ends an element. */
export function lastImage(element: ElementNode | undefined): ElementNode | undefined {
  for (let node = element?.lastChild, steps = 0; node !== null && node !== undefined && steps < 8; steps += 1) {
    if (node.nodeType === 3) {
      if (node.data.trim() !== '') return undefined;
      node = node.previousSibling;
    } else if (node.localName === 'img') return node;
    else node = node.lastChild;
  }
  return undefined;
}
