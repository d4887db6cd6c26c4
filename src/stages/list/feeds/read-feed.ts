/** The items of a parsed feed with what it says about them, whatever its dialect. */

import type { parseFeed } from 'feedsmith';
import type { ItemFacts } from '../../../core/types.ts';
import { joinLines } from '../addresses/join-lines.ts';
import { markedAddress } from '../addresses/marked-address.ts';
import { itemDate } from './item-date.ts';
import { itemTitle } from './item-title.ts';

type ParsedFeed = ReturnType<typeof parseFeed>;

const PERIODS: Readonly<Record<string, number>> = {
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 604_800_000,
  monthly: 2_592_000_000,
  yearly: 31_536_000_000,
};

interface ReadItem extends ItemFacts {
  /** Addresses that its page may have, the likeliest first. */
  readonly links: readonly string[];
}

interface ReadFeed {
  readonly title: string | undefined;
  /** Address that links are relative to. */
  readonly base: string | undefined;
  /** The page that the feed is of. */
  readonly home: string | undefined;
  readonly intervalMs: number | undefined;
  /** Address of the part of the feed with older items (RFC 5005). */
  readonly next: string | undefined;
  readonly items: readonly ReadItem[];
}

type FeedOf<Format extends ParsedFeed['format']> = Extract<ParsedFeed, { format: Format }>['feed'];

export function readFeed(parsed: ParsedFeed): ReadFeed {
  switch (parsed.format) {
    case 'rss':
      return readRss(parsed.feed);
    case 'rdf':
      return readRdf(parsed.feed);
    case 'atom':
      return readAtom(parsed.feed);
    case 'json':
      return readJson(parsed.feed);
  }
}

function readRss(feed: FeedOf<'rss'>): ReadFeed {
  const intervals = [feed.ttl === undefined ? undefined : feed.ttl * 60_000, periodOf(feed.sy)];
  return {
    title: feed.title,
    base: feed.xml?.base ?? feed.link,
    home: feed.link,
    intervalMs: longest(intervals),
    next: nextOf(feed.atom?.links),
    items: (feed.items ?? []).map((item) => ({
      links: linksFrom([item.link, alternateOf(item.atom?.links ?? []), permalinkOf(item.guid)]),
      ...facts(feed.language, {
        guid: item.guid?.value,
        title: itemTitle(item.title),
        author: item.dc?.creators?.[0] ?? item.authors?.[0]?.name,
        publishedAt: item.pubDate ?? item.dc?.dates?.[0],
        html: item.content?.encoded ?? item.description,
      }),
    })),
  };
}

function readRdf(feed: FeedOf<'rdf'>): ReadFeed {
  return {
    title: feed.title,
    base: feed.xml?.base ?? feed.link,
    home: feed.link,
    intervalMs: periodOf(feed.sy),
    next: nextOf(feed.atom?.links),
    items: (feed.items ?? []).map((item) => ({
      links: linksFrom([item.link, addressIn(item.rdf?.about)]),
      ...facts(feed.dc?.languages?.[0], {
        guid: item.rdf?.about,
        title: itemTitle(item.title),
        author: item.dc?.creators?.[0],
        publishedAt: item.dc?.dates?.[0],
        html: item.content?.encoded ?? item.description,
      }),
    })),
  };
}

function readAtom(feed: FeedOf<'atom'>): ReadFeed {
  return {
    title: feed.title?.value,
    base: undefined,
    home: alternateOf(feed.links ?? []),
    intervalMs: periodOf(feed.sy),
    next: nextOf(feed.links),
    items: (feed.entries ?? []).map((entry) => {
      const isMarkup = entry.content?.type === undefined || /html|xml/.test(entry.content.type);
      const language = entry.xml?.lang ?? feed.xml?.lang;
      return {
        links: linksFrom([alternateOf(entry.links ?? [], language), entry.content?.src, addressIn(entry.id)]),
        ...facts(language, {
          guid: entry.id,
          title: itemTitle(entry.title?.value, entry.title?.type ?? 'text'),
          author: entry.authors?.[0]?.name,
          publishedAt: entry.published ?? entry.updated,
          html: (isMarkup ? entry.content?.value : undefined) ?? entry.summary?.value,
        }),
      };
    }),
  };
}

