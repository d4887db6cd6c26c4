/** A page as the judge sees it: blocks of text, and the boxes around them. */

import { type ElementNode, nextInside, type TextNode, type TreeNode } from '../document/nodes.ts';
import { BLOCK_TAGS, HEADING_TAGS } from '../document/tags.ts';
import { type Line, measureLine } from './line.ts';

/** An element that begins and ends lines. Its blocks are a run: those from `first` up to, without, `end`. */
export interface Box {
  readonly element: ElementNode;
  readonly tag: string;
  readonly parent: Box | undefined;
  readonly depth: number;
  /** How many boxes in a row, up to this one, are wrappers; see `isWrapper`. */
  readonly wrappers: number;
  /** Key that siblings of one kind share. */
  readonly kin: string;
  readonly first: number;
  end: number;
  readonly boxes: Box[];
}

/** A run of text without a line break of the layout inside. */
export interface TextBlock {
  readonly box: Box;
  readonly nodes: readonly TextNode[];
  readonly text: string;
  /** Of a short text, in lower case; those of a long one say little by themselves. */
  readonly words: readonly string[];
  readonly line: Line;
  /** Level of the heading that it stands in; 0 outside of one. */
  readonly heading: number;
  readonly linkChars: number;
  readonly links: number;
  readonly boldChars: number;
}

/** Text without a letter or digit, such as a row of stars or a lonely bar: it goes with the blocks around it. */
export interface Ornament {
  readonly nodes: readonly TextNode[];
  /** Blocks before it. */
  readonly at: number;
}

export interface Outline {
  readonly root: Box;
  readonly boxes: readonly Box[];
  readonly blocks: readonly TextBlock[];
  readonly ornaments: readonly Ornament[];
}

/** Text beyond this many blocks is added to the last one. */
const MAX_BLOCKS = 20_000;
const MAX_LINE = 20_000;
/** Wrappers in a row beyond this many are left out: repeating a box that says nothing would count as evidence. */
const MAX_WRAPPERS = 4;

export function readOutline(body: ElementNode): Outline {
  const reader = new OutlineReader(body);
  return reader.read(body);
}

class OutlineReader {
  readonly #root: Box;
  readonly #boxes: Box[] = [];
  readonly #blocks: TextBlock[] = [];
  readonly #ornaments: Ornament[] = [];
  #box: Box;
  #nodes: TextNode[] = [];
  #text = '';
  #linkChars = 0;
  #links = 0;
  #boldChars = 0;
  #inLink = 0;
  #inBold = 0;
  #breaks = 0;
  /** An element that is one block whatever its content: a row of short cells, code. */
  #whole: ElementNode | undefined;

  constructor(body: ElementNode) {
    this.#root = this.#newBox(body, undefined);
    this.#box = this.#root;
  }

  read(body: ElementNode): Outline {
    this.#children(body);
    this.#flush();
    this.#root.end = this.#blocks.length;
    return { root: this.#root, boxes: this.#boxes, blocks: this.#blocks, ornaments: this.#ornaments };
  }

  /** The guard bounds the depth, so recursion is bounded too. */
  #children(element: ElementNode): void {
    for (let child = element.firstChild; child !== null; child = child.nextSibling) this.#node(child);
  }

  #node(node: TreeNode): void {
    if (node.nodeType === 3) this.#addText(node);
    else if (node.localName === 'br') this.#lineBreak();
    else if (this.#whole !== undefined || !isBox(node)) this.#inline(node);
    else if (this.#box.wrappers >= MAX_WRAPPERS && isWrapper(node, this.#box)) this.#children(node);
    else this.#inBox(node);
  }

  #inline(node: ElementNode): void {
    const name = node.localName;
    const link = name === 'a' ? 1 : 0;
    const bold = name === 'b' || name === 'strong' ? 1 : 0;
    const apart = this.#whole !== undefined && isBox(node);
    if (apart) this.#text += ' ';
    this.#inLink += link;
    this.#inBold += bold;
    this.#links += link;
    this.#children(node);
    this.#inLink -= link;
    this.#inBold -= bold;
  }

  #inBox(element: ElementNode): void {
    this.#flush();
    const outer = this.#box;
    const box = this.#newBox(element, outer);
    this.#box = box;
    if (isWhole(element)) this.#whole = element;
    this.#children(element);
    this.#flush();
    if (this.#whole === element) this.#whole = undefined;
    box.end = this.#blocks.length;
    this.#box = outer;
  }

