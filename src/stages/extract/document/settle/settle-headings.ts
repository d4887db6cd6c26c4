/** Makes `role=heading` a heading and removes what tools add to headings: anchor signs, links to the heading itself, edit links. */

import { type ElementNode, nextAfter, nextInside } from '../nodes.ts';
import { HEADING_TAGS } from '../tags.ts';
import { shortText } from './tools.ts';

export function settleHeadings(elements: readonly ElementNode[]): void {
  for (const one of elements) {
    if (one.parentNode === null) continue;
    if (one.localName === 'a' && isSign(one)) one.remove();
    const element = one.getAttribute('role') === 'heading' ? namedHeading(one) : one;
    if (!HEADING_TAGS.has(element.localName)) continue;
    const anchors = element.getElementsByTagName('a');
    if (anchors.length <= MAX_ANCHORS)
      for (const anchor of anchors) if (isHelper(anchor, element)) dropHelper(anchor, element);
    // MediaWiki sets the links to its editor behind the heading, in one wrapper with it.
    const behind = element.nextElementSibling;
    if (behind !== null && isEditor(behind)) behind.remove();
  }
}

const MAX_ANCHORS = 20;

/** A permalink sign, as documentation tools put behind terms and captions, or the arrow from a note back to its mark. */
function isSign(anchor: ElementNode): boolean {
  return (
    (anchor.getAttribute('href') ?? '').startsWith('#') &&
    /^[¶§#🔗⚓↩↑⤴↵⏎⇧⮌^\u200b\ufeff]{1,3}$/u.test(shortText(anchor, 8).replace(/\p{Variation_Selector}/gu, ''))
  );
}

/** An element with `role=heading`, as the heading that screen readers announce. */
function namedHeading(element: ElementNode): ElementNode {
  const parent = element.parentNode;
  if (parent === null || HEADING_TAGS.has(element.localName) || element.localName === 'summary') return element;
  const level = Number(element.getAttribute('aria-level') ?? 2);
  const heading = element.ownerDocument.createElement(`h${level >= 1 && level <= 6 ? Math.trunc(level) : 2}`);
  heading.attributes = element.attributes.filter(({ name }) => name !== 'role');
  for (let child = element.firstChild; child !== null; child = element.firstChild) heading.appendChild(child);
  parent.replaceChild(heading, element);
  return heading;
}

/** A link to the heading itself beside its words, or an edit link. */
function isHelper(anchor: ElementNode, heading: ElementNode): boolean {
  const href = anchor.getAttribute('href') ?? '';
  if (isEditorAddress(href)) return true;
  if (!isOfThisPage(href)) return false;
  const own = shortText(anchor);
  if (!/[\p{L}\p{N}]/u.test(own)) return true;
  const isNumber = /^[\d.]+\.?$|^(?:§|[A-Z]\.)/.test(own);
  return !isNumber && isBeside(anchor, heading) && leadsTo(heading, href.slice(href.indexOf('#') + 1), own);
}

/** Before all words of the heading or behind them, perhaps in brackets; a link among them is one of them. */
function isBeside(anchor: ElementNode, heading: ElementNode): boolean {
  const sides = ['', ''];
  let side = 0;
  for (let node = nextInside(heading, heading); node !== null; ) {
    if (node === anchor) {
      side = 1;
      node = nextAfter(node, heading);
      continue;
    }
    if (node.nodeType === 3) sides[side] += node.data;
    node = nextInside(node, heading);
  }
  const [before = '', after = ''] = sides.map((text) => text.trim());
  return (/^[[({]?$/.test(before) || /^[\])}]?$/.test(after)) && /[\p{L}\p{N}]/u.test(before + after);
}

const MOST_LEVELS = 3;

/** The heading, a box around it or a mark in it has the id, or the id is its words. A link that is the name in its id is a word: `type Item`. */
function leadsTo(heading: ElementNode, target: string, own: string): boolean {
  const id = decodable(target);
  if (id === '' || id === 'top') return true;
  if (!own.startsWith('#') && lettersOf(id).endsWith(lettersOf(own))) return false;
  if (lettersOf(shortText(heading)).startsWith(lettersOf(id))) return true;
  let box: ElementNode | null = heading;
  for (let level = 0; box !== null && level <= MOST_LEVELS; level += 1, box = box.parentNode)
    if (isNamed(box, id) || (box.previousSibling?.nodeType === 1 && isNamed(box.previousSibling, id))) return true;
  return heading.getElementsByTagName('*').some((element) => isNamed(element, id));
}

/** Sites write ids of the text of others with a prefix: `user-content-berths`. */
function isNamed(element: ElementNode, id: string): boolean {
  return element.id === id || element.getAttribute('name') === id || element.id.endsWith(`-${id}`);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function decodable(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target; // an id need not be encoded
  }
}

function isOfThisPage(href: string): boolean {
  return href === '' || href.startsWith('#') || /^[^#?]*#/.test(href);
}

/** Addresses where the text is edited: of wikis by their parameters, of repositories by the folder and name of a source file. */
function isEditorAddress(href: string): boolean {
  const [path = '', query = ''] = href.split('?', 2);
  return (
    /(?:^|&)(?:(?:ve)?action=(?:edit|history)\b|section=\d)/i.test(query) ||
    /\/edit\/?$/i.test(path) ||
    (/\/(?:edit|blob|tree)\//i.test(path) && /\.(?:mdx?|rst|adoc)\b/i.test(path))
  );
}

function isEditor(element: ElementNode): boolean {
  if (HEADING_TAGS.has(element.localName)) return false;
  if (element.localName !== 'a' && (element.localName !== 'span' || shortText(element).length > 120)) return false;
  const anchors = element.localName === 'a' ? [element] : element.getElementsByTagName('a');
  return (
    anchors.length > 0 &&
    anchors.length <= 4 &&
    anchors.every((anchor) => isEditorAddress(anchor.getAttribute('href') ?? ''))
  );
}

/** With the brackets around it, where they have an element of their own. */
function dropHelper(anchor: ElementNode, heading: ElementNode): void {
  let target = anchor;
  for (let parent = anchor.parentNode; parent !== null && parent !== heading; parent = parent.parentNode) {
    const others = parent.getElementsByTagName('a').filter((other) => other !== anchor && !isHelper(other, heading));
    const rest = parent
      .getElementsByTagName('a')
      .reduce((text, { textContent }) => text.replace(textContent, ''), shortText(parent));
    if (others.length > 0 || /[\p{L}\p{N}]/u.test(rest)) break;
    target = parent;
  }
  target.remove();
}
