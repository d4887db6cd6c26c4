/** Removes everything from a tree that the judge does not keep. */

import type { ElementNode } from './document/nodes.ts';
import type { Box, Outline } from './judge/outline.ts';
import { RunningSum } from './judge/sums.ts';

/** Elements that can be the root of an article; a list, a row or a paragraph needs the element around it to be rendered correctly. */
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
    if (isPartOfGallery(box)) continue;
    if (box.tag !== 'figure' || !standsInText(box, kept) || !captionPictures(box, outline)) box.element.remove();
  }
  outline.blocks.forEach(({ nodes }, index) => {
    if (kept[index] !== true) for (const node of nodes) node.remove();
  });
  for (const { nodes, at } of outline.ornaments) {
    if (kept[at - 1] !== true || kept[at] !== true) for (const node of nodes) node.remove();
  }
  return root.element;
}

/** Kept or removed with the figure around it. */
function isPartOfGallery({ tag, parent }: Box): boolean {
  return tag === 'figure' && parent?.tag === 'figure';
}

function standsInText({ first, end, parent }: Box, kept: readonly boolean[]): boolean {
  const isInside = (index: number) => parent !== undefined && index >= parent.first && index < parent.end;
  return [first - 1, end].some((index) => isInside(index) && kept[index] === true);
}

/** A gallery is a figure of figures. */
function captionPictures(box: Box, outline: Outline): boolean {
  const figures = box.boxes.filter(({ tag }) => tag === 'figure');
  return figures.length === 0
    ? captionPicture(box, outline)
    : figures.map((figure) => captionPicture(figure, outline)).includes(true);
}

const LONGEST_CAPTION = 400;
/** Pictures that one caption is about. */
const MOST_PICTURES = 6;

/** An image in the text is kept even if its caption is not; the caption becomes its title, of several the last one's. */
function captionPicture({ element, first, end }: Box, { blocks }: Outline): boolean {
  const pictures = element.getElementsByTagName('img');
  if (pictures.length === 0 || pictures.length > MOST_PICTURES) return false;
  const caption = blocks
    .slice(first, end)
    .map(({ text }) => text)
    .join(' ');
  if (caption.length <= LONGEST_CAPTION) pictures.at(-1)?.setAttribute('data-caption', caption);
  return true;
}

function innermostContainer({ root, blocks }: Outline, first: number, last: number): Box {
  let box = blocks[first]?.box ?? root;
  while (box.parent !== undefined && !(box.end > last && CONTAINERS.has(box.tag))) box = box.parent;
  return box;
}
