/** Headings without what tools put into them: signs and links to themselves, links to an editor. */

import type { ElementNode } from '../nodes.ts';
import { HEADING_TAGS } from '../tags.ts';
import { shortText } from './tools.ts';

export function settleHeadings(elements: readonly ElementNode[]): void {
  for (const element of elements) {
    if (!HEADING_TAGS.has(element.localName) || element.parentNode === null) continue;
    const anchors = element.getElementsByTagName('a');
    if (anchors.length <= MOST_ANCHORS)
      for (const anchor of anchors) if (isHelper(anchor, element)) dropHelper(anchor, element);
    // MediaWiki sets the links to its editor behind the heading, in one wrapper with it.
    const behind = element.nextElementSibling;
    if (behind !== null && isEditor(behind)) behind.remove();
  }
}

const MOST_ANCHORS = 20;

/** A link to the heading itself that holds none of its words, or one to an editor. */
function isHelper(anchor: ElementNode, heading: ElementNode): boolean {
  const href = anchor.getAttribute('href') ?? '';
  if (EDITOR.test(href.slice(0, LONGEST_ADDRESS))) return true;
  if (!isOfThisPage(href)) return false;
  const own = shortText(anchor);
  if (!/[\p{L}\p{N}]/u.test(own)) return true;
  const isNumber = /^[\d.]+\.?$|^(?:§|[A-Z]\.)/.test(own);
  return !isNumber && shortText(heading).length - own.length >= 1;
}

function isOfThisPage(href: string): boolean {
  return href === '' || href.startsWith('#') || /^[^#?]*#/.test(href);
}

const LONGEST_ADDRESS = 2_000;
const EDITOR =
  // input: at most 2000 characters
  /[?&](?:ve)?action=(?:edit|history)\b|[?&]section=\d+|\/(?:edit|blob|tree)\/[^?]*\.(?:md|mdx|rst|adoc)\b|\/edit\/?$/i;

function isEditor(element: ElementNode): boolean {
  if (HEADING_TAGS.has(element.localName)) return false;
  if (element.localName !== 'a' && (element.localName !== 'span' || shortText(element).length > 120)) return false;
  const anchors = element.localName === 'a' ? [element] : element.getElementsByTagName('a');
  return (
    anchors.length > 0 &&
    anchors.length <= 4 &&
    anchors.every((anchor) => EDITOR.test((anchor.getAttribute('href') ?? '').slice(0, LONGEST_ADDRESS)))
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
