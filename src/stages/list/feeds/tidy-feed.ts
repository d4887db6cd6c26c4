/** An XML feed as its readers meet it, made well-formed: what comes out can be given to any parser of feeds. One streaming pass, linear. */

import { Parser } from 'htmlparser2';
import { absoluteLink } from '../addresses/absolute-link.ts';

/** Elements deeper than this are no feed; each open one costs time at every closing tag. */
const MAX_DEPTH = 200;
const CHUNK = 65_536;
/** Pieces of text that the address of a link comes in. */
const MOST_PARTS = 20;
const ITEMS: ReadonlySet<string> = new Set(['item', 'entry']);
/** Names of dates that belong to another dialect, and what they are called in this one. */
const RSS_DATES: ReadonlyMap<string, string> = new Map([
  ['published', 'pubDate'],
  ['pubdate', 'pubDate'],
  ['date', 'pubDate'],
  ['atom:published', 'pubDate'],
]);
const ATOM_DATES: ReadonlyMap<string, string> = new Map([
  ['pubDate', 'published'],
  ['pubdate', 'published'],
  ['date', 'published'],
  ['dc:date', 'published'],
]);

/**
 * - Stray `<`, unclosed elements and markup behind the root are repaired; an item that the end of the text cuts off is left out.
 * - Document types, comments and processing instructions are left out: entities of a document type are never expanded.
 * - Items stand where their dialect has them: those of a second channel, behind the channel, or in an element of their own.
 * - `xml:base` is made absolute, so that it no longer depends on its parents (XML Base §4), and so are the links of Atom, each by its own base.
 * - RSS has no namespace; one that is declared for it is left out.
 * - A link of RSS is text: `<link href="…"/>` becomes one, an empty one is left out, and the address that a feed service replaced comes first.
 * - A link of Atom is an attribute: `<link>https://…</link>` becomes one.
 * - Dates of items under the names of another dialect get those of this one.
 * - `rel` is a short word in lower case (RFC 4287 §4.2.7.2 allows the full address of the registry).
 */
export function tidyFeed(
  text: string,
  address: string | undefined,
): { readonly text: string; readonly isCut: boolean } {
  const writer = createWriter(address);
  const parser = new Parser(writer.handler, { xmlMode: true, decodeEntities: false, recognizeCDATA: true });
  for (let from = 0; from < text.length && !writer.isDone(); from += CHUNK)
    parser.write(text.slice(from, from + CHUNK));
  const isCut = !writer.isWhole();
  writer.cut();
  parser.end();
  return { text: writer.result(), isCut };
}

interface Open {
  readonly name: string;
  /** Name without prefix, in lower case. */
  readonly local: string;
  /** The name in the text that comes out. */
  readonly written: string;
  /** Where its start tag stands among the parts. */
  readonly at: number;
  readonly base: string | undefined;
  /** Without an attribute that names an address. */
  readonly isBare: boolean;
  /** Number of the item. */
  readonly slot: number | undefined;
}

function createWriter(address: string | undefined) {
  const parts: string[] = ['<?xml version="1.0"?>'];
  const open: Open[] = [];
  const items = createItems(parts);
  let state: 'open' | 'cut' | 'done' = 'open';
  /** Place for the first link of the item that is open. */
  let itemStart = 0;

  const last = () => open.at(-1);
  const isRss = () => open[0]?.local !== 'feed';

  function start(name: string, attributes: Readonly<Record<string, string>>): void {
    if (open.length >= MAX_DEPTH) state = 'cut';
    if (state !== 'open') return;
    const local = localName(name);
    const base = resolved(attributes['xml:base'], last()?.base ?? address);
    const isLink = local === 'link' && ITEMS.has(last()?.local ?? '');
    const asText = isLink && isRss() && name === 'link' ? linkOf(attributes) : undefined;
    const written = (ITEMS.has(last()?.local ?? '') ? (isRss() ? RSS_DATES : ATOM_DATES).get(name) : undefined) ?? name;
    const slot = ITEMS.has(local) && isItem(name, open) ? items.begin() : undefined;
    open.push({ name, local, written, at: parts.length, base, isBare: attributes['href'] === undefined, slot });
    parts.push(`<${written}${attributesOf(named(local, attributes, { base, isRss: isRss() }), base)}>`, asText ?? '');
    if (ITEMS.has(local)) itemStart = parts.push('') - 1;
  }

  const textOf = ({ at }: Open) =>
    parts
      .slice(at + 1, at + MOST_PARTS)
      .filter((part) => !part.startsWith('<'))
      .join('')
      .trim();

  function end(name: string): void {
    const closed = last();
    if (closed === undefined || closed.name !== name || state === 'done') return;
    open.pop();
    const isLink = closed.local === 'link' && ITEMS.has(last()?.local ?? '');
    const isEmptyLink = name === 'link' && isRss() && textOf(closed) === '';
    if (isLink && !isRss() && closed.isBare) parts[closed.at] = withHref(parts[closed.at] ?? '', textOf(closed));
    if (closed.local === 'channel' && isRss() && open[0]?.local !== 'rdf') items.placeHere();
    if (open.length === 0) items.placeHere();
    if ((ITEMS.has(closed.local) && state === 'cut') || isEmptyLink) parts.length = closed.at;
    else parts.push(`</${closed.written}>`);
    if (closed.local === 'origlink' && itemStart > 0) parts[itemStart] = linkTo(textOf(closed), isRss());
    if (closed.slot !== undefined) items.end(closed.slot, closed.at);
    if (ITEMS.has(closed.local)) itemStart = 0;
    if (open.length === 0) state = 'done';
  }

  return {
    isDone: () => state !== 'open',
    isWhole: () => state === 'done',
    cut() {
      if (state === 'open') state = 'cut';
    },
    result: items.document,
    handler: {
      onopentag: start,
      onclosetag: end,
      ...createTextHandler((piece) => {
        if (state === 'open' && open.length > 0) parts.push(piece);
      }),
    },
  };
}

