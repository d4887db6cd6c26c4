import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Illustrator } from '../../../src/core/ports.ts';
import type { CheckedDraft, LicensedPicture } from '../../../src/core/types.ts';
import { pictureForm } from '../../../src/services/pictures/picture-form.ts';
import { openSourcePictures, pictureOf } from '../../../src/services/pictures/source-picture.ts';
import type { FrontMatterPreset } from '../../../src/stages/publish/render/presets/presets.ts';
import { openPageReader } from '../../../src/wiring/open-page-reader.ts';
import { makeArticleOf } from '../../helpers/make-brief.ts';
import { makeCheckedDraft, makePublisher } from '../../helpers/make-publisher.ts';

const fixture = (name: string) => readFile(new URL(`../../fixtures/pictures/${name}`, import.meta.url));
const never = new AbortController().signal;
const LICENCE = { licence: 'CC BY 4.0', licenceUrl: 'https://creativecommons.org/licenses/by/4.0/' };
const CARD = { bytes: new Uint8Array([1]), extension: 'png', alt: 'the card' };
const card: Illustrator = { illustrate: async () => CARD };

test.each([
  ['plain.jpg', 'jpg'],
  ['progressive.jpg', 'jpg'],
  ['plain.png', 'png'],
  ['lossy.webp', 'webp'],
  ['lossless.webp', 'webp'],
  ['alpha.webp', 'webp'],
])('%s is %s of 640 by 400', async (name, extension) => {
  expect(pictureForm(await fixture(name))).toEqual({ extension, width: 640, height: 400 });
});

test.each(['plain.jpg', 'plain.png', 'lossy.webp', 'lossless.webp', 'alpha.webp'])(
  '%s cut short anywhere, or with any byte wrong, ends in a form or in none',
  async (name) => {
    const bytes = await fixture(name);
    for (let end = 0; end < Math.min(bytes.length, 400); end += 1) pictureForm(bytes.subarray(0, end));
    for (let at = 0; at < Math.min(bytes.length, 200); at += 1) pictureForm(bytes.with(at, 255));
    expect(pictureForm(bytes.subarray(0, 20))).toBeUndefined();
  },
);

test.each([
  ['a page in its place', '<!doctype html><title>Not found</title>'],
  ['an SVG, which can run scripts', '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'],
  ['a GIF', 'GIF89a\u0080\u0002\u0090\u0001'],
  ['nothing', ''],
])('%s is no picture', (_name, text) => {
  expect(pictureForm(Buffer.from(text, 'latin1'))).toBeUndefined();
});

const PICTURE: LicensedPicture = { src: 'https://example.org/a.jpg', alt: ' ', creator: 'Joe', ...LICENCE };
const PAGE = { finalUrl: 'https://example.org/a', title: 'The page' };

test('a picture without words is described by the title of its page', async () => {
  const picture = pictureOf(PAGE, PICTURE, { status: 200, headers: {}, body: await fixture('plain.jpg') });
  expect(picture).toMatchObject({
    alt: 'The page',
    credit: { creator: 'Joe', pageUrl: 'https://example.org/a', ...LICENCE },
  });
});

test.each([
  ['that is not there', { status: 404 }],
  ['whose owner keeps pictures out of indexes', { headers: { 'x-robots-tag': 'noindex, NoImageIndex' } }],
])('a picture %s is not taken', async (_name, members) => {
  const answer = { status: 200, headers: {}, body: await fixture('plain.jpg'), ...members };
  expect(pictureOf(PAGE, PICTURE, answer)).toBeUndefined();
});

test.each([
  ['small', 599, 400],
  ['flat', 2000, 320],
  ['tall', 700, 2000],
  ['huge', 20_000, 19_000],
])('a %s picture is not taken', async (_name, width, height) => {
  const body = Buffer.from(await fixture('plain.png'));
  body.writeUInt32BE(width, 16);
  body.writeUInt32BE(height, 20);
  expect(pictureOf(PAGE, PICTURE, { status: 200, headers: {}, body })).toBeUndefined();
});

