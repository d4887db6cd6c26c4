/** Feeds, sitemaps and subscription lists as people reported them to other readers. */

import { expect, test } from 'vitest';
import { findFeed } from '../../../src/stages/list/kinds/feed-link.ts';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const ONE = 'https://site.example/one';
const TWO = 'https://site.example/two';
const FEED = 'https://site.example/blog/feed.xml';

async function read(text: string, name = FEED) {
  const isWeb = name.startsWith('https:');
  const list = await parseList(
    { name, text, ...(isWeb ? { address: name } : {}) },
    { priority: 'medium', keywords: [], ...(isWeb ? { inherited: { feed: true } } : { baseDir: '/lists' }) },
  );
  return {
    urls: list.entries.map(({ url }) => url),
    lists: list.lists.map(({ url }) => url),
    facts: list.entries.map((entry) => list.facts.get(entry) ?? {}),
    problems: list.problems.map(({ message }) => message),
    notes: list.notes,
  };
}

const rss = (items: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>${head}${items}</channel></rss>`;
const item = (inner: string, link = ONE) => `<item><title>One</title><link>${link}</link>${inner}</item>`;
const atom = (entries: string) =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>${entries}</feed>`;
const urlset = (urls: string) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`;

test.each<readonly [string, string, readonly string[]]>([
  ['escaped twice in a feed', rss(item('', `${ONE}?a=1&amp;amp;b=2`)), [`${ONE}?a=1&b=2`]],
  ['escaped twice as WordPress does', rss(item('', `${ONE}?a=1&amp;#038;b=2`)), [`${ONE}?a=1&b=2`]],
  ['escaped in CDATA of a feed', rss(item('', `<![CDATA[${ONE}?a=1&amp;b=2&amp;c=3]]>`)), [`${ONE}?a=1&b=2&c=3`]],
  ['escaped twice in Atom', atom(`<entry><link href="${ONE}?a=1&amp;amp;b=2"/></entry>`), [`${ONE}?a=1&b=2`]],
  ['escaped twice in a sitemap', urlset(`<url><loc>${ONE}?a=1&amp;amp;b=2</loc></url>`), [`${ONE}?a=1&b=2`]],
  ['escaped in CDATA of a sitemap', urlset(`<url><loc><![CDATA[${ONE}?a=1&amp;b=2]]></loc></url>`), [`${ONE}?a=1&b=2`]],
  ['of another host that is called www', rss(item('', 'www.other.example/one')), ['https://www.other.example/one']],
  ['of the own host in a sitemap', urlset('<url><loc>site.example/one</loc></url>'), [ONE]],
  ['of the own host with www', urlset('<url><loc>www.site.example/one</loc></url>'), ['https://www.site.example/one']],
  ['of a folder with a dot', urlset('<url><loc>v1.2/one</loc></url>'), ['https://site.example/blog/v1.2/one']],
  [
    'behind an image without its own element',
    urlset(`<url><image:loc>https://i.example/a.png</image:loc><loc>${ONE}</loc></url>`),
    [ONE],
  ],
  [
    'in front of such an image',
    urlset(`<url><loc>${ONE}</loc><image:loc>https://i.example/a.png</image:loc></url>`),
    [ONE],
  ],
  ['with two schemes', rss(item('', 'http://https://site.example/one')), [ONE]],
  [
    'with two schemes in a sitemap',
    urlset('<url><loc>https://http://site.example/one</loc></url>'),
    ['http://site.example/one'],
  ],
  ['without its colon', rss(item('', 'https//site.example/one')), [ONE]],
  ['with one slash', urlset('<url><loc>https:/site.example/one</loc></url>'), [ONE]],
  ['with a mistyped scheme', rss(item('', 'htps://site.example/one')), [ONE]],
  [
    'in the language of the feed',
    atom(
      `<entry><link rel="alternate" hreflang="en" href="https://site.example/en"/><link rel="alternate" hreflang="de-AT" href="${ONE}"/></entry>`,
    ).replace('<feed ', '<feed xml:lang="de" '),
    [ONE],
  ],
  ['as text of a link in Atom', atom(`<entry><link>${ONE}</link></entry>`), [ONE]],
  [
    'as text of a link beside an enclosure',
    atom(`<entry><link rel="enclosure">https://i.example/a.mp3</link><link rel="alternate">${ONE}</link></entry>`),
    [ONE],
  ],
])('an address %s', async (_, text, urls) => {
  expect(await read(text)).toMatchObject({ urls, problems: [] });
});

