import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAddress } from '../../../src/stages/list/addresses/read-address.ts';
import { dedupeEntries } from '../../../src/stages/list/dedupe.ts';
import { parseList } from '../../../src/stages/list/read/parse-list.ts';
import { fuzzed } from '../../helpers/fuzz.ts';

const options = { priority: 'medium', keywords: ['default'], baseDir: '/lists' } as const;
const parse = (text: string, name = 'urls.txt') => parseList({ name, text }, options);

test('a text line carries address, priority and wishes, and a comment ends it', async () => {
  const { entries, problems } = await parse(
    '\uFEFF# list\r\n\r\nhttps://a.example/x high keywords="heat pumps, cost" lang=ko length=3000 tone="very dry" categories="Energy, Towns" post=P # note\nhttps://b.example/#top\n',
  );

  expect(problems).toEqual([]);
  expect(entries).toEqual([
    {
      index: 0,
      url: 'https://a.example/x',
      original: 'https://a.example/x',
      priority: 'high',
      keywords: ['heat pumps', 'cost'],
      lang: 'ko',
      length: 3000,
      tone: 'very dry',
      categories: ['Energy', 'Towns'],
      post: 'P',
      position: { file: 'urls.txt', line: 3 },
    },
    {
      index: 1,
      url: 'https://b.example/',
      original: 'https://b.example/#top',
      priority: 'medium',
      keywords: ['default'],
      position: { file: 'urls.txt', line: 4 },
    },
  ]);
});

test('a local page is an entry, relative to the list', async () => {
  expect((await parse('pages/a page.html')).problems).toHaveLength(1);
  expect((await parse('"pages/a page.html" low')).entries).toMatchObject([
    { url: 'file:///lists/pages/a%20page.html', priority: 'low' },
  ]);
});

