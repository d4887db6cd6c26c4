/** Text of a small element with separated parts, so that a name is not joined with a role or a date beside it. */

import type { ElementNode, TreeNode } from '../document/nodes.ts';
import { BLOCK_TAGS } from '../document/tags.ts';

const MAX_NODES = 400;

/** Separators: ` | ` where the layout ends a line, `; ` between list items, a space where inline boxes touch. */
export function partsOf(element: ElementNode, most: number): string {
  let text = '';
  let seen = 0;
  let pending = '';
  const part = (separator: string) => {
    if (separator.length > pending.length) pending = separator;
  };
  const visit = (node: TreeNode): void => {
    seen += 1;
    if (seen > MAX_NODES || text.length > most) return;
    if (node.nodeType === 3) {
      const words = node.data.slice(0, most + 1).replace(/\s+/g, ' ');
      if (words.trim() === '') {
        part(words === '' ? '' : ' ');
        return;
      }
      text += text === '' ? words.trimStart() : pending + words;
      pending = '';
      return;
    }
    const separator = separatorOf(node);
    part(separator);
    for (let child = node.firstChild; child !== null; child = child.nextSibling) visit(child);
    part(separator);
  };
  for (let child = element.firstChild; child !== null; child = child.nextSibling) visit(child);
  return text.replace(/\s+/g, ' ').trim();
}

function separatorOf({ localName, previousSibling }: ElementNode): string {
  if (localName === 'li') return '; ';
  if (BLOCK_TAGS.has(localName) || localName === 'br' || localName === 'time' || localName === 'button') return ' | ';
  return previousSibling?.nodeType === 1 ? ' ' : '';
}