test.each<readonly [string, string]>([
  ['N/A in all items', rss(`${item('<guid>N/A</guid>', 'N/A')}${item('<guid>N/A</guid>', 'N/A')}${item('')}`)],
  ['the feed itself', rss(`${item('', '#')}${item('')}`)],
  ['the feed itself, written out', rss(`${item('', FEED)}${item('')}`)],
  [
    'the feed itself, in Atom',
    atom(`<entry><link href=""/><id>tag:a</id></entry><entry><link href="${ONE}"/></entry>`),
  ],
  [
    'the home page',
    rss(
      `${item('', 'https://site.example/')}${item('', 'https://site.example')}${item('')}`,
      '<link>https://site.example</link>',
    ),
  ],
  [
    'the page of the podcast',
    rss(
      `${item('', 'https://site.example/show')}${item('', 'https://site.example/show')}${item('')}`,
      '<link>https://site.example/show</link>',
    ),
  ],
])('an item whose link is %s has no page of its own', async (_, text) => {
  const { urls, notes } = await read(text);

  expect(urls).toEqual([ONE]);
  expect(notes).toEqual([expect.stringMatching(/^left out, because the feed gives no address: \d items?$/)]);
});

test.each<readonly [string, string]>([
  [
    'of one page with places in it',
    rss([1, 2].map((n) => item(`<guid>${n}</guid>`, `${ONE}#v${n}`)).join(''), '<link>https://site.example/</link>'),
  ],
  ['with one item, about its own page', rss(item(''), `<link>${ONE}</link>`)],
])('a feed %s keeps its items', async (_, text) => {
  expect(new Set((await read(text)).urls)).toEqual(new Set([ONE]));
});

test.each([
  ['markup', '<br />\n<b>Warning</b>: x in <b>/x.php</b> on line <b>3</b><br />\n'],
  ['words', 'PHP Notice:  Undefined index: a in /var/www/x.php on line 3\n'],
  ['a comment', '<!-- cached by a plugin -->\n'],
  ['blank lines', '\n\n'],
])('%s in front of a feed without a declaration spoil nothing', async (_, before) => {
  const text = rss(item('')).replace('<?xml version="1.0"?>', '');

  expect(await read(before + text)).toMatchObject({ urls: [ONE], problems: [] });
});

test.each([
  ['Thu, 30 Apr 2015 08:57:00 MEST', '2015-04-30T06:57:00.000Z'],
  ['Sat, 29 Jul 2017 00:00:00 CEST', '2017-07-28T22:00:00.000Z'],
  ['Mon, 04 Dec 2023 10:25:00 CET', '2023-12-04T09:25:00.000Z'],
  ['Do, 05 Jan 2023 10:00:00 MEZ', '2023-01-05T09:00:00.000Z'],
  ['Mon, 04 Dec 2023 10:25:00 KST', '2023-12-04T01:25:00.000Z'],
  ['Mon, 04 Dec 2023 10:25:00 JST', '2023-12-04T01:25:00.000Z'],
  ['Mon, 04 Dec 2023 10:25:00 AEDT', '2023-12-03T23:25:00.000Z'],
  ['Mon, 04 Dec 2023 10:25:00 NZDT', '2023-12-03T21:25:00.000Z'],
  ['2023-12-04 10:25 MSK', '2023-12-04T07:25:00.000Z'],
  ['Mon, 04 Dec 2023 10:25:00 EEST', '2023-12-04T07:25:00.000Z'],
  ['Fri, 15 Jul 2016 12:24 EDT', '2016-07-15T16:24:00.000Z'],
  ['Thu, 01 Jan 1970 00:00:00 +0000', undefined],
  ['1970-01-01T01:00:00+01:00', undefined],
  ['Mon, 01 Jan 0001 00:00:00 GMT', undefined],
])('an item of %s is of %s', async (date, iso) => {
  expect((await read(rss(item(`<pubDate>${date}</pubDate>`)))).facts[0]?.publishedAt).toBe(iso);
});

