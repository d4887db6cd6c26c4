/** Drops what stands beside the text of an article: cards of other articles, comments and boxes about the author, forms that ask for an address. */

import { remember } from '../../../../util/remember.ts';
import type { Box, Outline, TextBlock } from '../outline.ts';
import { RunningSum } from '../sums.ts';
import { type Choice, drop, isProse } from './choice.ts';

/** An article has at least that much running text before its neighbours; a page with less may be made of them. */
const LEAST_PARAGRAPHS = 3;
const LEAST_WEIGHT = 350;

export function dropNeighbours(choice: Choice): void {
  const { outline, kept, weights } = choice;
  const groups = [...outline.boxes.flatMap(cardGroups(outline.blocks)), ...namedNeighbours(choice)];
  const beside = new Array<boolean>(outline.blocks.length).fill(false);
  for (const { first, end } of outermost(groups)) beside.fill(true, first, end);
  const isText = outline.blocks.map((block, index) => kept[index] === true && beside[index] !== true && isProse(block));
  const paragraphs = new RunningSum(isText.map(Number));
  const weightOf = new RunningSum(weights.map((weight, index) => (isText[index] === true ? weight : 0)));
  for (const group of groups) {
    if (paragraphs.between(0, group.first) < LEAST_PARAGRAPHS || weightOf.between(0, group.first) < LEAST_WEIGHT)
      continue;
    const text = articleAround(around(isText.indexOf(true), isText.lastIndexOf(true, group.first - 1), outline));
    if (text === undefined || text.end > group.first || isOneOf(text, group)) continue;
    const { first, end } = withHeading(group, { text, paragraphs });
    drop(choice, first, end);
  }
}

/** Without those inside of others. */
function outermost(groups: readonly Group[]): Group[] {
  let reached = 0;
  return [...groups]
    .sort((a, b) => a.first - b.first || b.end - a.end)
    .filter(({ end }) => {
      const isNew = end > reached;
      reached = Math.max(reached, end);
      return isNew;
    });
}

interface Group {
  readonly box: Box;
  readonly first: number;
  readonly end: number;
}

const LEAST_CARDS = 3;
const NEARLY_ALL = 0.8;

/** Rows of boxes of one kind in a box, nearly each of which is a card. */
function cardGroups(blocks: readonly TextBlock[]): (box: Box) => Group[] {
  return (box) => {
    if (box.boxes.length < LEAST_CARDS) return [];
    const kinds = new Map<string, Box[]>();
    for (const child of box.boxes) {
      if (child.end === child.first) continue;
      const row = kinds.get(child.kin);
      if (row === undefined) kinds.set(child.kin, [child]);
      else row.push(child);
    }
    return [...kinds.values()].flatMap((row) => {
      const cards = row.filter((child) => isCard(child, blocks)).length;
      const [first, last] = [row[0], row.at(-1)];
      if (first === undefined || last === undefined || cards < LEAST_CARDS || cards < row.length * NEARLY_ALL)
        return [];
      return [{ box, first: first.first, end: last.end }];
    });
  };
}

const HEAVIEST_CARD = 700;
const MOST_BLOCKS = 8;

/** Begins with the name of another page, as a link to it. */
function isCard({ first, end }: Box, blocks: readonly TextBlock[]): boolean {
  if (end - first > MOST_BLOCKS) return false;
  const own = blocks.slice(first, end);
  const weight = own.reduce((sum, { line }) => sum + line.weight, 0);
  const named = own
    .slice(0, 3)
    .some(({ line, linkChars }) => line.weight >= 12 && linkChars >= line.chars * NEARLY_ALL);
  return named && weight <= HEAVIEST_CARD;
}

/** A class or id without its separators: comments and what holds them, and boxes about the author. */
const NAMED = /^(?:comments?(?:list|area|section|thread)?|respond|disqus\w*|author(?:box|bio)|about(?:the)?author)$/i;
/** Of forums and of questions with answers the judge is surer. */
const DOUBTFUL = 0.6;

/** Reads classes and ids, each as a whole and in its parts. */
const isNamed = remember((names) =>
  names
    .split(/\s+/)
    .some((name) => NAMED.test(name.replace(/[-_]/g, '')) || name.split(/[-_]+/).some((part) => NAMED.test(part))),
);

/** Boxes that are named as neighbours, and that the judge does not take for the text. */
function namedNeighbours({ outline, chances, weights }: Choice): Group[] {
  const all = new RunningSum(weights);
  const likely = new RunningSum(weights.map((weight, index) => (chances[index] ?? 0) * weight));
  return outline.boxes
    .filter(
      ({ element, first, end }) =>
        end > first &&
        isNamed(`${element.className.slice(0, 200)} ${element.id.slice(0, 60)}`) &&
        likely.between(first, end) < all.between(first, end) * DOUBTFUL,
    )
    .map((box) => ({ box, first: box.first, end: box.end }));
}

/** The first post of a thread is no article with its answers beside it. */
function isOneOf(text: Box, { box, first }: Group): boolean {
  const tag = box.boxes.find((child) => child.first === first && child.end > first)?.tag;
  for (let inner: Box | undefined = text; inner !== undefined; inner = inner.parent)
    if (inner.parent === box && inner.tag === tag) return true;
  return false;
}

/** The article that a text stands in, by its element or its name. Other pages have paragraphs too, and their cards are what they are about. */
function articleAround(text: Box): Box | undefined {
  for (let box: Box | undefined = text; box?.parent !== undefined; box = box.parent)
    if (box.tag === 'article' || ARTICLE.test(`${box.element.className.slice(0, 200)} ${box.element.id.slice(0, 60)}`))
      return box;
  return undefined;
}

const ARTICLE = /(?:^|[\s_-])(?:article|post|entry|story|blog-?post)(?:$|[\s_-])/i;

/** The innermost box around the blocks from `first` to `last`. */
function around(first: number, last: number, { root, blocks }: Outline): Box {
  let box = blocks[first]?.box ?? root;
  while (box.parent !== undefined && box.end <= last) box = box.parent;
  return box;
}

/** As far as there is no text: the heading and the buttons of neighbours go with them. */
function withHeading(
  group: Group,
  { text, paragraphs }: { readonly text: Box; readonly paragraphs: RunningSum },
): Pick<Box, 'first' | 'end'> {
  let best: Pick<Box, 'first' | 'end'> = group;
  for (let box: Box | undefined = group.box; box !== undefined && box.first >= text.end; box = box.parent) {
    const { first, end } = box;
    if (paragraphs.between(first, end) > 0) break;
    best = box;
  }
  return best;
}