const asked: string[] = [];
const server = createServer((request, response) => {
  const { url = '' } = request;
  asked.push(url);
  if (url === '/robots.txt') response.end('User-agent: *\nDisallow: /closed/\n');
  else if (url === '/page.jpg') response.setHeader('content-type', 'text/html').end('<p>not here</p>');
  else if (url === '/moved.jpg') response.writeHead(302, { location: '/a.jpg' }).end();
  else if (url === '/endless.jpg') response.end(Buffer.alloc(8_100_000));
  else if (url.endsWith('a.jpg')) void fixture('plain.jpg').then((bytes) => response.end(bytes));
  else response.writeHead(404).end();
});
let home = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function draftWith(...paths: readonly string[]): CheckedDraft {
  const checked = makeCheckedDraft();
  const pictures = paths.map((path) => ({ ...PICTURE, src: home + path, alt: 'A boat' }));
  const article = makeArticleOf('Text.', { finalUrl: `${home}/post`, pictures });
  return { ...checked, draft: { ...checked.draft, brief: { ...checked.draft.brief, articles: [article] } } };
}

test.each([
  ['the first that can be had', ['/none.jpg', '/page.jpg', '/a.jpg'], 'A boat'],
  ['one that has moved', ['/moved.jpg'], 'A boat'],
  ['the card where robots.txt forbids it', ['/closed/a.jpg'], 'the card'],
  ['the card where it is too large', ['/endless.jpg'], 'the card'],
  ['the card where the page offers none', [], 'the card'],
  ['the card after three tries', ['/1', '/2', '/3', '/a.jpg'], 'the card'],
])('a post gets %s', async (_name, paths, alt) => {
  await using reader = openPageReader({ allowPrivate: true, settings: { delayMs: 0, attempts: 1 } });
  const pictures = openSourcePictures({
    fetch: (url, limits, signal) => reader.fetchList({ url, ...limits }, signal),
    otherwise: card,
  });
  asked.length = 0;

  expect((await pictures.illustrate(draftWith(...paths), never))?.alt).toBe(alt);
  if (paths.includes('/closed/a.jpg')) expect(asked).toEqual(['/robots.txt']);
});

test('no private address is asked for a picture', async () => {
  await using reader = openPageReader({ settings: { delayMs: 0, attempts: 1 } });
  const pictures = openSourcePictures({
    fetch: (url, limits, signal) => reader.fetchList({ url, ...limits }, signal),
    otherwise: card,
  });
  asked.length = 0;
  expect(await pictures.illustrate(draftWith('/a.jpg'), never)).toBe(CARD);
  expect(asked).toEqual([]);
});

test.each<[FrontMatterPreset | 'html', RegExp]>([
  ['hugo', /Image: \[Joe & &lt;b\\>\]\(<https:\/\/example\.org\/post>\), \[CC BY 4\.0\]\(<https:\/\/creativecommons/],
  ['docusaurus', /Image: \[Joe & /],
  ['pelican', /Image: \[Joe & /],
  [
    'html',
    /<p>Image: <a href="https:\/\/example\.org\/post" rel="noopener">Joe &amp; &lt;b&gt;<\/a>, <a href="https:\/\/creativecommons\.org\/licenses\/by\/4\.0\/" rel="license noopener">CC BY 4\.0<\/a><\/p>/,
  ],
])('a %s post names the author and the licence of its picture in its own language', async (form, expected) => {
  const made = await makePublisher(form === 'html' ? { format: 'html' } : { preset: form });
  const credit = { creator: 'Joe & <b>', pageUrl: 'https://example.org/post', ...LICENCE };
  const checked = makeCheckedDraft();
  const french = { ...checked.draft, brief: { ...checked.draft.brief, lang: 'fr' } };
  const picture = { bytes: await fixture('plain.jpg'), extension: 'jpg', alt: 'A boat', credit };

  const { file } = await made.publisher.publish({ ...checked, draft: french, picture }, never);

  expect(await readFile(`${made.out}/${file}`, 'utf8')).toMatch(expected);
});
