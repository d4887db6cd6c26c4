/** The surroundings of a page's title: headings, byline, dates. Read in one pass, before parts of the tree are removed. */

import { remember } from '../../../util/remember.ts';
import { type ElementNode, nextInside, type TreeDocument, type TreeNode } from '../document/nodes.ts';
import { shortText } from '../document/settle/tools.ts';
import { HEADING_TAGS } from '../document/tags.ts';
import { lineText } from '../render/render-blocks.ts';
import { creditIn, endsInLabel } from './authors/byline.ts';
import { partsOf } from './parts-of.ts';
import { type Heading, similarTo } from './title.ts';

/** A text that may contain a date or a byline, with its position. */
export interface Spot {
  readonly text: string;
  /** Machine-readable value beside the text: `datetime`, `content`. */
  readonly value: string | undefined;
  readonly kind: 'published' | 'modified' | 'time' | 'dated' | 'author' | 'byline' | 'profile' | 'text';
  /** Characters of text before this position. */
  readonly at: number;
  /** In a ticker, a list of other articles, a menu, a comment. */
  readonly isElsewhere: boolean;
  /** Marked by a data property, not by a class. */
  readonly isProperty: boolean;
}

export interface Surroundings {
  readonly headings: readonly (Heading & { readonly at: number })[];
  readonly spots: readonly Spot[];
  /** The first place of a heading with this text; undefined where there is none. */
  placeOf(title: string): number | undefined;
}

const MAX_SPOTS = 400;
const MAX_HEADINGS = 60;
const MAX_SPOT = 200;

export function readSurroundings(document: TreeDocument, lang?: string): Surroundings {
  const headings: (Heading & { at: number })[] = [];
  const spots: Spot[] = [];
  const aroundTitle = ancestorsOf(document.body.getElementsByTagName('h1').slice(0, MAX_TITLES));
  const spotAt = (element: ElementNode, kind: Spot['kind'], rest: Pick<Spot, 'text' | 'value' | 'at'>): void => {
    const isElsewhere = standsElsewhere(element, aroundTitle);
    spots.push({ ...rest, kind, isElsewhere, isProperty: element.hasAttribute('itemprop') });
  };
  let at = 0;
  for (
    let node: TreeNode | null = nextInside(document.body, document.body);
    node !== null;
    node = nextInside(node, document.body)
  ) {
    if (node.nodeType === 3) {
      const text = node.data.trim();
      const { parentNode: parent } = node;
      if (
        parent !== null &&
        text.length >= 6 &&
        text.length <= MAX_SPOT &&
        spots.length < MAX_SPOTS &&
        maybeSpot(text, lang)
      )
        spotAt(parent, 'text', { text, value: undefined, at });
      if (parent !== null && spots.length < MAX_SPOTS && beginsLine(text, lang))
        spotAt(parent, 'text', { text: lineFrom(parent, lang), value: undefined, at });
      at += text.length;
      continue;
    }
    if (HEADING_TAGS.has(node.localName) && headings.length < MAX_HEADINGS) addHeading(node, headings, at);
    else if (spots.length < MAX_SPOTS) {
      const spot = readSpot(node);
      if (spot !== undefined) spotAt(node, spot.kind, { text: spot.text, value: spot.value, at });
    }
  }
  return {
    headings,
    spots,
    placeOf: (title) => placeOf(title, headings),
  };
}

/** The heading with the title or nearly the same text; otherwise the first one of level 1. */
function placeOf(title: string, headings: readonly (Heading & { readonly at: number })[]): number | undefined {
  const same = headings.find(({ text }) => text === title);
  if (same !== undefined) return same.at;
  const likeTitle = similarTo(title);
  const near = headings.find(({ text, level, isOfSite }) => level <= 2 && !isOfSite && likeTitle(text) > 0.6);
  return (near ?? headings.find(({ level, isOfSite }) => level === 1 && !isOfSite))?.at;
}

