import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openExtractor } from '../../src/stages/extract/extractor.ts';
import { entryOf, openCrawl } from '../helpers/crawl-setup.ts';
import { openRawServer } from '../helpers/raw-server.ts';
import { type SiteHandler, TestSite } from '../helpers/test-site.ts';

const never = new AbortController().signal;
const WORDS =
  'The ferry has crossed the bay every day since the spring of 1952, and nobody on the quay minds its horn. ';
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The ferry</title></head><body><main><h1>The ferry</h1><p>${WORDS.repeat(4)}</p><p>It costs 50 € a year.</p></main></body></html>`;

async function articleOf(url: string) {
  await using crawl = openCrawl();
  await using extractor = openExtractor();
  return await extractor.extract(await crawl.reader.read(entryOf(url), never), never);
}

const answer =
  (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, status = 200): SiteHandler =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);

const bytes = Buffer.from(PAGE);
const CODINGS: readonly (readonly [string, SiteHandler])[] = [
  ['brotli', answer(brotliCompressSync(bytes), { 'content-encoding': 'br' })],
  ['upper case', answer(gzipSync(bytes), { 'content-encoding': 'GZIP' })],
  ['x-gzip', answer(gzipSync(bytes), { 'content-encoding': 'x-gzip' })],
  ['deflate with zlib head', answer(deflateSync(bytes), { 'content-encoding': 'deflate' })],
  ['raw deflate', answer(deflateRawSync(bytes), { 'content-encoding': 'deflate' })],
  ['gzip twice', answer(gzipSync(gzipSync(bytes)), { 'content-encoding': 'gzip, gzip' })],
  ['gzip twice that is named once', answer(gzipSync(gzipSync(bytes)), { 'content-encoding': 'gzip' })],
  ['brotli in gzip', answer(gzipSync(brotliCompressSync(bytes)), { 'content-encoding': 'br, gzip' })],
  ['gzip that is not named', answer(gzipSync(bytes))],
  ['a name for what is not compressed', answer(bytes, { 'content-encoding': 'gzip' })],
  ['brotli for what is not compressed', answer(bytes, { 'content-encoding': 'br' })],
  ['deflate for what is not compressed', answer(bytes, { 'content-encoding': 'deflate' })],
  ['gzip named as brotli', answer(gzipSync(bytes), { 'content-encoding': 'br' })],
  ['gzip named as deflate', answer(gzipSync(bytes), { 'content-encoding': 'deflate' })],
  ['identity', answer(bytes, { 'content-encoding': 'identity' })],
  ['the charset', answer(bytes, { 'content-encoding': 'utf-8' })],
  ['ISO-8859-1', answer(bytes, { 'content-encoding': 'ISO-8859-1' })],
  ['none', answer(bytes, { 'content-encoding': 'None' })],
  ['an empty name', answer(bytes, { 'content-encoding': '' })],
  ['binary', answer(bytes, { 'content-encoding': 'binary' })],
  ['8bit', answer(bytes, { 'content-encoding': '8bit' })],
  ['aws-chunked', answer(bytes, { 'content-encoding': 'aws-chunked' })],
  ['aws-chunked and gzip', answer(gzipSync(bytes), { 'content-encoding': 'aws-chunked, gzip' })],
  ['the type', answer(bytes, { 'content-encoding': 'text/html' })],
  ['amz and quotes', answer(bytes, { 'content-encoding': '"gzip"' })],
  ['gzip without its end', answer(gzipSync(bytes).subarray(0, -8), { 'content-encoding': 'gzip' })],
  [
    'gzip with bytes behind',
    answer(Buffer.concat([gzipSync(bytes), Buffer.from('\n\0\0\0')]), { 'content-encoding': 'gzip' }),
  ],
  [
    'gzip in two members',
    answer(Buffer.concat([gzipSync(bytes.subarray(0, 300)), gzipSync(bytes.subarray(300))]), {
      'content-encoding': 'gzip',
    }),
  ],
  ['deflate without its end', answer(deflateSync(bytes).subarray(0, -4), { 'content-encoding': 'deflate' })],
  ['raw deflate of level 0', answer(deflateRawSync(bytes, { level: 0 }), { 'content-encoding': 'deflate' })],
  [
    'a large window',
    answer(brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }), { 'content-encoding': 'br' }),
  ],
];
it.each(CODINGS)('a page under the content coding %s is read', async (_what, handler) => {
  await using site = await TestSite.open({ '/a': handler });
  const { text } = await articleOf(site.url('/a'));

  expect(text).toContain('since the spring of 1952');
  expect(text).toContain('50 €');
});

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const noMeta = PAGE.replace('<meta charset="utf-8">', '');
const latin = (meta: string) =>
  Buffer.from(PAGE.replace('<meta charset="utf-8">', meta).replace('€', '\x80'), 'latin1');
const TYPES: readonly (readonly [string, SiteHandler])[] = [
  ['no type', (_q, response) => response.writeHead(200).end(PAGE)],
  ['an empty type', answer(PAGE, { 'content-type': '' })],
  ['application/octet-stream', answer(PAGE, { 'content-type': 'application/octet-stream' })],
  ['text/plain for HTML', answer(PAGE, { 'content-type': 'application/x-unknown-content-type' })],
  ['application/force-download', answer(PAGE, { 'content-type': 'application/force-download' })],
  ['application/x-httpd-php', answer(PAGE, { 'content-type': 'application/x-httpd-php' })],
  ['application/html', answer(PAGE, { 'content-type': 'application/html' })],
  ['text/htm', answer(PAGE, { 'content-type': 'text/htm' })],
  ['text', answer(PAGE, { 'content-type': 'text' })],
  ['html;charset=utf-8', answer(PAGE, { 'content-type': 'html;charset=utf-8' })],
  ['text/html;charset="utf-8', answer(PAGE, { 'content-type': 'text/html;charset="utf-8' })],
  ['charset=utf8', answer(PAGE, { 'content-type': 'text/html; charset=utf8' })],
  ['charset without type', answer(PAGE, { 'content-type': 'charset=UTF-8' })],
  ['vnd of WAP', answer(PAGE, { 'content-type': 'application/vnd.wap.xhtml+xml' })],
  ['multipart/form-data', answer(PAGE, { 'content-type': 'multipart/form-data' })],
  [
    'UTF-16 with a mark',
    answer(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(noMeta)]), { 'content-type': 'text/html' }),
  ],
  ['UTF-16 with a mark that the header denies', answer(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(noMeta)]))],
  ['UTF-16 in the header', answer(utf16(noMeta), { 'content-type': 'text/html; charset=utf-16le' })],
  [
    'a meta of UTF-16 that is UTF-8',
    answer(PAGE.replace('charset="utf-8"', 'charset="utf-16"'), { 'content-type': 'text/html' }),
  ],
  ['windows-1252 in the header', answer(latin(''), { 'content-type': 'text/html; charset=windows-1252' })],
  [
    'iso-8859-1 in a meta',
    answer(latin('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'), {
      'content-type': 'text/html',
    }),
  ],
  ['windows-1252 without any word', answer(latin(''), { 'content-type': 'text/html' })],
  ['UTF-8 without any word', answer(noMeta, { 'content-type': 'text/html' })],
  ['an unknown charset', answer(PAGE, { 'content-type': 'text/html; charset=none' })],
  [
    'a meta behind 1,024 bytes',
    answer(latin(`<script>${'/* x */'.repeat(200)}</script><meta charset="windows-1252">`), {
      'content-type': 'text/html',
    }),
  ],
  [
    'an XML declaration of UTF-8',
    answer(`<?xml version="1.0" encoding="UTF-8"?>\n${noMeta}`, { 'content-type': 'text/html' }),
  ],
];
it.each(TYPES)('a page with the content type of %s is read', async (_what, handler) => {
  await using site = await TestSite.open({ '/a': handler });
  const { text } = await articleOf(site.url('/a'));

  expect(text).toContain('since the spring of 1952');
  expect(text).toContain('50 €');
});

const XHTML =
  '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">';
const xml = { 'content-type': 'application/xhtml+xml' };
const P = `<p>${WORDS.repeat(4)}</p><p>It costs 50 € a year.</p>`;
it.each([
  ['a script', '<head><title>t</title><script src="/x.js"/></head>', P],
  ['a title', '<head><title/></head>', P],
  ['a style', '<head><style/></head>', P],
  ['an anchor', '<head><title>t</title></head>', `<a id="top"/>${P}`],
  ['a frame', '<head><title>t</title></head>', `<iframe src="https://ads.example/"/>${P}`],
  ['a textarea', '<head><title>t</title></head>', `<form><textarea/></form>${P}`],
  ['a division', '<head><title>t</title></head>', `<div class="ad"/><div><h1>The ferry</h1>${P}</div>`],
  ['a heading', '<head><title>t</title></head>', `<h2/>${P}`],
  ['emphasis', '<head><title>t</title></head>', `<p><b/>${WORDS.repeat(4)}</p><p>It costs 50 € a year.</p>`],
  ['CDATA', '<head><title>t</title><script><![CDATA[ if (a < b && c) { } ]]></script></head>', P],
  ['CDATA text', '<head><title>t</title></head>', `<p><![CDATA[${WORDS.repeat(4)}]]></p><p>It costs 50 € a year.</p>`],
  ['noscript', '<head><title>t</title></head>', `<noscript/>${P}`],
  ['a select', '<head><title>t</title></head>', `<select/>${P}`],
  ['a prefix', '<head><title>t</title></head>', P],
])('XHTML with %s that closes itself is read whole', async (_what, head, body) => {
  await using site = await TestSite.open({
    '/a': answer(
      `${XHTML}<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">${head}<body>${body}</body></html>`,
      xml,
    ),
    '/b': answer(`${XHTML}<html xmlns="http://www.w3.org/1999/xhtml">${head}<body>${body}</body></html>`, {
      'content-type': 'text/xml',
    }),
  });
  for (const path of ['/a', '/b']) {
    const { text } = await articleOf(site.url(path));

    expect(text).toContain('since the spring of 1952');
    expect(text).toContain('50 €');
  }
});

