import { expect, test } from 'vitest';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';

const ADDRESS = 'https://site.example/blog/feed.xml';

async function read(text: string, address = ADDRESS) {
  const list = await parseList(
    { name: address, text, address },
    { priority: 'medium', keywords: [], inherited: { feed: true } },
  );
  return {
    kind: list.kind,
    urls: list.entries.map(({ url }) => url),
    facts: list.entries.map((entry) => list.facts.get(entry) ?? {}),
    problems: list.problems.map(({ message }) => message),
    notes: list.notes,
    intervalMs: list.intervalMs,
  };
}

const rss = (items: string, head = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>T</title>${head}${items}</channel></rss>`;
const item = (inner: string) => `<item><title>One</title><link>https://site.example/one</link>${inner}</item>`;
const atom = (entries: string, attributes = '') =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"${attributes}><title>T</title>${entries}</feed>`;
const ONE = 'https://site.example/one';
const TWO = 'https://site.example/two';

test.each<readonly [string, string, readonly string[]]>([
  [
    'RSS 0.91 with its document type',
    `<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>T</title><item><title>One</title><link>${ONE}</link></item></channel></rss>`,
    [ONE],
  ],
  ['RSS 0.92 without a version', `<rss><channel><title>T</title>${item('')}</channel></rss>`, [ONE]],
  [
    'RSS 0.90 (RDF of Netscape)',
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>T</title></channel><item><title>One</title><link>${ONE}</link></item></rdf:RDF>`,
    [ONE],
  ],
  [
    'RSS 1.0 with prefixed elements',
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rss="http://purl.org/rss/1.0/"><rss:channel rdf:about="x"><rss:title>T</rss:title></rss:channel><rss:item rdf:about="${ONE}"><rss:title>One</rss:title><rss:link>${ONE}</rss:link></rss:item></rdf:RDF>`,
    [ONE],
  ],
  [
    'RSS 2.0 whose items stand beside the channel',
    `<rss version="2.0"><channel><title>T</title></channel>${item('')}</rss>`,
    [ONE],
  ],
  [
    'Atom 0.3',
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><title>One</title><link rel="alternate" type="text/html" href="${ONE}"/><issued>2004-01-01T00:00:00Z</issued></entry></feed>`,
    [ONE],
  ],
  ['Atom without a namespace', `<feed><title>T</title><entry><link href="${ONE}"/></entry></feed>`, [ONE]],
  [
    'JSON Feed 1.0',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1',
      title: 'T',
      items: [{ id: '1', url: ONE, content_text: 'x', author: { name: 'A' } }],
    }),
    [ONE],
  ],
  [
    'JSON Feed whose ids are numbers',
    JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ id: 7, url: ONE }] }),
    [ONE],
  ],
  [
    'JSON Feed with the version last',
    `{"title":"T","items":[{"id":"1","url":"${ONE}"}],"version":"https://jsonfeed.org/version/1.1"}`,
    [ONE],
  ],
  [
    'upper-case elements',
    `<RSS VERSION="2.0"><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>One</TITLE><LINK>${ONE}</LINK></ITEM></CHANNEL></RSS>`,
    [ONE],
  ],
  ['white space before the declaration', `\n\n  ${rss(item(''))}`, [ONE]],
  [
    'a comment and a style sheet before the root',
    `<?xml version="1.0"?><?xml-stylesheet href="/x.xsl"?><!-- by\na plugin --><rss version="2.0"><channel>${item('')}</channel></rss>`,
    [ONE],
  ],
  [
    'a PHP warning before the declaration',
    `<br />\n<b>Warning</b>:  Undefined variable $x in <b>/var/www/wp-content/plugins/x.php</b> on line <b>3</b><br />\n${rss(item(''))}`,
    [ONE],
  ],
  [
    'markup of a plugin behind the root',
    `${rss(item(''))}\n<!-- Dynamic page generated in 0.3 seconds. --><script>track()</script>`,
    [ONE],
  ],
])('%s is read', async (_, text, urls) => {
  const feed = await read(text);

  expect([feed.kind, feed.problems]).toEqual(['feed', []]);
  expect(feed.urls).toEqual(urls);
});

test.each<readonly [string, string, readonly string[]]>([
  ['a bare ampersand in an address', rss(`<item><link>${ONE}?a=1&b=2</link></item>`), [`${ONE}?a=1&b=2`]],
  ['an escaped ampersand in an address', rss(`<item><link>${ONE}?a=1&amp;b=2</link></item>`), [`${ONE}?a=1&b=2`]],
  ['CDATA around an address', rss(`<item><link><![CDATA[${ONE}?a=1&b=2]]></link></item>`), [`${ONE}?a=1&b=2`]],
  ['line breaks around an address', rss(`<item><link>\n      ${ONE}\n    </link></item>`), [ONE]],
  [
    'entities of HTML that XML does not know',
    rss(`<item><title>Caf&eacute;&nbsp;&hellip;</title><link>${ONE}</link></item>`),
    [ONE],
  ],
  ['an ampersand followed by a letter', rss(`<item><title>D&D and R&B</title><link>${ONE}</link></item>`), [ONE]],
  ['control characters', rss(`<item><title>a\u0008b\u001ec\u0013</title><link>${ONE}</link></item>`), [ONE]],
  [
    'an unclosed element in the description',
    rss(`<item><link>${ONE}</link><description><p>a<br>b</description></item><item><link>${TWO}</link></item>`),
    [ONE, TWO],
  ],
  ['a less-than sign in a title', rss(`<item><title>a < b</title><link>${ONE}</link></item>`), [ONE]],
  [
    'a link with an attribute and no text beside one with text',
    rss(
      `<item><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://site.example/self"/><link>${ONE}</link></item>`,
    ),
    [ONE],
  ],
  ['a link as an attribute, as in Atom', rss(`<item><title>One</title><link href="${ONE}"/></item>`), [ONE]],
  ['two links, the first empty', rss(`<item><link></link><link>${ONE}</link></item>`), [ONE]],
  ['only a guid that is an address', rss(`<item><guid>${ONE}</guid></item>`), [ONE]],
  ['only a guid that says it is a permalink', rss(`<item><guid isPermaLink="true">${ONE}</guid></item>`), [ONE]],
  ['an address without a scheme', rss('<item><link>//site.example/one</link></item>'), [ONE]],
  ['an address from the root', rss('<item><link>/one</link></item>', '<link>https://site.example/</link>'), [ONE]],
  ['an address relative to the feed', rss('<item><link>one</link></item>'), ['https://site.example/blog/one']],
  [
    'an address without a scheme and slashes',
    rss('<item><link>www.site.example/one</link></item>', '<link>https://www.site.example/</link>'),
    ['https://www.site.example/one'],
  ],
  [
    'a feed whose own link is one of another host',
    rss('<item><link>/one</link></item>', '<link>https://other.example/</link>'),
    ['https://other.example/one'],
  ],
  ['an address with spaces', rss(`<item><link>${ONE} two</link></item>`), [`${ONE}%20two`]],
  [
    'FeedBurner’s original address',
    rss(
      `<item><link>https://feeds.feedburner.com/~r/x/~3/abc/</link><feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">${ONE}</feedburner:origLink></item>`,
    ),
    [ONE],
  ],
  ['an item without any address', rss(`<item><title>a</title></item><item><link>${ONE}</link></item>`), [ONE]],
  [
    'a podcast with only an enclosure',
    rss(
      `<item><title>E</title><enclosure url="https://cdn.example/e1.mp3" type="audio/mpeg" length="1"/></item><item><link>${ONE}</link></item>`,
    ),
    [ONE],
  ],
  [
    'an item cut off at the end',
    `${rss(item('')).split('</channel>')[0]}<item><title>Two</title><link>https://site.exam`,
    [ONE],
  ],
])('RSS with %s gives the addresses', async (_, text, urls) => {
  expect((await read(text)).urls).toEqual(urls);
});