/** Texts with a date or with the names of authors. */
function maybeSpot(text: string, lang: string | undefined): boolean {
  return (
    DATE_LIKE.test(text) || (OTHER_SCRIPT.test(text) && OTHER_DATE.test(text)) || creditIn(text, lang) !== undefined
  );
}

const DATE_LIKE = /\b(?:19|20)\d\d(?!\d)|\d[./-]\d{1,2}[./-]\d\d/;
const OTHER_SCRIPT = /[^\x00-\u024f\u2000-\u206f]/u;
/** Other digits, other calendars, a month and a day. */
const OTHER_DATE = /(?<!\p{Nd})\p{Nd}{4}(?!\p{Nd})|\p{Nd}\s?[月월]\s?\p{Nd}|[〇零一二三四五六七八九]{4}年/u;
const LONGEST_LABEL = 40;

/** Only the label of a date or of names, which stand in the next element. */
function beginsLine(text: string, lang: string | undefined): boolean {
  if (text.length <= LONGEST_LABEL && DATE_LABEL.test(text)) return true;
  return text.length <= LONGEST_CREDIT && endsInLabel(text, lang);
}

const LONGEST_CREDIT = 80;
const DATE_LABEL = /^(?:published(?: on)?|posted(?: on)?|publish date|date)\s?[:：]?$/iu;

/** The line that a label begins, with what stands in the next elements. */
function lineFrom(label: ElementNode, lang: string | undefined): string {
  let [holder, text] = [label, partsOf(label, MAX_SPOT)];
  for (let steps = 0; steps < 3 && beginsLine(text, lang) && holder.parentNode !== null; steps += 1) {
    holder = holder.parentNode;
    text = partsOf(holder, MAX_SPOT);
  }
  return text.length < MAX_SPOT ? text : '';
}

const MAX_TITLES = 4;

function ancestorsOf(elements: readonly ElementNode[]): ReadonlySet<ElementNode> {
  const ancestors = new Set<ElementNode>();
  for (const element of elements)
    for (let node = element.parentNode; node !== null && !ancestors.has(node); node = node.parentNode)
      ancestors.add(node);
  return ancestors;
}

/** The box of the title: its other direct content is about the same article. */
function isTitleBox(element: ElementNode, aroundTitle: ReadonlySet<ElementNode>): boolean {
  if (!aroundTitle.has(element) || element.localName === 'body' || element.localName === 'main') return false;
  return element.children.some(({ localName }) => localName === 'h1');
}

/** In a ticker, a list of other articles, a menu, a comment; what is around an element is looked at now: later the page is cut. */
function standsElsewhere(element: ElementNode, aroundTitle: ReadonlySet<ElementNode>): boolean {
  let node: ElementNode | null = element;
  for (let steps = 0; node !== null && steps < 14 && !aroundTitle.has(node); steps += 1) {
    if (node.parentNode !== null && isTitleBox(node.parentNode, aroundTitle)) return false;
    if (ELSEWHERE.has(node.localName) || (node.localName === 'a' && steps > 0)) return true;
    if (namesNeighbour(`${node.className.slice(0, 300)} ${node.id.slice(0, 80)}`)) return true;
    node = node.parentNode;
  }
  return false;
}

const ELSEWHERE = new Set(['nav', 'footer', 'aside', 'blockquote', 'table', 'pre']);
const NEIGHBOURS =
  /(?:^|[\s_-])(?:related|sidebar|ticker|topbar|top-bar|comments?|comment-list|recent|trending|popular|latest|footer|menu|widget|recommend\w*|teaser|card|cards|carousel|copyright|more-(?:posts|stories|articles)|next-post|prev-post)(?:$|[\s_-])/i;
const namesNeighbour = remember((names) => NEIGHBOURS.test(names));