test.each<readonly [string, string, string]>([
  ['escaped twice', rss(item('').replace('One', 'Tom &amp;amp; Jerry&amp;#8217;s')), 'Tom & Jerry’s'],
  ['markup in CDATA', rss(item('').replace('One', '<![CDATA[<b>Bold</b> &amp; more]]>')), 'Bold & more'],
  [
    'HTML in Atom',
    atom(`<entry><title type="html">&lt;i&gt;A&lt;/i&gt; &amp;amp; B</title><link href="${ONE}"/></entry>`),
    'A & B',
  ],
  [
    'XHTML in Atom',
    atom(
      `<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <em>&amp;</em> B</div></title><link href="${ONE}"/></entry>`,
    ),
    'A & B',
  ],
  ['a comparison', rss(item('').replace('One', 'a &lt; b and b &gt; c')), 'a < b and b > c'],
  [
    'the name of a tag',
    atom(`<entry><title>The &lt;dialog&gt; element</title><link href="${ONE}"/></entry>`),
    'The <dialog> element',
  ],
])('a title with %s', async (_, text, title) => {
  expect((await read(text)).facts[0]?.title).toBe(title);
});

test('a JSON feed with a comma behind its last member is read', async () => {
  const text = `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","url":"${ONE}",},]}`;

  expect(await read(text)).toMatchObject({ urls: [ONE], problems: [] });
});

test('a page of a news sitemap is of the date of its news, where it has no other', async () => {
  const news = '<n:news><n:publication_date>2024-05-01</n:publication_date><n:title>T</n:title></n:news>';
  const { facts } = await read(
    urlset(`<url><loc>${ONE}</loc>${news}</url><url><loc>${TWO}</loc>${news}<lastmod>2024-06-01</lastmod></url>`),
  );

  expect(facts).toEqual([{ publishedAt: '2024-05-01' }, { modifiedAt: '2024-06-01' }]);
});

const opml = (body: string) => `<?xml version="1.0"?><opml version="2.0"><body>${body}</body></opml>`;
test.each<readonly [string, string, readonly string[], readonly string[]]>([
  [
    'the scheme of feeds',
    opml('<outline xmlUrl="feed://t.example/feed"/><outline xmlUrl="feed:https://t.example/b"/>'),
    [],
    ['http://t.example/feed', 'https://t.example/b'],
  ],
  ['the scheme of podcasts', opml('<outline xmlUrl="itpc://t.example/feed"/>'), [], ['http://t.example/feed']],
  [
    'an address without a type',
    opml(`<outline text="A" url="https://t.example/feed"/><outline text="B" url="${ONE}"/>`),
    [ONE],
    ['https://t.example/feed'],
  ],
  [
    'links in the text of an outliner',
    opml(
      `<outline text="Read"><outline text="&lt;a href=&quot;${ONE}&quot;&gt;One&lt;/a&gt;"/><outline text="${TWO}" _note="later"/></outline>`,
    ),
    [ONE, TWO],
    [],
  ],
  [
    'a note with the address',
    opml(`<outline text="One" _note="${ONE}"/><outline text="Two" _note="see ${TWO}."/>`),
    [ONE, TWO],
    [],
  ],
])('OPML with %s', async (_, text, urls, lists) => {
  expect(await read(text, 'export.opml')).toMatchObject({ urls, lists, problems: [] });
});

