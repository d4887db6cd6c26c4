/** Feeds whose items, links or announcements stand where other readers were reported to miss them. */

import { describe, expect, test } from 'vitest';
import { findFeed } from '../../../src/stages/list/kinds/feed-link.ts';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';
import { readLinkHeader, relationsOf } from '../../../src/util/net/link-header.ts';

const ONE = 'https://site.example/one';
const TWO = 'https://site.example/two';
const FEED = 'https://site.example/blog/feed.xml';

async function read(text: string, name = FEED) {
  const { entries, problems } = await parseList(
    { name, text, address: name },
    { priority: 'medium', keywords: [], inherited: { feed: true } },
  );
  return { urls: entries.map(({ url }) => url), problems: problems.map(({ message }) => message) };
}

const item = (link: string, inner = '') => `<item><title>One</title><link>${link}</link>${inner}</item>`;
const channel = (inner: string) => `<channel><title>T</title>${inner}</channel>`;
const rss = (inner: string) => `<?xml version="1.0"?><rss version="2.0">${inner}</rss>`;
const atom = (inner: string) =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>x</title>${inner}</entry></feed>`;
const rdf = (inner: string) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">${inner}</rdf:RDF>`;

test.each<readonly [string, string, readonly string[]]>([
  ['in a second channel', rss(channel(item(ONE)) + channel(item(TWO))), [ONE, TWO]],
  ['in the second channel only', rss(channel('') + channel(item(TWO))), [TWO]],
  ['behind the channel', rss(channel('') + item(ONE) + item(TWO)), [ONE, TWO]],
  ['in and behind the channel', rss(channel(item(ONE)) + item(TWO)), [ONE, TWO]],
  ['in front of the channel', rss(item(ONE) + channel(item(TWO))), [ONE, TWO]],
  ['without a channel around', rss(item(ONE)).replace('<item>', '<channel/><item>'), [ONE]],
  ['in an element of their own', rss(channel(`<items>${item(ONE)}${item(TWO)}</items>`)), [ONE, TWO]],
  ['in the channel of RSS 1.0', rdf(channel(item(ONE) + item(TWO))), [ONE, TWO]],
  ['in items that are not closed', rss(channel(item(ONE).replace('</item>', '') + item(TWO))), [ONE, TWO]],
  [
    'in a namespace of another dialect',
    rss(channel(item(ONE))).replace('2.0"', '2.0" xmlns="http://www.w3.org/2005/Atom"'),
    [ONE],
  ],
])('items %s are found', async (_, text, urls) => {
  expect(await read(text)).toEqual({ urls, problems: [] });
});

test('a second channel does not change the title or the home of the feed', async () => {
  const text = rss(
    `<channel><title>First</title><link>https://site.example/</link>${item('one')}</channel><channel><title>Second</title><link>https://other.example/</link></channel>`,
  );
  const list = await parseList({ name: FEED, text, address: FEED }, { priority: 'medium', keywords: [] });

  expect([list.title, list.entries[0]?.url]).toEqual(['First', ONE]);
});

test.each<readonly [string, string, string]>([
  ['broken over lines', rss(channel(item('https://site.example/\n      one'))), ONE],
  ['broken over lines in CDATA', rss(channel(item(`<![CDATA[\n  ${ONE}?a=1\n  &b=2\n]]>`))), `${ONE}?a=1&b=2`],
  ['as a link of HTML', rss(channel(item(`<![CDATA[<a href="${ONE}">One</a>]]>`))), ONE],
  ['behind one of another scheme, in RSS', rss(channel(item('mailto:a@site.example', `<guid>${ONE}</guid>`))), ONE],
  ['behind one of another scheme, in Atom', atom(`<link href="nostr:naddr1"/><link href="${ONE}"/>`), ONE],
  ['as a permanent identifier from the root', rss(channel('<item><guid isPermaLink="true">/one</guid></item>')), ONE],
  ['relative to a base of its own', atom('<link xml:base="https://site.example/x/" href="../one"/>'), ONE],
  ['relative to the base of its content', atom('<content xml:base="/x/" src="../one" type="text/html"/>'), ONE],
])('an address %s is read', async (_, text, url) => {
  expect(await read(text)).toEqual({ urls: [url], problems: [] });
});

