import { expect, test } from 'vitest';
import { toPage } from '../../../src/stages/crawl/to-page.ts';
import { entryOf } from '../../helpers/crawl-setup.ts';

const PROSE = `<p>${'a sentence of the article '.repeat(40)}</p>`;

async function read(body: string | Buffer, type = 'text/html; charset=utf-8', url = 'https://a.example/x') {
  const bytes = Buffer.from(body as string);
  const response = {
    url,
    finalUrl: url,
    status: 200,
    headers: { 'content-type': type },
    body: bytes,
    ms: 1,
    fromCache: false,
    stale: false,
    fetchedAt: 0,
  };
  const { page } = await toPage(entryOf(url), response, { aiPolicy: 'respect', userAgent: 'blogger' });
  return Buffer.from(page.body).toString();
}

test.each([
  ['beside an empty root', `<div id=app></div><noscript data-path=/t>${PROSE}</noscript><script>start()</script>`],
  ['in capitals', `<NOSCRIPT>${PROSE}</NOSCRIPT>`],
  ['in parts', `<main><noscript>${PROSE}</noscript><noscript>${PROSE}</noscript></main>`],
])('a text that stands in noscript only is the page: %s', async (_how, html) => {
  expect(await read(html)).not.toMatch(/noscript/i);
});

test.each([
  ['a request to switch scripts on', `<noscript><p>Please enable JavaScript to see the map.</p></noscript>${PROSE}`],
  ['the same text a second time', `${PROSE}<noscript>${PROSE}</noscript>`],
  ['a short one and nothing else', '<noscript>You need JavaScript.</noscript><div id=root></div>'],
])('other noscript stays what it is: %s', async (_how, html) => {
  expect(await read(html)).toContain('<noscript>');
});

test.each([
  ['in the title', '<title>A\0 title</title>'],
  ['before the doctype', '\0<!doctype html><p>x'],
  ['in a comment', '<!-- \0 --><p>x'],
  ['in the text', '<p>a\0b</p>'],
])('a NUL byte %s is dropped', async (_where, html) => {
  expect(await read(html)).toBe(html.replaceAll('\0', ''));
});

test('a fragment that routes stays with the page through a redirect', async () => {
  const response = {
    url: '',
    finalUrl: 'https://a.example/app',
    status: 200,
    headers: {},
    body: Buffer.from('<p>x'),
    ms: 1,
    fromCache: false,
    stale: false,
    fetchedAt: 0,
  };
  const { page } = await toPage(entryOf('https://a.example/#/one'), response, {
    aiPolicy: 'respect',
    userAgent: 'blogger',
  });

  expect(page.finalUrl).toBe('https://a.example/app#/one');
});
