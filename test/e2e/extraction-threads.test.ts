import { expect, test } from 'vitest';
import type { Entry, Page } from '../../src/core/types.ts';
import type { openExtractor as OpenExtractor } from '../../src/stages/extract/extractor.ts';
import type { openListParser as OpenListParser } from '../../src/stages/list/read/list-parser.ts';

// The threads run built files, so the built extractor is what is tested.
const built = new URL('../../dist/stages/extract/extractor.js', import.meta.url).href;
const { openExtractor } = (await import(built)) as { readonly openExtractor: typeof OpenExtractor };
const lists = (await import(new URL('../../dist/stages/list/read/list-parser.js', import.meta.url).href)) as {
  readonly openListParser: typeof OpenListParser;
};
const never = new AbortController().signal;

const TEXT =
  '<p>The harbour opened in 1902 and has twelve berths today, which is four more than the town had asked for at the time.</p>';
const entry: Entry = {
  index: 0,
  url: 'https://a.example/',
  original: '',
  priority: 'medium',
  keywords: [],
  position: { file: '', line: 1 },
};

function pageOf(html: string): Page {
  const body = Buffer.from(html);
  const about = {
    entry,
    url: entry.url,
    finalUrl: entry.url,
    httpStatus: 200,
    contentType: 'text/html',
    fetchedAt: '',
    fromCache: false,
    ms: 0,
  };
  return { ...about, body, bytes: body.byteLength, policy: { allowed: true, policy: 'respect' } };
}

const ordinary = () => pageOf(`<html><body><article><h1>Harbour</h1>${TEXT.repeat(20)}</article></body></html>`);

const HOSTILE: Readonly<Record<string, () => string>> = {
  '100,000 nested elements': () => '<div>'.repeat(100_000) + TEXT,
  'misnested formatting': () => `<article>${TEXT.repeat(9)}${'<b><i><a><p>x'.repeat(20_000)}</article>`,
  'a table of 5 MB': () =>
    `<article>${TEXT.repeat(9)}</article><table>${'<tr><td>cell one</td><td>cell two</td></tr>'.repeat(120_000)}</table>`,
  'a line of 100 MB': () => `<article>${TEXT.repeat(9)}</article><p>${'word '.repeat(20_000_000)}</p>`,
};

test.each(Object.keys(HOSTILE))('%s stops neither its own thread nor the pages after it', async (name) => {
  await using extractor = openExtractor({ inline: 0, threads: 1 });

  const article = await extractor.extract(pageOf(HOSTILE[name]?.() ?? ''), never);
  const next = await extractor.extract(ordinary(), never);

  expect(article.text).toContain('twelve berths');
  expect(next.title).toBe('Harbour');
});

test('a page over its time fails alone', async () => {
  await using impatient = openExtractor({ inline: 0, threads: 1, timeoutMs: 1 });

  const heavy = pageOf(`<article>${TEXT.repeat(20_000)}</article>`);

  await expect(impatient.extract(heavy, never)).rejects.toMatchObject({
    code: 'EXTRACT_FAILED',
    message: expect.stringContaining('1 ms'),
  });
});

test('a page over its memory fails alone, and the next one finds a thread', async () => {
  await using extractor = openExtractor({ inline: 0, threads: 1, maxMegabytes: 24 });

  const heavy = pageOf(`<article>${TEXT.replaceAll(' ', ' <b>and</b> ').repeat(3000)}</article>`);
  const failing = extractor.extract(heavy, never);
  await expect(failing).rejects.toMatchObject({
    code: 'EXTRACT_FAILED',
    message: expect.stringContaining('more than it may'),
  });
  const next = await extractor.extract(ordinary(), never);

  expect(next.title).toBe('Harbour');
});

const item = (at: number) => `<item><link>https://a.example/${at}</link><guid>${at}</guid></item>`;
const items = Array.from({ length: 50 }, (_, at) => item(at)).join('');
const rss = (inner: string) => `<rss version="2.0"><channel><title>T</title>${items}${inner}</channel></rss>`;
const options = { priority: 'medium', keywords: [] } as const;

test.each([
  ['of 10 MB in small items', () => rss(item(1).repeat(150_000))],
  ['of one item of 10 MB', () => rss(`<item><description>${'&lt;b>word '.repeat(900_000)}`)],
  ['of nested elements', () => rss('<item>'.repeat(300_000))],
  ['of unclosed sections', () => rss('<![CDATA['.repeat(300_000))],
  [
    'with an entity bomb',
    () =>
      `<!DOCTYPE rss [<!ENTITY a "${'&b;'.repeat(9)}"><!ENTITY b "${'x'.repeat(99)}">]>${rss('&a;'.repeat(300_000))}`,
  ],
  ['of attributes', () => rss(`<item ${Array.from({ length: 200_000 }, (_, at) => `a${at}="1"`).join(' ')}>`)],
])('a feed %s is read while this thread is free', async (_, text) => {
  await using parser = lists.openListParser();
  const source = { name: 'feed', text: text(), address: 'https://a.example/feed' };
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 1);

  const { entries } = await parser.parse(source, options, never);
  clearInterval(ticking);

  expect(entries.length).toBeGreaterThanOrEqual(50);
  expect(turns).toBeGreaterThan(0);
});

test('a list over its time fails with its name', async () => {
  await using parser = lists.openListParser({ timeoutMs: 1 });
  const source = { name: 'feed', text: rss(item(1).repeat(100_000)) };

  await expect(parser.parse(source, options, never)).rejects.toMatchObject({
    code: 'LIST_INVALID',
    message: expect.stringContaining('1 ms'),
  });
});
