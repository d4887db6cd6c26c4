/** Removes buttons, unless they are the question above an answer or a word in a sentence. */

import type { ElementNode } from '../nodes.ts';
import { HEADING_TAGS } from '../tags.ts';
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
    } else if (opensPanel(element) && isPhrase(text)) replaceByText(element, `h${level}`, text);
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

/** True when the button holds the whole heading, and is not a control beside it. */
function isWhole(text: string, holder: ElementNode): boolean {
  return text !== '' && text.length >= shortText(holder).length * 0.6;
}

function opensPanel(button: ElementNode): boolean {
  if (button.hasAttribute('aria-haspopup')) return false;
  const controls = ['aria-controls', 'aria-expanded', 'data-target', 'data-bs-target'].some((name) =>
    button.hasAttribute(name),
  );
  const isOfMenu =
    closest(button, 8, ({ localName }) => localName === 'nav' || localName === 'form' || localName === 'header') !==
    undefined;
  return controls && !isOfMenu;
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
