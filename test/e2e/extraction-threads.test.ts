import { expect, test } from 'vitest';
import type { Entry, Page } from '../../src/core/types.ts';
import type { openExtractor as OpenExtractor } from '../../src/stages/extract/extractor.ts';

// The threads run built files, so the built extractor is what is tested.
const built = new URL('../../dist/stages/extract/extractor.js', import.meta.url).href;
const { openExtractor } = (await import(built)) as { readonly openExtractor: typeof OpenExtractor };
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
