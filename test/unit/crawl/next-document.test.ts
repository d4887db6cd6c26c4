import { expect, test } from 'vitest';
import { nextDocument } from '../../../src/stages/crawl/next-document.ts';
import { readRefresh } from '../../../src/stages/crawl/text/refresh.ts';
import { scanDocument } from '../../../src/stages/crawl/text/scan-document.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';

const URL = 'https://a.example/page?x=1';
const TEXT = `<p>${'words of a page in its own right '.repeat(30)}</p>`;
const next = (html: string, headers = {}) => nextDocument(scanDocument(Buffer.from(html)).signs, URL, headers);

test.each([
  ['0; URL=/b', 0, '/b'],
  ['0;url=/b', 0, '/b'],
  ['0;url="/b"', 0, '/b'],
  ["5 ; URL = '/b'; more", 5, '/b'],
  ['0,/b', 0, '/b'],
  ['0 /b', 0, '/b'],
  ['0.5; url=/b', 0, '/b'],
  ['; url=/b', 0, '/b'],
  [' 3;https://b.example/?url=x', 3, 'https://b.example/?url=x'],
])('the refresh %j leads on after %i s to %s', (value, delaySeconds, url) => {
  expect(readRefresh(value)).toEqual({ delaySeconds, url, inNoscript: false });
});

test.each(['', '30', '0;', '0; url=', 'url=/b', 'soon; url=/b'])('the refresh %j names no address', (value) => {
  expect(readRefresh(value)).toBeUndefined();
});

test.each([
  ['a bare meta', '<META HTTP-EQUIV=REFRESH CONTENT="0; URL=/b">'],
  [
    'a page of Jekyll',
    '<title>Redirecting…</title><meta http-equiv="refresh" content="0; url=/b"><h1>Redirecting…</h1><a href="/b">Click</a>',
  ],
  ['a meta beside a text', `<meta http-equiv=refresh content="0;/b">${TEXT}`],
  ['a page that waits three seconds', '<meta http-equiv=refresh content="3;url=/b"><p>The page has moved.'],
  [
    'one for readers without scripts',
    '<noscript><meta http-equiv=refresh content="0;url=/b"></noscript><script>go()</script>',
  ],
  ['one in the body', '<body><p>Moved<meta http-equiv=refresh content="0;url=/b">'],
  ['a frameset of one', '<frameset cols="100%"><frame src="/b"></frameset>'],
  ['a frameset with a menu above', '<frameset rows="80,*"><frame src="/menu"><frame src="/b" name="main"></frameset>'],
  [
    'a frameset with a menu beside',
    '<frameset cols="20%,80%"><frame src="/menu" name="contents"><frame src="/b"></frameset>',
  ],
  [
    'framesets inside each other',
    '<frameset rows="10%,*"><frame src="/top"><frameset cols="200,*"><frame src="/menu"><frame src="/b"></frameset></frameset>',
  ],
  [
    'equal frames, one called main',
    '<frameset cols="50%,50%"><frame src="/menu"><frame src="/b" name="mainFrame"></frameset>',
  ],
  ['a frame that fills the page', '<body><iframe src="/b" width="100%"></iframe></body>'],
  ['a frame of a subdomain', '<iframe src="https://blog.a.example/b"></iframe>'],
  [
    'a frame beside a hidden one',
    '<iframe src="/b"></iframe><iframe src="/count" width=0 height=0></iframe><iframe src="/x" style="display: none"></iframe>',
  ],
])('%s leads on', (_what, html) => {
  expect(next(html)).toMatch(/^https:\/\/(blog\.)?a\.example\/b$/);
});

test('a Refresh header leads on', () => {
  expect(next('<p>x', { refresh: '0; url=/b' })).toBe('https://a.example/b');
});

test.each([
  ['reloads itself', `<meta http-equiv=refresh content="300">${TEXT}`],
  ['reloads itself by its address', `<meta http-equiv=refresh content="0; url=${URL}">${TEXT}`],
  ['goes to the front page after half an hour', `<meta http-equiv=refresh content="1800; url=/">${TEXT}`],
  [
    'sends readers without scripts away from a text',
    `<noscript><meta http-equiv=refresh content="0;url=/b"></noscript>${TEXT}`,
  ],
  ['holds a frame beside its text', `${TEXT}<iframe src="/b"></iframe>`],
  ['holds a frame of another site only', '<iframe src="https://ads.example/b"></iframe>'],
  ['holds several frames', '<iframe src="/b"></iframe><iframe src="/c"></iframe>'],
  ['refreshes to a script', '<meta http-equiv=refresh content="0; url=javascript:alert(1)">'],
  ['refreshes to a file', '<meta http-equiv=refresh content="0; url=file:///etc/passwd">'],
  ['holds a frame without address', '<iframe></iframe>'],
])('a page that %s is the document', (_what, html) => {
  expect(next(html)).toBeUndefined();
});

test.each([
  ['deep framesets', '<frameset cols="*,*">'.repeat(20_000)],
  ['many frames', '<iframe src=/b></iframe>'.repeat(20_000)],
  ['a long list of columns', `<frameset cols="${'*,'.repeat(100_000)}" rows="${'*,'.repeat(100_000)}">`],
  ['open elements with an id', '<div id=a>'.repeat(50_000)],
  ['a refresh of spaces', `<meta http-equiv=refresh content="0${' '.repeat(200_000)}">`],
])('%s are read in linear time', (_what, html) => {
  expect(cpuMs(() => scanDocument(Buffer.from(html)))).toBeLessThan(5000); // quadratic work would take minutes
});