function addHeading(element: ElementNode, headings: (Heading & { at: number })[], at: number): void {
  const text = hasScripts(element) ? lineText(element).slice(0, 400) : shortText(element);
  if (text === '') return;
  const level = Number(element.localName[1]);
  headings.push({
    text,
    level,
    at,
    order: headings.filter((heading) => heading.level === level).length,
    isOfSite: isOfSite(element),
  });
}

/** Raised and lowered numbers are not those on the line. */
function hasScripts(heading: ElementNode): boolean {
  return heading.querySelectorAll('sup,sub').length > 0;
}

function isOfSite(heading: ElementNode): boolean {
  const anchor =
    heading.getElementsByTagName('a')[0] ?? (heading.parentNode?.localName === 'a' ? heading.parentNode : undefined);
  const href = anchor?.getAttribute('href') ?? '';
  if (/^(?:https?:\/\/[^/]+)?\/?(?:index\.\w+)?$/.test(href) && href !== '') return true;
  for (let node = heading.parentNode, steps = 0; node !== null && steps < 8; steps += 1) {
    if (node.localName === 'nav' || node.localName === 'footer' || node.localName === 'aside') return true;
    node = node.parentNode;
  }
  return false;
}

const DATED_CLASS =
  /(?:^|[\s_-])(?:publish|(?:dates?|time|timestamp|pubdate|posted|postdate|meta-date|post-date|entry-date|datetime)(?:$|[\s_-]))|date(?:$|\s)/i;
const BYLINE_CLASS =
  /(?:^|[\s_-])(?:byline|by-line|author|authors|autor(?:a|in|es|en)?|auteurs?|autor[ei]|författare|forfatter|yazar|author-?name|post-?author|entry-author|writer|contributor|nickname|username|posted-by|reporter|journalist)(?:$|[\s_-])/i;

/** Addresses of author pages. */
const PROFILE =
  /\/(?:authors?|contributors?|writers?|columnists?|journalists?|reporters?|autor(?:es|en)?|auteurs?|redaktion|people|team|profiles?|producers)\/[^/?#]{1,200}\/?(?:$|[?#])|^\/@[^/?#]{1,60}\/?(?:$|[?#])|[?&]_?author=/i;

function readSpot(element: ElementNode): Pick<Spot, 'kind' | 'text' | 'value'> | undefined {
  const kind = kindOf(element);
  if (kind === undefined) return undefined;
  const value =
    (kind === 'profile' ? element.getAttribute('href') : null) ??
    element.getAttribute('datetime') ??
    element.getAttribute('content') ??
    undefined;
  const text = partsOf(element, MAX_SPOT);
  return text.length > MAX_SPOT || (text === '' && value === undefined) ? undefined : { kind, text, value };
}

function kindOf(element: ElementNode): Spot['kind'] | undefined {
  const property = element.getAttribute('itemprop') ?? element.getAttribute('property') ?? '';
  if (/(?:^|[\s:])(?:datePublished|dateCreated|published_time)/i.test(property)) return 'published';
  if (/dateModified/i.test(property)) return 'modified';
  if (/(?:^|[\s:])author/i.test(property) || /(?:^|\s)author(?:\s|$)/i.test(element.getAttribute('rel') ?? ''))
    return 'author';
  if (element.localName === 'a' && PROFILE.test((element.getAttribute('href') ?? '').slice(0, 500))) return 'profile';
  const classes = element.className.slice(0, 300);
  if (element.localName === 'time')
    return /modif|updat/i.test(classes) ? 'modified' : /publish|entry-date/i.test(classes) ? 'published' : 'time';
  if (classes === '' && element.id === '') return undefined;
  return kindByNames(`${classes} ${element.id.slice(0, 60)}`);
}

const kindByNames = remember((names): Spot['kind'] | undefined => {
  if (BYLINE_CLASS.test(names)) return 'byline';
  if (!DATED_CLASS.test(names)) return undefined;
  return /modif|updat/i.test(names) ? 'modified' : 'dated';
});
