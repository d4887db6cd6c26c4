/** Keeps the notes that marks in the text lead to. */

import type { TextNode } from '../../document/nodes.ts';
import { type Choice, fill, isRunningText, range } from './choice.ts';

/** The references of an encyclopedia are longer, and are judged as they are. */
const LARGEST_SHARE = 0.15;
const LONGEST_MARK = 8;

export function keepNotes(choice: Choice): void {
  if (!isRunningText(choice)) return;
  const { outline, kept, weights } = choice;
  const marked = new Set<string>();
  outline.blocks.forEach(({ nodes }, index) => {
    if (kept[index] === true) for (const node of nodes) if (node.data.length <= LONGEST_MARK) noteMark(node, marked);
  });
  if (marked.size === 0) return;
  // An id names the first element that has it.
  const notes = outline.boxes.flatMap(({ element, first, end }) =>
    marked.delete(element.id) ? range(first, end) : [],
  );
  const weightOf = (indexes: readonly number[]) => indexes.reduce((sum, index) => sum + (weights[index] ?? 0), 0);
  const text = range(0, kept.length).filter((index) => kept[index] === true);
  if (weightOf(notes) <= weightOf(text) * LARGEST_SHARE) fill(choice, notes);
}

/** A number or a sign that is raised and leads to a place of this page. */
function noteMark(node: TextNode, marked: Set<string>): void {
  if (!/^[\s[(]{0,2}(?:\d{1,3}|[*†‡§¶]{1,3})[\s\])]{0,2}$/.test(node.data)) return;
  let [href, isRaised] = ['', false];
  for (
    let element = node.parentNode, steps = 0;
    element !== null && steps < 4;
    element = element.parentNode, steps += 1
  ) {
    if (element.localName === 'a') href = element.getAttribute('href') ?? '';
    isRaised ||= element.localName === 'sup' || /note|cite|(?:^|\s)fn/i.test(element.className);
  }
  if (isRaised && href.startsWith('#')) marked.add(decodable(href.slice(1)));
}

function decodable(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id; // an id need not be encoded
  }
}