const LEADS: readonly (readonly [string, string])[] = [
  ['a Location relative to the folder', 'HTTP/1.1 302 Found\r\nLocation: ../target\r\n\r\n'],
  ['a Location without scheme', 'HTTP/1.1 301 Moved\r\nLocation: //HOST/target\r\n\r\n'],
  ['a Location with a tab and spaces', 'HTTP/1.1 302 Found\r\nLocation: \t /target \r\n\r\n'],
  ['a Location in quotes of a header in lower case', 'HTTP/1.1 302 Found\r\nlocation: /target\r\n\r\n'],
  ['a Location twice the same', 'HTTP/1.1 302 Found\r\nLocation: /target\r\nLocation: /target\r\n\r\n'],
  ['a Location with a fragment', 'HTTP/1.1 302 Found\r\nLocation: /target#part\r\n\r\n'],
  ['a Location with backslashes', 'HTTP/1.1 302 Found\r\nLocation: \\target\r\n\r\n'],
  ['303 with a body', 'HTTP/1.1 303 See Other\r\nLocation: /target\r\nContent-Length: 5\r\n\r\nhello'],
  ['307', 'HTTP/1.1 307 Temporary Redirect\r\nLocation: /target\r\nContent-Length: 0\r\n\r\n'],
  ['308', 'HTTP/1.1 308 Permanent Redirect\r\nLocation: /target\r\nContent-Length: 0\r\n\r\n'],
  ['bare line feeds', 'HTTP/1.1 302 Found\nLocation: /target\n\n'],
  ['no reason', 'HTTP/1.1 302\r\nLocation: /target\r\n\r\n'],
  ['HTTP/1.0', 'HTTP/1.0 302 Found\r\nLocation: /target\r\n\r\n'],
  ['a Refresh header', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nRefresh: 0; url=/target\r\n\r\n'],
  [
    'a Refresh header with quotes',
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nRefresh: 1;URL='/target'\r\n\r\n<p>One moment",
  ],
  ['a script', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<script>window.location.href = "/target";</script>'],
  [
    'a script that replaces',
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head><script type='text/javascript'>location.replace('/target')</script></head><body></body></html>",
  ],
  [
    'a script of the document',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<script>\n<!--\ndocument.location = "/target"\n//-->\n</script>',
  ],
  [
    'a script of the top',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Moved</title><p>Please wait<script>top.location.href="\\/target"</script>',
  ],
  [
    'a script later',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<script>setTimeout(function(){ window.location.assign("/target") }, 100)</script>',
  ],
  ['a load handler', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<body onload="location.href=\'/target\'">'],
  [
    'a meta with entities',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<meta http-equiv="refresh" content="0;url=&#47;target">',
  ],
  [
    'a meta in upper case without space',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<META HTTP-EQUIV=Refresh CONTENT=0;URL=/target>',
  ],
  [
    'a meta in noscript in the head',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<head><noscript><meta http-equiv="refresh" content="0;URL=\'/target\'"></noscript></head><body><script src="/x.js"></script></body>',
  ],
  [
    'a meta whose name has spaces',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<meta http-equiv=" refresh " content=" 0 ; URL = /target ">',
  ],
  [
    'a meta with 0.1 seconds',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<meta http-equiv="refresh" content=".1;url=/target">',
  ],
  [
    'a meta against a base',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<base href="/"><meta http-equiv="refresh" content="0;url=target">',
  ],
  [
    'a frame against a base',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<head><base href="/"></head><frameset rows="100%,*"><frame src="target"><frame src="blank"></frameset>',
  ],
  [
    'an object that fills the page',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<body><object data="/target" type="text/html" width="100%" height="100%"></object></body>',
  ],
  [
    'a frame by data',
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<body><iframe id="mainFrame" name="mainFrame" src="/target" scrolling="auto" width="100%" height="100%"></iframe></body>',
  ],
];
it.each(LEADS)('%s leads to the page', async (_what, head) => {
  await using server = await openRawServer((path) =>
    path === '/robots.txt'
      ? 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'
      : path === '/target'
        ? Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${PAGE}`)
        : path === '/dir/a'
          ? head.replace('HOST', new URL(server.url()).host)
          : 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
  );
  const { text, finalUrl } = await articleOf(server.url('/dir/a'));

  expect(text).toContain('since the spring of 1952');
  expect(new URL(finalUrl).pathname).toBe('/target');
});
