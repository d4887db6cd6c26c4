/** What the first characters of a document say about it. Pure and bounded: the rest of the text is not looked at. */

import { trimEdges } from '../../../util/text/trim-edges.ts';
import { isLinkList } from '../addresses/link-list.ts';
import { withoutTableHeads } from '../addresses/marked-address.ts';
import { isWebAddress } from '../addresses/tidy-address.ts';
import { readPriority } from './entry-options.ts';

const HEAD_CHARS = 65_536;
const SAMPLE_LINES = 40;

export interface ListStart {
  /** The name's ending in lower case, without `.gz`. */
  readonly ending: string | undefined;
  /** The text from its first visible character on. */
  readonly head: string;
  /** Name of the first element, in lower case and without prefix; undefined where the text is no markup. */
  readonly root: string | undefined;
  readonly isJsonFeed: boolean;
  /** XML that is no sitemap and has addresses in attributes or elements that are named so. */
  readonly hasXmlLinks: boolean;
  readonly isBookmarks: boolean;
  /** Records of a reference manager. */
  readonly hasReferences: boolean;
  /** A robots.txt, by its lines. */
  readonly isRobots: boolean;
  /** Rows of a table below a header, or of addresses with words beside them. */
  readonly isCsv: boolean;
  /** A sequence of mappings, or of addresses below a key. */
  readonly isYaml: boolean;
  /** An article, in HTML or in plain words, and no list. */
  readonly isPage: boolean;
}

/** What servers print before a document: warnings of PHP, blank lines, markup of plugins. */
const MOST_PREAMBLE = 8_192;

const ROOT = /^<(rss|feed|urlset|sitemapindex|opml|rdf:RDF)[\s>]/im;

/** Place of the XML declaration, or of the root of a document without one that ends with the text. */
function documentStart(text: string): number {
  const head = text.slice(0, MOST_PREAMBLE);
  const declared = head.search(/<\?xml\s+version/);
  if (declared !== -1) return declared;
  const root = ROOT.exec(head);
  return root !== null && text.slice(-200).toLowerCase().includes(`</${root[1]?.toLowerCase()}>`) ? root.index : -1;
}

/**
 * The text from its XML declaration or its root on, where something else stands before it that is no document of its own. Its lines stay, so that places in
 * the text stay true.
 */