test.each([
  ['not a url', 'urls.txt', 1, /expected .*name=value.*got "a"/],
  ['example.com/page', 'urls.txt', 1, /expected a URL/],
  ['ftp://a.example/', 'urls.txt', 1, /expected an http or https address/],
  ['https://user:pass@a.example/', 'urls.txt', 1, /without user name and password/],
  ['https://user@a.example/', 'urls.txt', 1, /without user name and password/],
  ['https://:pass@a.example/', 'urls.txt', 1, /without user name and password/],
  ['see:https://a.example/', 'urls.txt', 1, /expected a URL such as/],
  [
    'www.a.example/https://b.example',
    'urls.txt',
    1,
    /expected a URL such as .+, got "www\.a\.example\/https:\/\/b\.example"$/,
  ],
  ['https://a b.example:port/', 'l.csv', 1, /expected a URL/],
  ['{"url":"https://a.example:port/"}', 'l.jsonl', 1, /expected a URL such as .+, got "https:\/\/a\.example:port\/"$/],
  [`x${'y'.repeat(80)}`, 'urls.txt', 1, /got "xy{76}…"$/],
  [`x${'y'.repeat(79)}`, 'urls.txt', 1, /got "xy{79}"$/],
  ['https://a.example/ priority=urgent', 'urls.txt', 1, /expected priority high, medium, low, .* got "urgent"/],
  ['https://a.example/ length=many', 'urls.txt', 1, /expected a length/],
  ['https://a.example/ colour=red', 'urls.txt', 1, /got "colour"/],
  ['https://a.example/ tone="open', 'urls.txt', 1, /closing "/],
  ['link,title\nhttps://a.example/,x\n,only title', 'list.csv', 3, /expected a URL in the url column/],
  ['name,title\na,b', 'list.csv', 1, /header row with a url column/],
  ['{"url":"https://a.example/"}\n{"link":1}', 'list.jsonl', 2, /JSON object with a url/],
  ['<urlset>', 'sitemap.xml', 1, /expected a sitemap/],
])('%j is a problem with its place', async (text, name, line, message) => {
  const { problems } = await parse(text, name);

  expect(problems).toEqual([{ position: { file: name, line }, message: expect.stringMatching(message) }]);
});

test('binary data is one clear problem', async () => {
  const text = new TextDecoder().decode(Uint8Array.from({ length: 5000 }, (_, index) => (index * 37) % 256));

  expect((await parse(text)).problems).toEqual([
    { position: { file: 'urls.txt', line: 1 }, message: expect.stringContaining('binary') },
  ]);
});

test('CSV, JSON lines and sitemaps give the same entries as text', async () => {
  const expected = { url: 'https://a.example/x', priority: 'low', lang: 'en', keywords: ['k1', 'k2'] };

  expect(
    (await parse('url,priority,lang,keywords,other\nhttps://a.example/x,low,en,"k1, k2",z', 'l.csv')).entries,
  ).toMatchObject([expected]);
  expect(
    (await parse('{"url":"https://a.example/x","priority":"low","lang":"en","keywords":["k1","k2"]}', 'l.jsonl'))
      .entries,
  ).toMatchObject([expected]);
  expect(
    (
      await parse(
        '<?xml version="1.0"?>\n<urlset>\n<url><loc>https://a.example/?a=1&amp;b=2</loc></url></urlset>',
        'feed',
      )
    ).entries,
  ).toMatchObject([{ url: 'https://a.example/?a=1&b=2', position: { line: 3 } }]);
  expect(
    (await parse('<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap></sitemapindex>', 's.xml')).lists,
  ).toMatchObject([{ url: 'https://a.example/s1.xml', position: { line: 1 } }]);
});

test.each([
  'https://example.com/read?z=9&a=1&sig=ok',
  'https://example.com/board.php?view&id=7',
  'https://example.com/doc?spm=a2.7&id=4&utm_source=x&fbclid=1',
  'https://example.com/x?b=2&&a=1&b=1&',
  'https://example.com/a?',
  'https://example.com/??',
  'https://example.com/?q=what?',
  'https://example.kr/v?no=1&id=%B0%A1',
  'https://example.com/?q=a%20b&p=c+d',
  'https://example.com/?empty=&=&&',
  "https://example.com/(a)_b;c=1,d/~x/%7Ey/'z!*@:$",
  'https://example.com/%2e%2Ffile//double//slash/',
  'https://bucket.example/key?X-Amz-Signature=abc&X-Amz-Date=20260101T000000Z&X-Amz-Algorithm=AWS4',
  'https://example.com/app#/inbox/7',
  'https://example.com/app?x=1#!/story',
  'https://example.com/app#!story',
])('%s is requested as it is written', (written) => {
  expect(readAddress(`  ${written} `)).toEqual({ ok: true, url: written });
});

test.each([
  ['HTTPS://Example.COM:443/A?b=2&a=1#frag', 'https://example.com/A?b=2&a=1'],
  ['http://example.com:80', 'http://example.com/'],
  ['https://example.com/%7Ea/../b', 'https://example.com/b'],
  ['https://example.com/a b?c d', 'https://example.com/a%20b?c%20d'],
  ['https://example.com/a#:~:text=word', 'https://example.com/a'],
  ['https://example.com/a#', 'https://example.com/a'],
  ['https://한글.example/길', 'https://xn--bj0bj06e.example/%EA%B8%B8'],
])('%s is requested as browsers do: %s', (given, requested) => {
  expect(readAddress(given)).toEqual({ ok: true, url: requested });
});

test('reading an address twice changes nothing', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (text) => {
      const once = readAddress(text);

      if (once.ok) expect(readAddress(once.url)).toEqual(once);
    }),
    fuzzed(100),
  );
});

test('whatever text comes, each line is an entry or a problem and nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.constantFrom('l.txt', 'l.csv', 'l.jsonl', 'l.xml'), async (text, name) => {
      const { entries, problems } = await parse(text, name);

      expect(entries.length + problems.length).toBeGreaterThanOrEqual(0);
    }),
    fuzzed(300),
  );
});

test('10,000 lines of one address become one entry, with the highest priority and all keywords', async () => {
  const text = Array.from(
    { length: 10_000 },
    (_, index) => `https://a.example/?utm_campaign=${index} ${index === 500 ? 'high' : 'low'} keywords=k${index % 3}`,
  ).join('\n');

  const { entries, merged } = dedupeEntries((await parse(text)).entries);

  expect(merged).toHaveLength(9_999);
  expect(entries).toMatchObject([
    { url: 'https://a.example/?utm_campaign=0', priority: 'high', keywords: ['k0', 'k1', 'k2'], position: { line: 1 } },
  ]);
});

test.each([
  ['url,keywords\nhttps://a.example/p?id=1;lang=en,solar;wind', 'https://a.example/p?id=1;lang=en', ['solar;wind']],
  ['url;keywords\nhttps://a.example/p?id=1,2;"solar, wind"', 'https://a.example/p?id=1,2', ['solar', 'wind']],
  ['\n\nurl\tkeywords\nhttps://a.example/p?id=1;2\tsolar, wind', 'https://a.example/p?id=1;2', ['solar', 'wind']],
  ['url\nhttps://a.example/a;b', 'https://a.example/a;b', ['default']],
])('%j is split by what its header is split by', async (text, url, keywords) => {
  expect(await parse(text, 'l.csv')).toMatchObject({ problems: [], entries: [{ url, keywords }] });
});

