/** Marks of notes that no element raises, notes that a style sheet sets beside the text, and links from a note back to its mark. */

import { type ElementNode, TextNode } from '../nodes.ts';
import { BLOCK_TAGS } from '../tags.ts';
import { neighbour, shortText } from './tools.ts';

export function settleNotes(elements: readonly ElementNode[]): void {
  for (const element of elements) {
    const { localName, className } = element;
    if (element.parentNode === null || BLOCK_TAGS.has(localName)) continue;
    if (localName === 'span' && isWayBack(element)) element.remove();
    else if (className === '' && element.id === '') continue;
    else if (MARKS.has(localName) && isMark(element)) raise(element);
    else if (NOTES.has(localName) && NOTE.test(className.slice(0, 200))) settleNote(element);
  }
}

/** `^ a b`: signs and letters that all lead back into the text. */
function isWayBack(element: ElementNode): boolean {
  if (element.firstChild?.nodeType !== 3 || !/^\s*[↑^]\s*$/.test(element.firstChild.data)) return false;
  const anchors = element.getElementsByTagName('a');
  return anchors.length > 0 && anchors.every((anchor) => (anchor.getAttribute('href') ?? '').startsWith('#'));
}

const MARKS: ReadonlySet<string> = new Set(['span', 'label', 'button', 'a']);
const MARK =
  /(?:^|[\s_-])(?:foot-?(?:notes?|ref)|note[_-]?mark|fn-?ref|end-?notes?|note-?ref|side-?note-?(?:number|ref))(?:$|[\s:_-])/i;

/** The number of a note behind a word. */
function isMark(element: ElementNode): boolean {
  if (!MARK.test(`${element.className.slice(0, 200)} ${element.id.slice(0, 60)}`)) return false;
  if (!/^\[?(?:\d{1,3}|[*†‡§]{1,3})\]?$/.test(shortText(element, 8))) return false;
  const before = neighbour(element, 'previousSibling');
  return before !== null && (before.nodeType !== 3 || /[^\s([,;–-]$/.test(before.data));
}

/** As a raised text of this class, which leaves the sentence. */
function raise(mark: ElementNode): void {
  const sup = mark.ownerDocument.createElement('sup');
  sup.setAttribute('class', 'footnote');
  sup.appendChild(new TextNode(shortText(mark, 8)));
  mark.parentNode?.replaceChild(sup, mark);
}

const NOTES: ReadonlySet<string> = new Set(['span', 'small']);
const NOTE = /(?:^|[\s_-])(?:side-?note|margin-?note|note_content|footnote-?(?:content|text|body))(?:$|\s)/i;
const MOST_MARKS = 3;
const LEAST_NOTE = 8;
const LONGEST_LABEL = 40;

/** A note inside a paragraph stands in brackets, without the number that it repeats. */
function settleNote(note: ElementNode): void {
  for (let step = 0; step < MOST_MARKS; step += 1) {
    const first = firstInk(note);
    if (first?.nodeType !== 1 || !/^\[?(?:\d{1,3}|[*†‡§]{1,3})[.\])]?$/.test(shortText(first, 8))) break;
    first.remove();
  }
  const text = shortText(note, LONGEST_LABEL);
  // `footnotemark: 2`
  if (/^\p{L}+:?\s?\d{0,3}$/u.test(text)) note.remove();
  if (text.length < LEAST_NOTE || /^[([（]/.test(text)) return;
  note.parentNode?.replaceChild(bracketed(note), note);
}

function firstInk(element: ElementNode): ElementNode | TextNode | null {
  let node = element.firstChild;
  while (node?.nodeType === 3 && node.data.trim() === '') node = node.nextSibling;
  return node;
}

function bracketed(note: ElementNode): ElementNode {
  const holder = note.ownerDocument.createElement('span');
  holder.appendChild(new TextNode(' ('));
  for (let child = firstInk(note); child !== null; child = firstInk(note)) holder.appendChild(child);
  const { firstChild, lastChild } = holder;
  const start = firstChild?.nextSibling;
  if (start?.nodeType === 3) start.data = start.data.trimStart();
  if (lastChild?.nodeType === 3) lastChild.data = lastChild.data.trimEnd();
  const after = note.nextSibling;
  const isJoined = after?.nodeType === 3 && /^[\p{L}\p{N}]/u.test(after.data);
  holder.appendChild(new TextNode(isJoined ? ') ' : ')'));
  return holder;
}
