/** Removes buttons, unless they are the question above an answer or a word in a sentence. */

import type { ElementNode } from '../nodes.ts';
import { BLOCK_TAGS, HEADING_TAGS } from '../tags.ts';
import { closest, neighbour, replaceByText, shortText, unwrap } from './tools.ts';

export function settleButtons(elements: readonly ElementNode[]): void {
  let level = 2;
  for (const element of elements) {
    if (HEADING_TAGS.has(element.localName)) level = Math.min(6, Number(element.localName[1]) + 1);
    if (!isButton(element) || element.parentNode === null) continue;
    const text = shortText(element);
    const holder = closest(element, 6, ({ localName }) => HEADING_TAGS.has(localName) || HOLDERS.has(localName));
    if (holder !== undefined) {
      if (isWhole(text, holder)) unwrap(element);
      else element.remove();
    } else if (holdsText(element, text)) unwrap(element);
    else if ((opensPanel(element) && isPhrase(text)) || isAnswered(element, text))
      replaceByText(element, `h${level}`, text);
    else if (isWordOfSentence(element)) unwrap(element);
    else element.remove();
  }
}

const HOLDERS = new Set(['dt', 'summary', 'legend']);

function isButton(element: ElementNode): boolean {
  if (element.localName === 'button') return true;
  const role = element.getAttribute('role');
  return (
    (role === 'button' || role === 'tab') &&
    element.localName !== 'a' &&
    !HEADING_TAGS.has(element.localName) &&
    !HOLDERS.has(element.localName)
  );
}

const HEADINGS = [...HEADING_TAGS].join(',');
const LONGEST_LABEL = 80;

/** A card or a slide that can be pressed: a heading and sentences are text, whatever they do. */
function holdsText(button: ElementNode, text: string): boolean {
  const isSentence = text.length > LONGEST_LABEL && /[\p{L}\p{N}][.!?]|[。！？]/u.test(text);
  return isSentence || button.querySelectorAll(HEADINGS).length > 0;
}

/** True when the button holds the whole heading, and is not a control beside it. */
function isWhole(text: string, holder: ElementNode): boolean {
  return text !== '' && text.length >= shortText(holder).length * 0.6;
}

function opensPanel(button: ElementNode): boolean {
  if (button.hasAttribute('aria-haspopup')) return false;
  const controls = ['aria-controls', 'aria-expanded', 'data-target', 'data-bs-target'].some((name) =>
    button.hasAttribute(name),
  );
  return controls && !isOfMenu(button);
}

const MENUS: ReadonlySet<string> = new Set(['nav', 'form', 'header', 'footer']);

function isOfMenu(button: ElementNode): boolean {
  return closest(button, 8, ({ localName }) => MENUS.has(localName)) !== undefined;
}

const MOST_WRAPPERS = 3;
const LEAST_ANSWER = 20;

/** A question above a box of text, of which only a script says that it opens it. */
function isAnswered(button: ElementNode, text: string): boolean {
  if (!/[?？]$/.test(text) || !isPhrase(text) || isOfMenu(button)) return false;
  let box = button;
  for (let step = 0; step < MOST_WRAPPERS; step += 1) {
    const below = box.nextElementSibling;
    if (below !== null)
      return !isButton(below) && BLOCK_TAGS.has(below.localName) && shortText(below).length >= LEAST_ANSWER;
    if (box.parentNode === null || neighbour(box, 'previousSibling') !== null) return false;
    box = box.parentNode;
  }
  return false;
}

/** `Menu` and `Show more` are labels; a question or a clause is text. */
function isPhrase(text: string): boolean {
  if (/[?？]$/.test(text)) return true;
  const wide = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return wide >= 6 || text.split(' ').length >= 3;
}

/** `Press <button>Save</button> and wait.` */
function isWordOfSentence(button: ElementNode): boolean {
  const around = [neighbour(button, 'previousSibling'), neighbour(button, 'nextSibling')];
  return around.some((node) => node?.nodeType === 3 && node.data.trim().length >= 12 && /\p{L}/u.test(node.data));
}
