import { type CheerioAPI, load } from 'cheerio/slim';
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
  readonly isInHead: boolean;
}

/**
 * The address of the feed that a page announces: by a `link` of a feed's type, of a general type and a name of feeds, or by `rel="feed"`; else by a
 * link in its text that says or looks so. Feeds of comments come last, interfaces of programs are none.
 */
export function findFeed(html: string, address: string): string | undefined {
  const $ = load(html.slice(0, MAX_CHARS), { xml: { xmlMode: false, decodeEntities: true } });
  const links = linksOf($, address).filter(({ url, type }) => !/\/wp-json\/|\boembed\b/.test(`${url} ${type}`));
  const ranks: readonly ((link: Link) => boolean)[] = [
    ({ rel, type, isInHead }) => isInHead && rel.has('alternate') && FEED_TYPE.test(type),
    ({ rel, type, words, url }) => rel.has('alternate') && GENERAL_TYPE.test(type) && namesFeed(url, words),
    ({ rel, type }) => rel.has('feed') && (type === '' || FEED_TYPE.test(type) || GENERAL_TYPE.test(type)),
    ({ type }) => FEED_TYPE.test(type),
    ({ rel, type, isInHead }) => isInHead && rel.has('alternate') && /\bxml$/.test(type) && GENERAL_TYPE.test(type),
    ({ url, isInHead }) => !isInHead && looksLikeList(url) && !/sitemap|opml/i.test(url) && isSameSite(url, address),
  ];
  const isOfComments = ({ words }: Link) => /\bcom(?:ment|entario|mentaire)s?\b|댓글|コメント|评论/i.test(words);
  for (const wanted of [links.filter((link) => !isOfComments(link)), links]) {
    const found = ranks.map((rank) => wanted.find(rank)).find((link) => link !== undefined);
    if (found !== undefined) return found.url;
  }
  return undefined;
}

function linksOf($: CheerioAPI, address: string): readonly Link[] {
  const base = $('base[href]').first().attr('href') ?? '';
  const root = URL.canParse(base, address) ? new URL(base, address).href : address;
  return $('link[href], a[href]')
    .toArray()
    .flatMap(({ name, attribs: { href = '', rel = '', type = '', title = '' } }) => {
      const target = tidyAddress(href);
      if (target === '' || !URL.canParse(target, root)) return [];
      const url = new URL(target, root).href;
      return isWebAddress(url)
        ? [
            {
              url,
              rel: new Set(rel.toLowerCase().split(/\s+/)),
              type: (type.split(';', 1)[0] ?? '').trim().toLowerCase(),
              words: `${href} ${title}`,
              isInHead: name === 'link',
            },
          ]
        : [];
    });
}

function namesFeed(url: string, words: string): boolean {
  return looksLikeList(url) || /\b(?:rss|atom|feeds?)\b/i.test(words);
}

function isSameSite(url: string, address: string): boolean {
  const bare = (text: string) => new URL(text).host.replace(/^www\./, '');
  return bare(url) === bare(address);
}