test.each<readonly [string, string, string]>([
  [
    'Pinboard',
    'pinboard.xml',
    `<?xml version="1.0"?>\n<posts user="a">\n<post href="${ONE}" time="2018-11-19T08:38:53Z" description="x"/>\n<post href="${TWO}" description="u" /></posts>`,
  ],
  [
    'XBEL',
    'bookmarks.xbel',
    `<?xml version="1.0"?><!DOCTYPE xbel PUBLIC "+//IDN python.org//DTD XML Bookmark Exchange Language 1.0//EN//XML" "http://www.python.org/topics/xml/dtds/xbel-1.0.dtd"><xbel version="1.0"><folder><title>F</title><bookmark href="${ONE}"><title>One</title></bookmark><bookmark href="${TWO}"/></folder></xbel>`,
  ],
  [
    'elements of a name',
    'urls.xml',
    `<?xml version="1.0"?><links xmlns:x="https://ns.example/x"><link><url>${ONE}</url><title>One</title></link><link><url>${TWO}</url></link></links>`,
  ],
  ['lines of a sitemap', 'locs.txt', `<loc>${ONE}</loc>\n<loc>${TWO}</loc>\n`],
  ['lines of urls of a sitemap', 'locs.txt', `<url><loc>${ONE}</loc></url>\n<url><loc>${TWO}</loc></url>\n`],
])('the addresses of %s in XML', async (_, name, text) => {
  expect(await read(text, name)).toMatchObject({ urls: [ONE, TWO], problems: [] });
});

const PAGE = 'https://site.example/blog/';
const RSS = 'rel="alternate" type="application/rss+xml"';
test.each<readonly [string, string, string | undefined]>([
  [
    'a type of XML and a title',
    '<link rel="alternate" type="text/xml" title="RSS" href="/posts">',
    'https://site.example/posts',
  ],
  ['a type of XML', '<link rel="alternate" type="application/xml" href="/posts">', 'https://site.example/posts'],
  ['rel="feed"', '<link rel="feed" href="/feed">', 'https://site.example/feed'],
  [
    'two words in rel',
    '<link rel="feed alternate" type="application/rss+xml" href="/feed">',
    'https://site.example/feed',
  ],
  [
    'a charset in its type',
    '<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/feed">',
    'https://site.example/feed',
  ],
  [
    'the scheme of feeds',
    `<link ${RSS} href="feed:https://site.example/a"><link ${RSS} href="feed://site.example/b">`,
    'https://site.example/a',
  ],
  [
    'an address that is none in front',
    `<link ${RSS} href="http://"><link ${RSS} href="feed:x"><link ${RSS} href="/feed">`,
    'https://site.example/feed',
  ],
  [
    'interfaces of programs in front',
    `<link rel="alternate" type="application/json+oembed" href="/oembed?url=x"><link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2"><link rel="alternate" type="application/json" title="JSON" href="/api/page.json"><link ${RSS} href="/feed">`,
    'https://site.example/feed',
  ],
  [
    'a JSON feed alone',
    '<link rel="alternate" type="application/json" href="/feed.json">',
    'https://site.example/feed.json',
  ],
  ['nothing but JSON of the page', '<link rel="alternate" type="application/json" href="/api/page.json">', undefined],
  [
    'comments first, in Spanish',
    `<link ${RSS} title="Comentarios" href="/c"><link ${RSS} title="Blog" href="/b">`,
    'https://site.example/b',
  ],
  ['comments only', `<link ${RSS} href="/comments/feed">`, 'https://site.example/comments/feed'],
  [
    'comments in the head and a link in the text',
    `<link ${RSS} href="/comments/feed"><a href="/feed/">RSS</a>`,
    'https://site.example/feed/',
  ],
  [
    'a link in the text with its type',
    '<a rel="alternate" type="application/rss+xml" href="/posts">RSS</a>',
    'https://site.example/posts',
  ],
  [
    'a link in the text',
    '<a href="https://social.example/feed">x</a><a href="/sitemap.xml">Map</a><a href="/index.xml">RSS</a>',
    'https://site.example/index.xml',
  ],
  ['another language of the page', '<link rel="alternate" hreflang="de" href="/de/"><a href="/about">x</a>', undefined],
])('a page announces its feed by %s', (_, html, url) => {
  expect(findFeed(`<html><head>${html}</head><body>x</body></html>`, PAGE)).toBe(url);
});