export function withoutPreamble(text: string): string {
  const at = documentStart(text);
  if (at <= 0) return text;
  const before = text.slice(0, at);
  if (/^[{[]|<(?:!doctype|html|head|body|rss|feed|urlset|sitemapindex|opml)[\s>]/i.test(before.trimStart()))
    return text;
  return before.replace(/[^\r\n]/g, '') + text.slice(at);
}

export function listStart(name: string, text: string): ListStart {
  const head = text.slice(0, HEAD_CHARS).replace(/^[\s\ufeff\u200b]+/, '');
  const root = rootElement(head);
  const isBookmarks = root !== undefined && looksLikeBookmarks(head);
  const ending = endingOf(name);
  const isArticle = ending !== undefined && PAGE_ENDINGS.has(ending) ? !isMostlyAddresses(head) : isProse(head, ending);
  return {
    ending,
    head,
    root,
    isJsonFeed: head.startsWith('{') && /"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org\\?\//.test(head),
    isBookmarks,
    hasXmlLinks:
      root !== undefined && root !== 'html' && XML_LINK.test(head) && !/<(?:[\w.-]{1,64}:)?loc[\s>]/i.test(head),
    hasReferences: looksLikeReferences(head),
    isRobots: root === undefined && looksLikeRobots(head),
    isCsv: hasCsvHeader(head) || isCsvOfAddresses(head),
    isYaml: looksLikeYaml(head),
    isPage: (root === 'html' && !isBookmarks) || (root === undefined && isArticle && !looksLikeReferences(head)),
  };
}

/** RIS, EndNote or BibTeX. */
function looksLikeReferences(head: string): boolean {
  return /^(?:TY {2}- |%0 |@[a-z]{3,20}\s{0,3}\{[^,{}]{0,200},)/i.test(head);
}

const XML_LINK =
  /[\s:](?:href|url|uri|link|address)=["']\s{0,99}https?:|<(?:[\w.-]{1,64}:)?(?:href|url|uri|link|address)>\s{0,99}https?:/i;

/** A sequence of mappings, or of addresses below a key. */
function looksLikeYaml(head: string): boolean {
  const lines = head.split(/\r?\n/, SAMPLE_LINES).filter((line) => !/^(?:---|#|\s*$)/.test(line));
  const [first = '', second = ''] = lines;
  const isBelowKey = /^[\w-]{1,40}:\s*$/.test(first);
  const item = (isBelowKey ? second : first).trim();
  return /^-\s+[\w-]{1,40}:\s+\S/.test(item) || (isBelowKey && /^-\s+["']?https?:/.test(item));
}

function endingOf(name: string): string | undefined {
  const path = /^https?:/i.test(name) && URL.canParse(name) ? new URL(name).pathname : name;
  return /\.([a-z]+)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
}

/** Walks over declaration, comments and document type to the first tag. Linear: each step begins where the last one ended. */
function rootElement(head: string): string | undefined {
  let at = 0;
  for (let steps = 0; steps < 100; steps += 1) {
    while (at < head.length && head.charCodeAt(at) <= 32) at += 1;
    if (head.startsWith('<?', at)) at = after(head, '?>', at);
    else if (head.startsWith('<!--', at)) at = after(head, '-->', at);
    else if (/^<!doctype/i.test(head.slice(at, at + 9))) {
      if (/^<!doctype\s+(?:html|netscape)/i.test(head.slice(at, at + 40))) return 'html';
      at = afterDoctype(head, at);
    } else break;
  }
  const tag = /^<(?:[\w.-]{1,64}:)?([\w.-]{1,64})(?=[\s/>])/.exec(head.slice(at, at + 140))?.[1]?.toLowerCase();
  return tag !== undefined && HTML_START.has(tag) ? 'html' : tag;
}

const HTML_START: ReadonlySet<string> = new Set(
  'html head body meta title h1 h2 h3 p div ul ol dl dt li a br hr b tr td article section main script link style table'.split(
    ' ',
  ),
);

function after(head: string, mark: string, from: number): number {
  const at = head.indexOf(mark, from);
  return at === -1 ? head.length : at + mark.length;
}

/** A document type may hold declarations in square brackets. */
function afterDoctype(head: string, from: number): number {
  const end = head.indexOf('>', from);
  const subset = head.indexOf('[', from);
  if (subset === -1 || (end !== -1 && end < subset)) return end === -1 ? head.length : end + 1;
  return after(head, '>', after(head, ']', subset));
}

/** Exports of browsers and read-later services: links that say when they were saved. */
function looksLikeBookmarks(head: string): boolean {
  return (
    /^<!doctype\s+netscape-bookmark/i.test(head) ||
    /<a\s[^<>]{0,4000}?\b(?:add_date|time_added)\s*=/i.test(head) ||
    sampleOf(head).every((line) => /^\s*(?:<\/?(?:ul|ol|dl|li|dt)\b[^<>]{0,200}>\s*)*(?:<a\s|$)/i.test(line)) ||
    isLinkList(head)
  );
}

/** Lines of `name: value`, nearly all; some begin a group of rules, or each names a sitemap. */
function looksLikeRobots(head: string): boolean {
  const lines = sampleOf(head);
  const fields = lines.filter((line) => /^\s*[a-z][a-z-]{1,40}\s*[:：](?!\/\/)/i.test(line));
  const sitemaps = fields.filter((line) => /^\s*site-?maps?\s*[:：]/i.test(line));
  const hasGroup = fields.some((line) => /^\s*user-?agent\s*[:：]/i.test(line));
  return fields.length > 0 && fields.length >= lines.length * 0.8 && (hasGroup || sitemaps.length === lines.length);
}

/** A first line of several cells, none of them an address and one of them the name of a column with addresses. */
function hasCsvHeader(head: string): boolean {
  const [first = '', second = ''] = head.replace(/^sep=.\r?\n/i, '').split(/\r\n|\r|\n/, 2);
  const cells = first.split(/[,;\t]/).map((cell) => trimEdges(cell, /["\s]/));
  if (/^sep=.\r?\n/i.test(head)) return true;
  const names = cells.length > 1 || isWebAddress(second);
  return names && !cells.some(isWebAddress) && cells.some(isAddressColumn);
}

const CELL_BEHIND = /^"?https?:\/\/[^\s,;"]+"?([,;])(.+)$/i;
const CELL_IN_FRONT = /^([^,;]+)([,;])\s{0,9}"?https?:\/\/[^\s,;"]+"?$/i;

/** Rows without a header: an address and a cell of words beside it. Addresses hold commas too, but neither spaces nor quotes behind them. */
function isCsvOfAddresses(head: string): boolean {
  const lines = sampleOf(head).map((line) => line.slice(0, 2_000).trim());
  const cells = lines.map((line) => {
    const [, delimiter = '', text = ''] = CELL_BEHIND.exec(line) ?? [];
    if (delimiter !== '') return { form: `behind ${delimiter}`, text };
    const [, before = '', separator = ''] = CELL_IN_FRONT.exec(line) ?? [];
    return separator === '' ? undefined : { form: `in front ${separator}`, text: before };
  });
  const [first] = cells;
  if (lines.length < 2 || first === undefined) return false;
  if (cells.some((cell) => cell?.form !== first.form || /https?:/i.test(cell.text))) return false;
  const isWords = (text: string) => /[\s"]/.test(text.trim()) || readPriority(text) !== undefined;
  return cells.filter((cell) => cell !== undefined && isWords(cell.text)).length >= cells.length / 2;
}

/** True for the name of a column that holds the pages' addresses, as spreadsheets and SEO tools call it; addresses of pictures are none. */
export function isAddressColumn(name: string): boolean {
  const words = wordsOf(name);
  return ADDRESS_WORD.test(words.at(-1) ?? '') && words.length <= 4 && !words.some((word) => OTHER_WORD.test(word));
}

/** True for the name of a column that holds addresses of feeds (`feed_url`, `xmlUrl`). */
export function isFeedColumn(name: string): boolean {
  return isAddressColumn(name) && wordsOf(name).some((word) => /^(?:feed|rss|atom|xml)$/.test(word));
}

/** Among names of addresses: the plain one comes first, then that of a feed, then others (`site_url` beside it). */
export function rankOfAddress(name: string): number {
  return wordsOf(name).length === 1 ? 0 : isFeedColumn(name) ? 1 : 2;
}

/** The words of a name, also where capitals begin them (`pageUrl`, `pageURL`). */
function wordsOf(name: string): string[] {
  return name
    .trim()
    .slice(0, 100)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/, 6);
}

const ADDRESS_WORD = /^(?:url|uri|link|address|loc|href|permalink)s?$/;
const OTHER_WORD =
  /^(?:image|img|picture|photo|cover|thumbnail|thumb|icon|favicon|logo|avatar|video|audio|media|e?mail|ip|mac)$/;

/** Files with these endings are pages unless nearly every line of them is an address. */
const PAGE_ENDINGS: ReadonlySet<string> = new Set(['md', 'markdown', 'html', 'htm', 'xhtml', 'vtt', 'srt']);

/** True where at least half of the lines begin with an address. */
export function isAddressList(text: string): boolean {
  const lines = sampleOf(text.slice(0, HEAD_CHARS));
  return lines.length > 0 && lines.filter(hasAddress).length >= lines.length / 2;
}

function isMostlyAddresses(head: string): boolean {
  const lines = sampleOf(head);
  return lines.length > 0 && lines.filter(isAboutAddress).length >= lines.length * 0.8;
}

/** A line that is there for its address: it begins with one, or has few words beside it. */
function isAboutAddress(line: string): boolean {
  return hasAddress(line) || (/https?:\/\//i.test(line) && line.length < 400 && line.trim().split(/\s+/).length <= 12);
}

/** Lines of many words, none of which begins like an entry. Weighed over a sample: one stray line decides nothing. */
function isProse(head: string, ending: string | undefined): boolean {
  if (ending === 'csv' || ending === 'tsv' || /^[{[]/.test(head)) return false;
  if (/^WEBVTT(?:\s|$)/.test(head)) return true;
  const lines = sampleOf(head);
  const hasEntry = lines.some((line) => hasAddress(line) || /\.\w{2,8}$/.test(firstWord(line)));
  return !hasEntry && !isMostlyAddresses(head) && lines.filter(isSentence).length >= Math.max(1, lines.length / 4);
}

function sampleOf(head: string): string[] {
  const lines = withoutTableHeads(head.split(/\r\n|\r|\n/, SAMPLE_LINES * 10));
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).slice(0, SAMPLE_LINES);
}

/** An address at the start of the line, behind a bullet or in a Markdown link. */
function hasAddress(line: string): boolean {
  const content = line.trim().replace(/^(?:[-*+\u2022]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?/, '');
  return isWebAddress(firstWord(content)) || /^!?\[[^\]]{0,500}\]\(\s*<?https?:/i.test(content);
}

/** Several words; writing that puts no spaces between words counts by its letters. */
function isSentence(line: string): boolean {
  return (
    line.trim().split(/\s+/).length >= 6 ||
    (line.match(/[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]/g)?.length ?? 0) >= 12
  );
}

function firstWord(line: string): string {
  return line.trim().split(/\s+/, 1)[0] ?? '';
}