test.each<readonly [string, string, readonly string[]]>([
  ['xml:base of the feed', atom('<entry><link href="one"/></entry>', ' xml:base="https://site.example/"'), [ONE]],
  [
    'xml:base of the entry, relative to the feed',
    atom('<entry xml:base="When/2020/"><link href="one"/></entry>'),
    ['https://site.example/blog/When/2020/one'],
  ],
  [
    'xml:base of the entry, relative to that of the feed',
    atom('<entry xml:base="b/"><link href="one"/></entry>', ' xml:base="https://site.example/a/"'),
    ['https://site.example/a/b/one'],
  ],
  [
    'a link of comments first',
    atom(
      `<entry><link rel="replies" href="https://site.example/one#c"/><link rel="self" href="https://site.example/api/1"/><link rel="alternate" href="${ONE}"/></entry>`,
    ),
    [ONE],
  ],
  [
    'an enclosure and no type',
    atom(
      `<entry><link rel="enclosure" type="audio/mpeg" href="https://site.example/a.mp3"/><link href="${ONE}"/></entry>`,
    ),
    [ONE],
  ],
  [
    'rel as the full address of IANA',
    atom(`<entry><link rel="http://www.iana.org/assignments/relation/alternate" href="${ONE}"/></entry>`),
    [ONE],
  ],
  ['upper-case rel', atom(`<entry><link rel="Alternate" type="TEXT/HTML" href="${ONE}"/></entry>`), [ONE]],
  ['an id that is the address', atom(`<entry><id>${ONE}</id></entry>`), [ONE]],
  [
    'a YouTube channel',
    `<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id=UC1"/><id>yt:channel:UC1</id><title>C</title><entry><id>yt:video:abc</id><yt:videoId>abc</yt:videoId><title>V</title><link rel="alternate" href="https://www.youtube.com/watch?v=abc"/><media:group><media:title>V</media:title></media:group></entry></feed>`,
    ['https://www.youtube.com/watch?v=abc'],
  ],
  [
    'Blogger with a feed of its own for each post',
    atom(
      `<entry><id>tag:blogger.com,1999:blog-1.post-2</id><link rel="edit" type="application/atom+xml" href="https://www.blogger.com/feeds/1/posts/default/2"/><link rel="self" type="application/atom+xml" href="https://www.blogger.com/feeds/1/posts/default/2"/><link rel="alternate" type="text/html" href="${ONE}" title="One"/></entry>`,
    ),
    [ONE],
  ],
  [
    'a prefix for every element',
    `<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:title>T</atom:title><atom:entry><atom:link href="${ONE}"/></atom:entry></atom:feed>`,
    [ONE],
  ],
])('Atom with %s gives the address', async (_, text, urls) => {
  expect((await read(text)).urls).toEqual(urls);
});

