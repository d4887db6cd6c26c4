/** Takes out what templates put into an article: share rows, newsletter boxes, related lists, author boxes, lists of links. */

import { type ElementNode, elementsInside } from './document/nodes.ts';
import { HEADING_TAGS } from './document/tags.ts';

const TEMPLATE_NAMES =
  /(?:^|[\s_-])(?:share|sharing|social|newsletter|subscribe|signup|sign-up|related|recommend(?:ed|ations)?|read-?more|more-(?:stories|articles|news)|most-(?:read|popular)|trending|promo|advert(?:isement)?|ads?|ad-slot|sponsor(?:ed)?|cookie|consent|gdpr|paywall|comments?|disqus|author-(?:box|bio|card)|about-the-author|breadcrumbs?|pagination|pager|tags?-(?:list|links|cloud)|post-tags|byline-share|print|toolbar|outbrain|taboola|skip-link|copyright|edit-?section|navbox|toc|table-of-contents|reflist|catlinks|feedback|rating)(?:$|[\s_-])/i;

/** Lines that stand in articles of many sites and belong to none. */
const TEMPLATE_LINES =
  /^(?:share(?: this)?(?: (?:article|post|page|story|on .{1,20}))?|tweet|advertisement|sponsored(?: content)?|read more:?.{0,80}|related(?: (?:articles|stories|posts|topics))?:?|(?:sign up|subscribe) .{0,120}|follow us .{0,60}|all rights reserved.{0,60}|(?:©|copyright|\(c\)).{0,120}|photo(?:graph)?:? .{0,60}|image:? .{0,60}|click here .{0,60}|loading\.*|print(?: this)?|e-?mail|comments?(?: \(\d+\))?|back to top|무단\s?전재.{0,60}|저작권자.{0,80}|\[?(?:사진|출처)\]?\s?[:=].{0,60}|기사\s?(?:원문|제보).{0,60}|구독.{0,20}|공유하기|관련\s?(?:기사|뉴스|글).{0,40}|댓글.{0,20}|좋아요\s?\d*|©.{0,100}|広告|関連記事.{0,40}|分享.{0,20}|相关(?:新闻|阅读).{0,40}|weiterlesen.{0,60}|anzeige|mehr zum thema.{0,60})$/i;

/** Pruning that would take more than this share of the text, at one stroke or in all, has met a site that names its article oddly. */
const LARGEST_SHARE = 0.3;
const LARGEST_SUM = 0.4;

/** Removes template parts below `root` and gives it back; headings with text below them stay. */
export function pruneBoilerplate(root: ElementNode): ElementNode {
  const total = root.textContent.length;
  const parts = elementsInside(root, isTemplatePart).filter(
    (element) => element.textContent.length <= total * LARGEST_SHARE,
  );
  const sum = parts
    .filter((part) => !hasAncestorIn(part, parts))
    .reduce((chars, part) => chars + part.textContent.length, 0);
  if (sum <= total * LARGEST_SUM) for (const part of parts) part.remove();
  for (const element of elementsInside(root, isTemplateLine)) element.remove();
  dropEmptyHeadings(root);
  return root;
}

function hasAncestorIn(element: ElementNode, others: readonly ElementNode[]): boolean {
  const set = new Set(others);
  for (let node = element.parentNode; node !== null; node = node.parentNode) if (set.has(node)) return true;
  return false;
}

function isTemplatePart(element: ElementNode): boolean {
  if (HEADING_TAGS.has(element.localName)) return false;
  if (element.localName === 'nav' || element.localName === 'form') return true;
  if (element.localName === 'figcaption') return false;
  const names = `${element.className} ${element.id}`;
  return (
    names.length > 1 &&
    TEMPLATE_NAMES.test(names) &&
    !/article-?body|entry-content|post-content|story-body/i.test(names) &&
    !isInCode(element)
  );
}

/** Highlighters name the parts of code: what they call a comment is one. */
function isInCode(element: ElementNode): boolean {
  for (let node: ElementNode | null = element; node !== null; node = node.parentNode)
    if (node.localName === 'pre' || node.localName === 'code') return true;
  return false;
}

function isTemplateLine(element: ElementNode): boolean {
  if (
    element.localName !== 'p' &&
    element.localName !== 'li' &&
    element.localName !== 'div' &&
    element.localName !== 'span'
  )
    return false;
  if (element.firstChild === null) return false;
  const text = element.textContent;
  if (text.length > 400) return false;
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return false;
  return (TEMPLATE_LINES.test(line) && !isInCode(element)) || isOnlyLinks(element, line);
}

/** A paragraph that is one long link leads away from the article. */
function isOnlyLinks(element: ElementNode, line: string): boolean {
  if (element.localName !== 'p' || line.length < 25) return false;
  const linked = element
    .getElementsByTagName('a')
    .reduce((sum, anchor) => sum + anchor.textContent.replace(/\s+/g, ' ').trim().length, 0);
  return linked >= line.length * 0.95;
}

/** A heading at the very end announced what was pruned. */
function dropEmptyHeadings(root: ElementNode): void {
  const blocks = elementsInside(
    root,
    ({ localName }) =>
      HEADING_TAGS.has(localName) || ['p', 'li', 'pre', 'td', 'blockquote', 'img', 'dd'].includes(localName),
  );
  for (let last = blocks.pop(); last !== undefined && HEADING_TAGS.has(last.localName); last = blocks.pop())
    last.remove();
}
