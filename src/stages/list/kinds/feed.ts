import { parseFeed } from 'feedsmith';
import type { ItemFacts } from '../../../core/types.ts';
import type { ListContent, ListPlace, ListRow } from '../list-row.ts';
import { lineCounter } from '../read/line-counter.ts';

type ParsedFeed = ReturnType<typeof parseFeed>;

/** Parsing is synchronous; of a larger feed only the items that begin before this are read. */
const MAX_CHARS = 4_194_304;
const PERIODS: Readonly<Record<string, number>> = {
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 604_800_000,
  monthly: 2_592_000_000,
  yearly: 31_536_000_000,
};

/** The items of a feed (RSS, Atom, RDF or JSON Feed) with what it says about them. */
export function parseFeedItems(text: string, { address }: ListPlace): ListContent {
  const isLong = text.length > MAX_CHARS;
  const feed = parse(isLong ? closed(text.slice(0, MAX_CHARS)) : text) ?? parse(closed(text));
  if (feed === undefined)
    return problem(
      'expected a feed (RSS, Atom or JSON Feed), but it is cut off or malformed before its first whole item',
    );
  const read = readFeed(feed);
  const base = [read.base, address].find((candidate) => candidate !== undefined && URL.canParse(candidate, address));
  const lineOf = lineFinder(text);
  let nameless = 0;
  const rows = read.items.flatMap(({ link, ...facts }): ListRow[] => {
    if (link === undefined) nameless += 1;
    return link === undefined
      ? []
      : [{ kind: 'entry', line: lineOf(link), target: absolute(link, base, address), options: {}, item: facts }];
  });
  const notes = [
    ...(nameless === 0 ? [] : [`${nameless} items of the feed have no address and were left out`]),
    ...(isLong
      ? [`the feed is longer than ${MAX_CHARS} characters; only its first ${rows.length} items were read`]
      : []),
  ];
  return {
    rows,
    ...(read.title === undefined ? {} : { title: read.title }),
    ...(read.intervalMs === undefined ? {} : { intervalMs: read.intervalMs }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function parse(text: string): ParsedFeed | undefined {
  try {
    return parseFeed(text);
  } catch {
    return undefined; // the caller says what was expected
  }
}

/** A feed that was cut off, closed behind its last whole item. */
function closed(text: string): string {
  const ends = [...['</item>', '</entry>'].map((tag) => text.lastIndexOf(tag) + tag.length)];
  const end = Math.max(...ends);
  if (end <= '</entry>'.length) return '';
  const kept = text.slice(0, end);
  if (kept.endsWith('</entry>')) return `${kept}</feed>`;
  if (/<rdf:RDF[\s>]/i.test(kept.slice(0, 4096))) return `${kept}</rdf:RDF>`;
  return `${kept}</channel></rss>`;
}

interface ReadItem extends ItemFacts {
  readonly link: string | undefined;
}

interface ReadFeed {
  readonly title: string | undefined;
  /** Address that links are relative to. */
  readonly base: string | undefined;
  readonly intervalMs: number | undefined;
  readonly items: readonly ReadItem[];
}

type FeedOf<Format extends ParsedFeed['format']> = Extract<ParsedFeed, { format: Format }>['feed'];

function readFeed(parsed: ParsedFeed): ReadFeed {
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
    intervalMs: longest(intervals),
    items: (feed.items ?? []).map((item) => ({
      link: filled(item.link) ?? addressIn(item.guid?.isPermaLink === false ? undefined : item.guid?.value),
      ...facts({
        guid: item.guid?.value,
        title: item.title,
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
    intervalMs: periodOf(feed.sy),
    items: (feed.items ?? []).map((item) => ({
      link: filled(item.link) ?? addressIn(item.rdf?.about),
      ...facts({
        guid: item.rdf?.about,
        title: item.title,
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
    base: feed.xml?.base,
    intervalMs: periodOf(feed.sy),
    items: (feed.entries ?? []).map((entry) => {
      const links = entry.links ?? [];
      const alternate =
        links.find(({ rel, type }) => (rel ?? 'alternate') === 'alternate' && (type ?? 'text/html').includes('html')) ??
        links.find(({ rel }) => (rel ?? 'alternate') === 'alternate');
      const isMarkup = entry.content?.type === undefined || /html|xml/.test(entry.content.type);
      const link = filled(alternate?.href) ?? filled(entry.content?.src) ?? addressIn(entry.id);
      return {
        link: link !== undefined && entry.xml?.base !== undefined ? absolute(link, entry.xml.base, undefined) : link,
        ...facts({
          guid: entry.id,
          title: entry.title?.value,
          author: entry.authors?.[0]?.name,
          publishedAt: entry.published ?? entry.updated,
          html: (isMarkup ? entry.content?.value : undefined) ?? entry.summary?.value,
        }),
      };
    }),
  };
}

function readJson(feed: FeedOf<'json'>): ReadFeed {
  return {
    title: feed.title,
    base: feed.home_page_url,
    intervalMs: undefined,
    items: (feed.items ?? []).map((item) => ({
      link: filled(item.url) ?? filled(item.external_url) ?? addressIn(item.id),
      ...facts({
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
  raw: { readonly [K in 'guid' | 'title' | 'author' | 'html']: string | undefined } & { readonly publishedAt: unknown },
): ItemFacts {
  const publishedAt = isoTime(typeof raw.publishedAt === 'string' ? raw.publishedAt : undefined);
  return {
    ...(filled(raw.guid) === undefined ? {} : { guid: raw.guid?.trim() }),
    ...(filled(raw.title) === undefined ? {} : { title: raw.title?.trim() }),
    ...(filled(raw.author) === undefined ? {} : { author: raw.author?.trim() }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(filled(raw.html) === undefined ? {} : { html: raw.html }),
  } as ItemFacts; // each member is set only where it is a text
}

/** Dates of RFC 822 and ISO 8601; `Date.parse` alone makes a date of "Issue 12". */
function isoTime(text: string | undefined): string | undefined {
  if (text === undefined || !/^\s*(?:\d{4}-\d{2}|(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3})/.test(text))
    return undefined;
  const time = Date.parse(text.trim());
  return Number.isNaN(time) || Math.abs(time) > 4e12 ? undefined : new Date(time).toISOString();
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

function addressIn(text: string | undefined): string | undefined {
  return text !== undefined && /^https?:\/\/\S+$/i.test(text.trim()) ? text.trim() : undefined;
}

function absolute(link: string, base: string | undefined, address: string | undefined): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return link;
  const root =
    base !== undefined && address !== undefined && URL.canParse(base, address) ? new URL(base, address).href : base;
  return URL.canParse(link, root) ? new URL(link, root).href : link;
}

/** The line of the next place that holds a text; the line before where it is written in another form. */
function lineFinder(text: string): (needle: string) => number {
  const lineAt = lineCounter(text);
  let from = 0;
  return (needle) => {
    const found = text.indexOf(needle, from);
    if (found !== -1) from = found;
    return lineAt(from);
  };
}

function problem(message: string): ListContent {
  return { rows: [{ kind: 'problem', line: 1, message }] };
}
