/** Takes everything out of a tree that the judge does not keep. */

import type { ElementNode } from './document/nodes.ts';
import type { Box, Outline } from './judge/outline.ts';
import { RunningSum } from './judge/sums.ts';

/** These can stand for an article; a list, a row or a paragraph needs the element around it to be rendered as what it is. */
const CONTAINERS: ReadonlySet<string> = new Set(['body', 'main', 'article', 'section', 'div']);

/** The innermost container of all kept blocks, without the others; undefined where none is kept. Elements without text stay where something around them does. */
export function keepOnly(outline: Outline, kept: readonly boolean[]): ElementNode | undefined {
  const first = kept.indexOf(true);
  const last = kept.lastIndexOf(true);
  if (first === -1) return undefined;
  const root = innermostContainer(outline, first, last);
  const sums = new RunningSum(kept.map(Number));
  for (const box of outline.boxes) {
    if (box === root || box.end === box.first || sums.between(box.first, box.end) > 0) continue;
    if (box.tag !== 'figure' || !standsInText(box, kept) || !captionPicture(box, outline)) box.element.remove();
  }
  outline.blocks.forEach(({ nodes }, index) => {
    if (kept[index] !== true) for (const node of nodes) node.remove();
  });
  for (const { nodes, at } of outline.ornaments) {
    if (kept[at - 1] !== true || kept[at] !== true) for (const node of nodes) node.remove();
  }
  return root.element;
}

function standsInText({ first, end, parent }: Box, kept: readonly boolean[]): boolean {
  const isInside = (index: number) => parent !== undefined && index >= parent.first && index < parent.end;
  return [first - 1, end].some((index) => isInside(index) && kept[index] === true);
}

const LONGEST_CAPTION = 400;

/** A picture in the text stays where its caption is no part of the text, and has it as its title. False where the figure holds no single picture. */
function captionPicture({ element, first, end }: Box, { blocks }: Outline): boolean {
  const pictures = element.getElementsByTagName('img');
  if (pictures.length !== 1) return false;
  const caption = blocks
    .slice(first, end)
    .map(({ text }) => text)
    .join(' ');
  if (caption.length <= LONGEST_CAPTION) pictures[0]?.setAttribute('data-caption', caption);
  return true;
}

function innermostContainer({ root, blocks }: Outline, first: number, last: number): Box {
  let box = blocks[first]?.box ?? root;
  while (box.parent !== undefined && !(box.end > last && CONTAINERS.has(box.tag))) box = box.parent;
  return box;
}