/** An item of the feed, which may stand in one that is not closed; not an element of that name with another prefix in an item. */
function isItem(name: string, open: readonly Open[]): boolean {
  const outer = open.findLast(({ local }) => ITEMS.has(local));
  return outer === undefined || outer.name === name;
}

/** Takes the items out of the document as they end, and puts them all where its dialect has them. */
function createItems(parts: string[]) {
  const items: string[] = [];
  let place: number | undefined;
  return {
    begin: () => items.push('') - 1,
    end(slot: number, at: number) {
      items[slot] = parts.splice(at).join('');
    },
    placeHere() {
      place ??= parts.length;
    },
    document: () => [...parts.slice(0, place), ...items, ...(place === undefined ? [] : parts.slice(place))].join(''),
  };
}

/** Text as it is, entities included, but for a `<` that begins no tag; sections of CDATA stay sections. */
function createTextHandler(write: (piece: string) => void) {
  let inSection = false;
  return {
    ontext: (text: string) =>
      write(inSection ? text.replaceAll(']]>', ']]]]><![CDATA[>') : text.replaceAll('<', '&lt;')),
    oncdatastart() {
      inSection = true;
      write('<![CDATA[');
    },
    oncdataend() {
      inSection = false;
      write(']]>');
    },
  };
}

/** Names have prefixes of any choice; RSS itself has none. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

function linkOf({ href, rel = 'alternate' }: Readonly<Record<string, string>>): string | undefined {
  return href !== undefined && shortRel(rel) === 'alternate' ? href.replaceAll('<', '&lt;') : undefined;
}

function linkTo(address: string, isRss: boolean): string {
  return isRss ? `<link>${address}</link>` : `<link href="${address.replaceAll('"', '&quot;')}"/>`;
}

function withHref(tag: string, address: string): string {
  return /^https?:/i.test(address) ? tag.replace(/>$/, ` href="${address.replaceAll('"', '&quot;')}">`) : tag;
}

function shortRel(rel: string): string {
  return rel
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?iana\.org\/assignments\/(?:link-)?relations?\/#?/, '');
}

/** The attributes of an element with links of Atom made absolute, and without a namespace of RSS. */
function named(
  local: string,
  attributes: Readonly<Record<string, string>>,
  { base, isRss }: { readonly base: string | undefined; readonly isRss: boolean },
): Readonly<Record<string, string>> {
  const { xmlns: _xmlns, ...others } = attributes;
  if (local === 'rss') return others;
  const name = isRss ? undefined : ADDRESSES.get(local);
  const link = name === undefined ? undefined : attributes[name];
  return name === undefined || link === undefined
    ? attributes
    : { ...attributes, [name]: absoluteLink(link.trim(), undefined, base) };
}

/** Attributes of Atom that name addresses, by their elements. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['link', 'href'],
  ['content', 'src'],
]);

function attributesOf(attributes: Readonly<Record<string, string>>, base: string | undefined): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      const written = name === 'xml:base' ? (base ?? value) : name === 'rel' ? shortRel(value) : value;
      return ` ${name}="${written.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`;
    })
    .join('');
}

function resolved(base: string | undefined, parent: string | undefined): string | undefined {
  if (base === undefined) return parent;
  return URL.canParse(base.trim(), parent) ? new URL(base.trim(), parent).href : parent;
}