test.each([
  ['Tue, 18 Sept 2018 15:53:56 +0300', '2018-09-18T12:53:56.000Z'],
  ['Mon, May 25 2020 04:45:26 +0000', '2020-05-25T04:45:26.000Z'],
  ['2016/6/29 15:07:41', '2016-06-29T15:07:41.000Z'],
  ['WED,23 MAY 2012 02:23:01', '2012-05-23T02:23:01.000Z'],
  ['Sun, 15 Dec 2024 12:15 PM', '2024-12-15T12:15:00.000Z'],
  ['Fri, 26 Oct 2012 01:47:20 UTC', '2012-10-26T01:47:20.000Z'],
  ['Wed, 3 Jun 2020 15:20:44 PST', '2020-06-03T23:20:44.000Z'],
  ['Thu, 19 Jun 2014 17:00:00 Z', '2014-06-19T17:00:00.000Z'],
  ['Sun, 2 Oct 2022 12:11:52 +0200', '2022-10-02T10:11:52.000Z'],
  ['dom, 02 ott 2022 18:55:00 GMT', '2022-10-02T18:55:00.000Z', 'it-IT'],
  ['2 Jan 06 15:04 UT', '2006-01-02T15:04:00.000Z'],
  ['2026-05-01 10:00:00', '2026-05-01T10:00:00.000Z'],
  ['2026-05-01T10:00:00+0900', '2026-05-01T01:00:00.000Z'],
  ['2026-05-01T10:00:00.123456789Z', '2026-05-01T10:00:00.123Z'],
  ['20260501T100000Z', '2026-05-01T10:00:00.000Z'],
  ['2026년 5월 1일', '2026-05-01T00:00:00.000Z'],
  ['1 mai 2026', '2026-05-01T00:00:00.000Z', 'fr'],
  ['1. Mai 2026, 10:00 Uhr', '2026-05-01T10:00:00.000Z', 'de'],
  ['1 мая 2026 10:00', '2026-05-01T10:00:00.000Z', 'ru'],
  ['1 de mayo de 2026', '2026-05-01T00:00:00.000Z', 'es-MX'],
  ['2026.05.01', '2026-05-01T00:00:00.000Z'],
  ['Fri, 01 May 2026 10:00:00 KST', '2026-05-01T01:00:00.000Z'],
  ['Fri, 01 May 2026 10:00:00 CEST', '2026-05-01T08:00:00.000Z'],
  ['Fri, 01 May 2026 10:00:00 IST', '2026-05-01T10:00:00.000Z'],
  ['Fri, 01 May 2026 10:00:00 GMT+09:00', '2026-05-01T01:00:00.000Z'],
  ['Fri, 01 May 2026 10:00:00 +9:00', '2026-05-01T01:00:00.000Z'],
  ['1777629600', '2026-05-01T10:00:00.000Z'],
  ['Friday, May 1, 2026 - 10:00', '2026-05-01T10:00:00.000Z'],
  ['Issue 12', undefined],
  ['yesterday', undefined],
  ['0000-00-00 00:00:00', undefined],
  ['', undefined],
] as readonly (readonly [string, string | undefined, string?])[])(
  'the date %j of an item is %j',
  async (date, iso, language = 'en') => {
    const { facts } = await read(rss(item(`<pubDate>${date}</pubDate>`), `<language>${language}</language>`));

    expect(facts[0]?.publishedAt).toBe(iso);
  },
);