/** What is a link: filled, and in one piece; those of the web, where there is any. */
function linksFrom(texts: readonly (string | undefined)[]): readonly string[] {
  const links = texts.map((text) => joinLines(text ?? '')).filter((link) => link !== '');
  const pages = links.filter((link) => !isOtherScheme(link));
  return (pages.length > 0 ? pages : links).map((link) => (link.includes('<') ? (markedAddress(link) ?? link) : link));
}

/** `mailto:`, `nostr:` and others; a host with a port is none. */
function isOtherScheme(link: string): boolean {
  return /^(?!https?:)[a-z][a-z0-9+-]*:(?!\/\/|\d)/i.test(link) || /^(?!h?t{1,3}p)[a-z][a-z0-9+-]*:\/\//i.test(link);
}

interface AtomLink {
  readonly href?: string | undefined;
  readonly rel?: string | undefined;
  readonly type?: string | undefined;
  readonly hreflang?: string | undefined;
}

/** The part of the feed that follows: a page, or an archive of older items. */
function nextOf(links: readonly AtomLink[] = []): string | undefined {
  const hrefOf = (name: string) => links.find(({ rel, href }) => rel === name && filled(href) !== undefined)?.href;
  return filled(hrefOf('next') ?? hrefOf('prev-archive'));
}

/** The page of an item, in the feed's language and in HTML where it has several forms. */
function alternateOf(links: readonly AtomLink[], language?: string): string | undefined {
  const base = (tag: string | undefined) => tag?.toLowerCase().split('-', 1)[0];
  const alternates = links.filter(({ rel }) => (rel ?? 'alternate') === 'alternate');
  const web = alternates.filter(({ href = '' }) => !isOtherScheme(href));
  const all = web.length > 0 ? web : alternates;
  const own = all.filter(({ hreflang }) => language !== undefined && base(hreflang) === base(language));
  const pages = own.length > 0 ? own : all;
  return filled((pages.find(({ type }) => (type ?? 'text/html').includes('html')) ?? pages[0])?.href);
}

function readJson(feed: FeedOf<'json'>): ReadFeed {
  return {
    title: feed.title,
    base: feed.home_page_url,
    home: feed.home_page_url,
    intervalMs: undefined,
    next: filled(feed.next_url),
    items: (feed.items ?? []).map((item) => ({
      links: linksFrom([item.url, item.external_url, addressIn(item.id)]),
      ...facts(feed.language, {
        guid: item.id,
        title: item.title,
        author: item.authors?.[0]?.name,
        publishedAt: item.date_published ?? item.date_modified,
        html: item.content_html ?? item.content_text,
      }),
    })),
  };
}

/** Without what is empty, and with the date as an ISO time. */
function facts(
  language: string | undefined,
  raw: { readonly [K in 'guid' | 'title' | 'author' | 'html']: string | undefined } & { readonly publishedAt: unknown },
): ItemFacts {
  const publishedAt = itemDate(typeof raw.publishedAt === 'string' ? raw.publishedAt : undefined, language);
  return {
    ...(filled(raw.guid) === undefined ? {} : { guid: raw.guid?.trim() }),
    ...(filled(raw.title) === undefined ? {} : { title: raw.title?.trim() }),
    ...(filled(raw.author) === undefined ? {} : { author: raw.author?.trim() }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(filled(raw.html) === undefined ? {} : { html: raw.html }),
  } as ItemFacts; // each member is set only where it is a text
}

function periodOf(
  sy: { readonly updatePeriod?: string | undefined; readonly updateFrequency?: number | undefined } | undefined,
): number | undefined {
  const period = PERIODS[sy?.updatePeriod?.toLowerCase() ?? ''];
  return period === undefined ? undefined : period / Math.max(1, sy?.updateFrequency ?? 1);
}

function longest(intervals: readonly (number | undefined)[]): number | undefined {
  const known = intervals.filter((value) => value !== undefined && Number.isFinite(value) && value > 0);
  return known.length === 0 ? undefined : Math.max(...known.map(Number));
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

function permalinkOf(
  guid: { readonly value?: string | undefined; readonly isPermaLink?: boolean | undefined } | undefined,
): string | undefined {
  if (guid?.isPermaLink === true && guid.value?.includes('/') === true) return guid.value;
  return addressIn(guid?.isPermaLink === false ? undefined : guid?.value);
}

function addressIn(text: string | undefined): string | undefined {
  return text !== undefined && /^https?:\/\/\S+$/i.test(text.trim()) ? text.trim() : undefined;
}
