/** Thirty feeds, most of them hostile, that change between two looks. */

import { makeArticle } from './make-articles.ts';
import type { SiteHandler } from './test-site.ts';

export interface FeedItem {
  readonly path: string;
  readonly guid: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

type Feed = (items: readonly FeedItem[], url: (path: string) => string, round: number) => string;

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

/** The items of a feed, newest first. */
export function itemsOf(feed: number, count = 8): FeedItem[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `/post/${feed}/${count - index}`,
    guid: `tag:${feed}:${count - index}`,
    title: `Post ${count - index} of ${feed}`,
    at: START + (count - index) * DAY,
  }));
}

const date = (at: number) => new Date(at).toUTCString();
const rssItem = ({ title, guid, at }: FeedItem, link: string, extra = '') =>
  `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">${guid}</guid><pubDate>${date(at)}</pubDate>${extra}</item>`;
const rss = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>${head}${items}</channel></rss>`;
const plain: Feed = (items, url) => rss(items.map((item) => rssItem(item, url(item.path))).join('\n'));

export const FEEDS: Readonly<Record<string, Feed>> = {
  plain,
  atom: (items, url) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>${items.map(({ title, guid, at, path }) => `<entry><id>${guid}</id><title>${title}</title><link href="${url(path)}"/><updated>${new Date(at).toISOString()}</updated></entry>`).join('')}</feed>`,
  'atom, prefixed and relative': (items) =>
    `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>A</a:title>${items.map(({ guid, path }) => `<a:entry><a:id>${guid}</a:id><a:link href="${path}"/></a:entry>`).join('')}</a:feed>`,
  rdf: (items, url) =>
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>t</title></channel>${items.map(({ title, path }) => `<item rdf:about="${url(path)}"><title>${title}</title><link>${url(path)}</link></item>`).join('')}</rdf:RDF>`,
  'JSON Feed': (items, url) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      items: items.map(({ guid, path, at }) => ({
        id: guid,
        url: url(path),
        date_published: new Date(at).toISOString(),
      })),
    }),
  'without guids': (items, url) => plain(items, url, 0).replace(/<guid[\s\S]*?<\/guid>/g, ''),
  'guids that change': (items, url, round) =>
    plain(
      items.map((item) => ({ ...item, guid: `${item.guid}-${round}` })),
      url,
      round,
    ),
  'one guid for all': (items, url) =>
    plain(
      items.map((item) => ({ ...item, guid: 'https://home.example/' })),
      url,
      0,
    ),
  'dates that move': (items, url, round) =>
    plain(
      items.map((item) => ({ ...item, at: item.at + round * 30 * DAY })),
      url,
      round,
    ),
  'dates in the future': (items, url) =>
    plain(
      items.map((item) => ({ ...item, at: item.at + 3650 * DAY })),
      url,
      0,
    ),
  'no dates': (items, url) => plain(items, url, 0).replace(/<pubDate>[\s\S]*?<\/pubDate>/g, ''),
  'dates that are none': (items, url) =>
    plain(items, url, 0).replace(/<pubDate>[\s\S]*?<\/pubDate>/g, '<pubDate>soon, Issue 12</pubDate>'),
  'the order reversed': (items, url, round) => plain(round === 0 ? items : [...items].reverse(), url, round),
  'oldest first': (items, url) => plain([...items].reverse(), url, 0),
  'tracking parameters': (items, url, round) =>
    rss(
      items
        .map((item) =>
          rssItem({ ...item, guid: `${item.guid}?${round}` }, `${url(item.path)}?utm_source=rss&amp;utm_id=${round}`),
        )
        .join(''),
    ),
  'permalinks as guids only': (items, url) =>
    rss(items.map(({ path, title }) => `<item><title>${title}</title><guid>${url(path)}</guid></item>`).join('')),
  'entries twice': (items, url) => plain([...items, ...items], url, 0),
  'cut off': (items, url) => plain(items, url, 0).replace(/<\/channel><\/rss>$/, '<item><title>Ha'),
  'bare ampersands and unknown entities': (items, url) =>
    plain(items, url, 0).replace('A feed', 'A & B &nbsp; &bogus;'),
  'an entity bomb': (items, url) =>
    plain(items, url, 0)
      .replace(
        '<rss',
        `<!DOCTYPE r [${Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}]><rss`,
      )
      .replace('A feed', '&l9;'),
  '10 MB of one item': (items, url) =>
    rss(
      `${items.map((item) => rssItem(item, url(item.path))).join('')}<item><title>${'x'.repeat(10_000_000)}</title></item>`,
    ),
  'comments and white space in front': (items, url) => `\n\n<!-- generator -->\n${plain(items, url, 0)}`,
  'content in each item': (items, url) =>
    rss(
      items
        .map((item) =>
          rssItem(
            item,
            url(item.path),
            `<description><![CDATA[<p>${'Words. '.repeat(60)}${item.guid}</p>]]></description>`,
          ),
        )
        .join(''),
    ),
  'titles that steer': (items, url) =>
    plain(
      items.map((item) => ({ ...item, title: '::add-mask::&#27;[31m' })),
      url,
      0,
    ),
  'podcast enclosures': (items, url) =>
    rss(
      `${items.map((item) => rssItem(item, url(item.path), '<enclosure url="https://a.example/a.mp3" type="audio/mpeg" length="1"/>')).join('')}<item><title>Only sound</title><enclosure url="https://a.example/b.mp3" type="audio/mpeg" length="1"/></item>`,
    ),
  'links to files and scripts': (items, url) =>
    rss(
      `${items.map((item) => rssItem(item, url(item.path))).join('')}<item><link>file:///etc/passwd</link></item><item><link>javascript:alert(1)</link></item>`,
    ),
  'a short ttl': (items, url) => plain(items, url, 0).replace('</title>', '</title><ttl>0</ttl>'),
};

/** Answers each feed by its place, its posts, and a home page that announces feed 0. */
export function feedSite(options: { readonly round: () => number; readonly origin: () => string }): SiteHandler {
  const names = Object.keys(FEEDS);
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const [, kind, number = '0'] = pathname.split('/');
    const feed = Number(number);
    const url = (path: string) => `${options.origin()}${path}`;
    if (kind === 'post') {
      const seed = feed * 1000 + Number(pathname.split('/')[3] ?? 0);
      return response.writeHead(200, { 'content-type': 'text/html' }).end(makeArticle(seed));
    }
    const write = FEEDS[names[feed] ?? ''];
    if (kind !== 'feed' || write === undefined) return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(write(itemsOf(feed), url, options.round()));
  };
}
