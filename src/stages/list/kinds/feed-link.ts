import { type CheerioAPI, load } from 'cheerio/slim';
import { readLinkHeader, relationsOf } from '../../../util/net/link-header.ts';
import { looksLikeList } from '../addresses/looks-like-list.ts';
import { isWebAddress, tidyAddress } from '../addresses/tidy-address.ts';

const MAX_CHARS = 1_048_576;
const FEED_TYPE = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$/;
/** Types that servers give to feeds, and to much else. */
const GENERAL_TYPE = /^(?:application|text)\/(?:xml|json)$/;

interface Link {
  readonly url: string;
  readonly rel: ReadonlySet<string>;
  readonly type: string;
  /** Address and title, as they tell what a feed is of. */
  readonly words: string;
  /** Its text, of a link in the text of the page. */
  readonly label: string;
  readonly isInHead: boolean;
}

/**
 * The address of the feed that a page announces, in its `Link` header or in its text: by a `link` of a feed's type, of a general type and a name
 * of feeds, or by `rel="feed"`; else by a link in its text that says or looks so. Feeds of comments and sitemaps come last, interfaces of programs
 * and documents of one entry are none.
 */
export function findFeed(html: string, address: string, header?: string): string | undefined {
  const $ = load(html.slice(0, MAX_CHARS), { xml: { xmlMode: false, decodeEntities: true } });
  const links = [...headerLinks(header, address), ...linksOf($, address)].filter(
    ({ url, type }) => !/\/wp-json\/|\boembed\b|;\s{0,9}type="?entry\b/.test(`${url} ${type}`),
  );
  const ranks: readonly ((link: Link) => boolean)[] = [
    ({ rel, type, isInHead }) => isInHead && rel.has('alternate') && FEED_TYPE.test(type),
    ({ rel, type, words, url }) => rel.has('alternate') && GENERAL_TYPE.test(type) && namesFeed(url, words),
    ({ rel, type }) => rel.has('feed') && (type === '' || FEED_TYPE.test(type) || GENERAL_TYPE.test(type)),
    ({ type }) => FEED_TYPE.test(type),
    ({ rel, type, isInHead }) => isInHead && rel.has('alternate') && /\bxml$/.test(type) && GENERAL_TYPE.test(type),
    ({ rel, type, words, url, isInHead }) => isInHead && rel.has('') && type === '' && namesFeed(url, words),
    ({ url, isInHead }) => !isInHead && looksLikeList(url) && !/opml/i.test(url) && isSameSite(url, address),
    ({ label, isInHead }) => !isInHead && isFeedLabel(label),
  ];
  const isSecond = ({ url, words }: Link) => OF_COMMENTS.test(words) || /sitemap/i.test(url);
  for (const wanted of [links.filter((link) => !isSecond(link)), links]) {
    const found = ranks.map((rank) => wanted.find(rank)).find((link) => link !== undefined);
    if (found !== undefined) return found.url;
  }
  return undefined;
}

const OF_COMMENTS = /\bcom(?:ment|entario|mentaire)s?\b|댓글|コメント|评论/i;
const MOST_WORDS = 5;

/** The text of a link that is there for its feed: the name of a format, and few words beside it. */
function isFeedLabel(label: string): boolean {
  const words = label.toLowerCase().split(/[\s-]/);
  return words.length <= MOST_WORDS && words.some((word) => word === 'rss' || word === 'atom');
}

function headerLinks(header: string | undefined, address: string): readonly Link[] {
  return readLinkHeader(header).flatMap((link) => {
    const { href, params } = link;
    const type = params.get('type') ?? '';
    return linkFrom({ href, root: address, rel: [...relationsOf(link)].join(' '), type, title: params.get('title') });
  });
}

function linksOf($: CheerioAPI, address: string): readonly Link[] {
  const base = $('base[href]').first().attr('href') ?? '';
  const root = URL.canParse(base, address) ? new URL(base, address).href : address;
  return $('link[href], a[href]')
    .toArray()
    .flatMap((element) => {
      const { href = '', rel = '', type = '', title } = element.attribs;
      if (element.name === 'link') return linkFrom({ href, root, rel, type, title });
      const pictures = $(element).find('img[alt]').toArray();
      const label = [$(element).text(), ...pictures.map(({ attribs }) => attribs['alt'])].join(' ');
      return linkFrom({ href, root, rel, type, title, label });
    });
}

interface WrittenLink {
  readonly href: string;
  /** Address that it is relative to. */
  readonly root: string;
  readonly rel: string;
  readonly type: string;
  readonly title: string | undefined;
  /** Its text, where it is a link in the text of the page. */
  readonly label?: string;
}

function linkFrom({ href, root, rel, type, title = '', label }: WrittenLink): readonly Link[] {
  const target = tidyAddress(href);
  if (target === '' || !URL.canParse(target, root)) return [];
  const url = new URL(target, root).href;
  if (!isWebAddress(url)) return [];
  return [
    {
      url,
      rel: new Set(rel.trim().toLowerCase().split(/\s+/)),
      type: typeOf(type),
      words: `${href} ${title}`,
      label: (label ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_LABEL),
      isInHead: label === undefined,
    },
  ];
}

const MAX_LABEL = 100;

/** The type without parameters but the one that tells an entry from a feed (RFC 5023 §12.1). */
function typeOf(written: string): string {
  const type = written.trim().toLowerCase();
  return /;\s*type="?entry\b/.test(type) ? type : (type.split(';', 1)[0] ?? '').trim();
}

function namesFeed(url: string, words: string): boolean {
  return looksLikeList(url) || /\b(?:rss|atom|feeds?)\b/i.test(words);
}

function isSameSite(url: string, address: string): boolean {
  const bare = (text: string) => new URL(text).host.replace(/^www\./, '');
  return bare(url) === bare(address);
}