const NOVEMBER = '2019-11-02T10:00:00.000Z';

test.each<readonly [string, string]>([
  ['RSS dates in Atom', atom(`<entry><link href="${ONE}"/><pubDate>Sat, 02 Nov 2019 10:00:00 GMT</pubDate></entry>`)],
  [
    'Dublin Core in Atom',
    atom(
      `<entry><link href="${ONE}"/><dc:date>2019-11-02T10:00:00Z</dc:date></entry>`,
      ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ),
  ],
  ['Atom dates in RSS', rss(item('<published>2019-11-02T10:00:00Z</published>'))],
  ['a plain date in RSS', rss(item('<date>2019-11-02 10:00</date>'))],
  ['small letters', rss(item('<pubdate>Sat, 02 Nov 2019 10:00:00 GMT</pubdate>'))],
])('a date under the name of another dialect is read: %s', async (_name, text) => {
  expect((await read(text)).facts[0]).toMatchObject({ publishedAt: NOVEMBER });
});

test.each([
  ['2024-05', '2024-05-01T00:00:00.000Z'],
  ['2024', '2024-01-01T00:00:00.000Z'],
])('a month or a year alone orders items: %s', async (date, iso) => {
  const { facts } = await read(rss(item(`<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">${date}</dc:date>`)));
  expect(facts[0]).toMatchObject({ publishedAt: iso });
});

test.each<readonly [string, string]>([
  ['the link of Atom alone', `<item><atom:link href="${ONE}" rel="alternate"/></item>`],
  ['without rel', `<item><atom:link href="${ONE}"/></item>`],
  [
    'beside one to the item itself',
    `<item><atom:link rel="self" href="${TWO}"/><atom:link rel="alternate" href="${ONE}"/></item>`,
  ],
  ['behind an empty link', `<item><link/><atom:link rel="alternate" href="${ONE}"/><guid>${TWO}</guid></item>`],
])('RSS items may name their page as Atom does, with a prefix: %s', async (_name, one) => {
  const text = rss(one).replace('<rss ', '<rss xmlns:atom="http://www.w3.org/2005/Atom" ');
  expect(await read(text)).toMatchObject({ urls: [ONE] });
});

test.each<readonly [string, string]>([
  ['in a title', rss(item('').replace('One', 'O\0ne'))],
  ['in a description', rss(item('<description>a\0b\0\0c</description>'))],
  ['in Atom', atom(`<entry><title>\0</title><link href="${ONE}"/></entry>`)],
])('a NUL spoils no feed: %s', async (_name, text) => {
  expect(await read(text)).toMatchObject({ urls: [ONE], problems: [] });
});