  #newBox(element: ElementNode, parent: Box | undefined): Box {
    const box: Box = {
      element,
      tag: element.localName,
      parent,
      depth: parent === undefined ? 0 : parent.depth + 1,
      wrappers: parent !== undefined && isWrapper(element, parent) ? parent.wrappers + 1 : 0,
      kin: kinOf(element),
      first: this.#blocks.length,
      end: this.#blocks.length,
      boxes: [],
    };
    parent?.boxes.push(box);
    this.#boxes.push(box);
    return box;
  }

  #addText(node: TextNode): void {
    const { data } = node;
    if (INK.test(data)) {
      this.#breaks = 0;
      if (this.#inLink > 0) this.#linkChars += data.length;
      if (this.#inBold > 0) this.#boldChars += data.length;
    }
    if (this.#text.length < MAX_LINE) this.#text += data;
    this.#nodes.push(node);
  }

  /** One `<br>` breaks a line of verse or an address; two in a row part paragraphs. */
  #lineBreak(): void {
    this.#text += ' ';
    this.#breaks += 1;
    if (this.#breaks >= 2 && this.#whole === undefined) this.#flush();
  }

  #flush(): void {
    if (this.#nodes.length === 0 && this.#text === '') {
      this.#startBlock();
      return;
    }
    const text = (UNEVEN_SPACE.test(this.#text) ? this.#text.replace(/\s+/g, ' ') : this.#text).trim();
    if (HAS_WORD.test(text)) {
      if (this.#blocks.length < MAX_BLOCKS) this.#addBlock(text);
      else this.#joinLast();
    } else if (text !== '') this.#ornaments.push({ nodes: this.#nodes, at: this.#blocks.length });
    this.#nodes = [];
    this.#text = '';
    this.#startBlock();
  }

  #startBlock(): void {
    this.#linkChars = 0;
    this.#links = this.#inLink > 0 ? 1 : 0;
    this.#boldChars = 0;
    this.#breaks = 0;
  }

  #addBlock(text: string): void {
    const line = measureLine(text);
    this.#blocks.push({
      box: this.#box,
      nodes: this.#nodes,
      text,
      words: text.length <= LONGEST_LABEL ? wordsIn(text) : [],
      line,
      heading: headingLevel(this.#box),
      linkChars: Math.min(this.#linkChars, line.chars),
      links: this.#links,
      boldChars: Math.min(this.#boldChars, line.chars),
    });
  }

  #joinLast(): void {
    const last = this.#blocks.at(-1);
    if (last !== undefined) this.#blocks[this.#blocks.length - 1] = { ...last, nodes: joined(last.nodes, this.#nodes) };
  }
}

/** Attributes that name an element. */
export const NAMING = ['class', 'id', 'role', 'itemprop'];
/** Anything but white space. */
const INK = /\S/;
/** White space that is no single space. */
const UNEVEN_SPACE = /[^\S ]| {2}/;
const HAS_WORD = /[\p{L}\p{N}]/u;
const LONGEST_CELL = 160;
/** Headings and the labels of links are shorter. */
const LONGEST_LABEL = 300;

export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function joined(nodes: readonly TextNode[], more: readonly TextNode[]): readonly TextNode[] {
  const all = nodes as TextNode[]; // only the reader adds, and only to its own last block
  for (const node of more) all.push(node);
  return all;
}

/** Custom elements are displayed as their authors like: most stand for blocks. */
function isBox(element: ElementNode): boolean {
  const name = element.localName;
  return BLOCK_TAGS.has(name) || name === 'button' || name === 'label' || name.includes('-');
}

/** A `<div>` without names, or an element named as one of the boxes around it, that is the only node there but for white space: it holds what the parent holds. */
function isWrapper(element: ElementNode, parent: Box): boolean {
  return (
    isAlone(element.previousSibling) &&
    isAlone(element.nextSibling) &&
    (hasKin(kinOf(element), parent) ||
      (element.localName === 'div' && NAMING.every((name) => (element.getAttribute(name) ?? '') === '')))
  );
}

function kinOf(element: ElementNode): string {
  return `${element.localName}.${element.className}`;
}

function hasKin(kin: string, box: Box): boolean {
  return box.kin === kin || (box.parent !== undefined && box.parent.kin === kin);
}

function isAlone(sibling: TreeNode | null): boolean {
  return sibling === null || (sibling.nodeType === 3 && !INK.test(sibling.data));
}

/** Half a row is useless, and so is a single line of code. */
function isWhole(element: ElementNode): boolean {
  return element.localName === 'pre' || (element.localName === 'tr' && isShortRow(element));
}

function isShortRow(row: ElementNode): boolean {
  for (let cell = row.firstElementChild; cell !== null; cell = cell.nextElementSibling)
    if (!isShortCell(cell)) return false;
  return true;
}

function isShortCell(cell: ElementNode): boolean {
  let chars = 0;
  for (let node = nextInside(cell, cell); node !== null; node = nextInside(node, cell)) {
    if (node.nodeType === 1) {
      if (NOT_IN_SHORT_CELLS.has(node.localName)) return false;
    } else chars += node.data.length;
    if (chars > LONGEST_CELL) return false;
  }
  return true;
}

const NOT_IN_SHORT_CELLS: ReadonlySet<string> = new Set([
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'section',
  'article',
]);

function headingLevel(box: Box): number {
  for (let inner: Box | undefined = box, steps = 0; inner !== undefined && steps < 3; inner = inner.parent, steps += 1)
    if (HEADING_TAGS.has(inner.tag)) return Number(inner.tag[1]);
  return 0;
}