describe('links through a service that counts clicks', () => {
  const links = (...all: readonly string[]) =>
    rss(channel(all.map((link) => item(link.replaceAll('&', '&amp;'))).join('')));

  test.each<readonly [string, string, readonly string[]]>([
    [
      'of an alert',
      atom('<link href="https://search.example/url?rct=j&amp;url=https://site.example/one&amp;ct=ga"/>'),
      [ONE],
    ],
    [
      'with escapes',
      links('https://search.example/news/apiclick.aspx?ref=x&url=https%3a%2f%2fsite.example%2fone%3Fa%3D1%26b%3D%252F'),
      [`${ONE}?a=1&b=%2F`],
    ],
    [
      'of any name, for several items',
      links(`https://n.example/go-on?to=${ONE}`, `https://n.example/go-on?to=${TWO}`),
      [ONE, TWO],
    ],
  ])('%s lead to their pages', async (_, text, urls) => {
    expect((await read(text)).urls).toEqual(urls);
  });

  test.each<readonly [string, readonly string[]]>([
    ['a page that names another', ['https://site.example/story?u=https%3A%2F%2Fother.example%2F']],
    [
      'pages that name one other',
      ['https://site.example/p?id=1&ref=https://t.example/', 'https://site.example/p?id=2&ref=https://t.example/'],
    ],
    [
      'pages of which one names another',
      ['https://site.example/p?id=1', 'https://site.example/p?id=2&ref=https://t.example/'],
    ],
    ['a redirect to a place of the same site', ['https://site.example/go?to=https://site.example/one']],
    ['a redirect to something else', ['https://site.example/go?to=mailto:a@b.example']],
  ])('%s stay as they are', async (_, urls) => {
    expect((await read(links(...urls))).urls).toEqual(urls);
  });
});

describe('the feed that a page announces', () => {
  const PAGE = 'https://site.example/blog/';
  const FOUND = 'https://site.example/rss';

  test.each<readonly [string, string, string | undefined]>([
    ['in a link without a relation', '<link href="/rss">', FOUND],
    ['in a link with a title only', '<link href="/news" title="RSS">', 'https://site.example/news'],
    [
      'behind an entry',
      '<link rel="alternate" type="application/atom+xml;type=entry" href="/e"><link rel="alternate" type="application/atom+xml" href="/rss">',
      FOUND,
    ],
    [
      'behind a sitemap',
      '<link rel="alternate" type="text/xml" href="/sitemap.xml"><link rel="alternate" type="text/xml" href="/rss" title="RSS">',
      FOUND,
    ],
    ['at a service', '<a href="https://feeds.example/site">Subscribe via RSS</a>', 'https://feeds.example/site'],
    ['behind a picture', '<a href="/rss.php"><img src="i.png" alt="RSS feed"></a>', 'https://site.example/rss.php'],
    ['not in the feed of another site', '<a href="https://other.example/feed/">Our friends</a>', undefined],
    ['not in words about feeds', '<a href="/why">Why RSS is still the best way to read</a>', undefined],
  ])('%s', (_, html, url) => {
    expect(findFeed(`<html><head>${html}</head></html>`, PAGE)).toBe(url);
  });

  test.each<readonly [string, string, string | undefined]>([
    ['alone', '</rss>; rel="alternate"; type="application/rss+xml"', FOUND],
    ['behind others', '</a.css>; rel=preload; as=style, <../rss>; type="application/atom+xml"; rel=alternate', FOUND],
    ['with commas in a title', '</x>; title="a, <b>; c"; rel=next,</rss>;rel="alternate feed"', FOUND],
    ['of an entry', '</e>; rel=alternate; type="application/atom+xml;type=entry"', undefined],
    ['of another kind', '</wp-json/>; rel="https://api.example/", </?p=1>; rel=shortlink', undefined],
  ])('in the Link header, %s', (_, header, url) => {
    expect(findFeed('<html><body>x</body></html>', PAGE, header)).toBe(url);
  });
});

test.each<readonly [string, readonly (readonly [string, readonly string[]])[]]>([
  ['<https://a.example/>; rel=canonical', [['https://a.example/', ['canonical']]]],
  [
    '<a>;rel="Prev start";rel=next , <b> ; REL = "x\\"y"',
    [
      ['a', ['prev', 'start']],
      ['b', ['x"y']],
    ],
  ],
  ['no link, <a>; rel', [['a', ['']]]],
  ['<a', []],
])('the Link header %s', (header, links) => {
  expect(readLinkHeader(header).map((link) => [link.href, [...relationsOf(link)]])).toEqual(links);
});

test('a Link header of any form is read in little time', () => {
  const forms = ['<', '<a>', ';', '<a>;', '"', '\\', '<a>;x="', ' ', ',', '<a>; '].map((form) => form.repeat(60_000));
  const start = process.cpuUsage().user;
  for (const form of forms) readLinkHeader(form);

  expect((process.cpuUsage().user - start) / 1000).toBeLessThan(3000);
});