test('a list from the web, or a sitemap from anywhere, names no file of this machine', async () => {
  const { baseDir: _, ...fromWeb } = options;
  const lines = '/home/me/notes.md\n../secret.html\nfile:///home/me/notes.md\nhttps://a.example/x';
  const sitemap = '<urlset><url><loc>/home/me/notes.md</loc></url></urlset>';
  const index =
    '<sitemapindex><sitemap><loc>/home/me/.env</loc></sitemap><sitemap><loc>-</loc></sitemap></sitemapindex>';

  expect(await parseList({ name: 'https://b.example/l.txt', text: lines }, fromWeb)).toMatchObject({
    entries: [{ url: 'https://a.example/x' }],
    problems: [{ position: { line: 1 } }, { position: { line: 2 } }],
    notes: ['rows that name no web page were left out: 1, the first in line 3: "file:///home/me/notes.md"'],
  });
  expect(await parse(sitemap, 'sitemap.xml')).toMatchObject({
    entries: [],
    problems: [{ message: expect.stringContaining('expected a URL') as string }],
  });
  expect(await parse(index, 'sitemap.xml')).toMatchObject({ lists: [], problems: [{}, {}] });
});

test('one address in two posts stays two entries', async () => {
  expect(
    dedupeEntries((await parse('https://a.example/ post=A\nhttps://a.example/ post=B')).entries).entries,
  ).toHaveLength(2);
});

test.each([
  ['lang', 'lang=en', 'lang=ko'],
  ['length', 'length=900', 'length=9000'],
  ['tone', 'tone=warm', 'tone=dry'],
  ['one with an option and one without', '', 'lang=ko'],
  ['names of posts', 'post=a', 'post=b'],
  ['names and languages', 'lang=en post=en', 'lang=ko post=ko'],
])('one page with different %s is two entries', async (_what, one, other) => {
  const { entries, merged } = dedupeEntries(
    (await parse(`https://a.example/ ${one}\nhttps://a.example/ ${other}`)).entries,
  );

  expect(entries).toHaveLength(2);
  expect(merged).toEqual([]);
});

test.each([
  ['https://a.example/x', 'https://a.example/x', 'the same address'],
  ['https://a.example/x', 'https://A.example:443/x', 'the same address in another spelling'],
  ['https://a.example/x?b=1&a=2', 'https://a.example/x?a=2&b=1', 'differ only in the order of parameters'],
  [
    'https://a.example/x',
    'https://a.example/x?utm_source=n&gclid=1',
    'differ only in tracking parameters (utm_source, gclid)',
  ],
  ['https://a.example/x', 'https://a.example/x#part', 'differ only in a fragment, which names a place in the page'],
  ['https://a.example/x', 'https://a.example/x?', 'differ only in empty parameters'],
  [
    'https://a.example/x?b&a',
    'https://a.example/x?a&b&spm=1#y',
    'tracking parameters (spm) and the order of parameters and a fragment',
  ],
])('%s and %s become one entry, and the reason is given: %s', async (one, other, reason) => {
  const { entries, merged } = dedupeEntries((await parse(`${one}\n${other} high`)).entries);

  expect(entries).toMatchObject([{ url: one, priority: 'high' }]);
  expect(merged).toMatchObject([{ entry: { position: { line: 2 } }, into: { position: { line: 1 } } }]);
  expect(merged[0]?.why).toContain(reason);
});

test.each([
  ['https://a.example/#/one', 'https://a.example/#/two'],
  ['https://a.example/#!one', 'https://a.example/#!two'],
  ['https://a.example/', 'https://a.example/#/one'],
  ['https://a.example/x?id=1', 'https://a.example/x?id=2'],
  ['https://a.example/x', 'https://a.example/x/'],
  ['https://a.example/x', 'https://a.example/X'],
  ['http://a.example/x', 'https://a.example/x'],
])('%s and %s stay two entries', async (one, other) => {
  expect(dedupeEntries((await parse(`${one}\n${other}`)).entries).entries).toHaveLength(2);
});

test('an option that a named post cannot hold beside another is named as not used', async () => {
  const { entries, merged } = dedupeEntries(
    (await parse('https://a.example/ post=a lang=en categories=x\nhttps://a.example/ post=a lang=ko categories=y'))
      .entries,
  );

  expect(entries).toMatchObject([{ lang: 'en', categories: ['x', 'y'] }]);
  expect(merged[0]?.why).toContain('lang=ko is not used');
});
