/** Answers that browsers and curl read although they break the grammar. */

import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { FetchRequest } from '../../src/core/ports.ts';
import { openHttpFetcher } from '../../src/services/http/http-fetcher.ts';
import { openRawServer } from '../helpers/raw-server.ts';

const never = new AbortController().signal;
const open = () => openHttpFetcher({ allowPrivate: true, userAgent: 'blogger/0' });
const request = (url: string): FetchRequest => ({ url, maxBytes: 1_000_000, timeoutMs: 5000, maxRedirects: 5 });
const B = '<html><body><p>가 whole page</p></body></html>';
const N = Buffer.byteLength(B);
const T = 'content-type: text/html';
const chunked = (text: string, end = '0\r\n\r\n') => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n${end}`;

test.each([
  ['HTTP/1.0 without a length', `HTTP/1.0 200 OK\r\n${T}\r\n\r\n${B}`],
  ['lines that end in LF', `HTTP/1.1 200 OK\n${T}\ncontent-length: ${N}\n\n${B}`],
  ['lines that end in LF, and chunks', `HTTP/1.1 200 OK\n${T}\ntransfer-encoding: chunked\n\n${chunked(B)}`],
  ['lines of both kinds', `HTTP/1.1 200 OK\r\n${T}\ncontent-length: ${N}\r\n\n${B}`],
  ['early hints', `HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\n${T}\r\n\r\n${B}`],
  ['early hints with LF', `HTTP/1.1 103 Early Hints\nlink: </a>\n\nHTTP/1.1 200 OK\n${T}\n\n${B}`],
  ['a continue that was not asked for', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n${T}\r\n\r\n${B}`],
  ['no reason', `HTTP/1.1 200\r\n${T}\r\ncontent-length: ${N}\r\n\r\n${B}`],
  ['a space before a colon', `HTTP/1.1 200 OK\r\nX-Old : yes\r\n${T}\r\ncontent-length: ${N}\r\n\r\n${B}`],
  ['a line that is not a header', `HTTP/1.1 200 OK\r\nbroken line\r\n${T}\r\ncontent-length: ${N}\r\n\r\n${B}`],
  ['control characters in a header', `HTTP/1.1 200 OK\r\nX-Odd: a\x01b\r\n${T}\r\ncontent-length: ${N}\r\n\r\n${B}`],
  ['a folded header', `HTTP/1.1 200 OK\r\nX-Odd: a\r\n b\r\n${T}\r\ncontent-length: ${N}\r\n\r\n${B}`],
  [
    'a length beside chunks',
    `HTTP/1.1 200 OK\r\n${T}\r\ntransfer-encoding: chunked\r\ncontent-length: 9\r\n\r\n${chunked(B)}`,
  ],
  ['the same length twice', `HTTP/1.1 200 OK\r\n${T}\r\ncontent-length: ${N}\r\ncontent-length: ${N}\r\n\r\n${B}`],
  [
    'a length that is too large',
    `HTTP/1.1 200 OK\r\n${T}\r\ncontent-length: ${N + 10}\r\nconnection: close\r\n\r\n${B}`,
  ],
  ['chunks without the last one', `HTTP/1.1 200 OK\r\n${T}\r\ntransfer-encoding: chunked\r\n\r\n${chunked(B, '')}`],
  ['a shoutcast status line', `ICY 200 OK\r\n${T}\r\n\r\n${B}`],
  [
    '40 kB of headers',
    `HTTP/1.1 200 OK\r\n${`X-Long: ${'y'.repeat(8000)}\r\n`.repeat(5)}${T}\r\ncontent-length: ${N}\r\n\r\n${B}`,
  ],
])('%s', async (_name, answer) => {
  await using server = await openRawServer(answer);
  await using fetcher = open();

  const { status, body, headers } = await fetcher.fetch(request(server.url('/a?')), never);

  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html');
  expect(Buffer.from(body).toString()).toBe(B);
  expect(server.requests[0]).toMatch(/^GET \/a\? HTTP/);
});

test.each([
  [
    'a cut page',
    `HTTP/1.1 200 OK\r\n${T}\r\ncontent-length: 900\r\nconnection: close\r\n\r\n<html><p>half`,
    'ended early',
  ],
  [
    'a cut page in chunks',
    `HTTP/1.1 200 OK\r\n${T}\r\ntransfer-encoding: chunked\r\n\r\n${chunked('<html><p>half', '')}`,
    'closed',
  ],
  ['a cut page with LF', `HTTP/1.1 200 OK\n${T}\ncontent-length: 900\n\n<html><p>half`, ''],
  ['a greeting of another protocol', '220 mail.example ESMTP\r\n', 'not valid HTTP'],
  ['nothing', '', 'closed'],
  ['300 kB of headers', `HTTP/1.1 200 OK\r\nX-Long: ${'y'.repeat(300_000)}\r\n\r\n${B}`, 'kB of headers'],
])('%s is no page, and the message says why', async (_name, answer, why) => {
  await using server = await openRawServer(answer);
  await using fetcher = open();

  await expect(fetcher.fetch(request(server.url()), never)).rejects.toMatchObject({
    code: 'FETCH_FAILED',
    message: expect.stringContaining(why),
  });
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
] as const)('half a page in %s is no page; one that lacks its checksum alone is', async (coding, pack) => {
  const page = `<html><body>${Array.from({ length: 400 }, (_, n) => `<p>Paragraph ${n * 7919}.</p>`).join('')}</body></html>`;
  const packed = pack(page);
  const answer = (bytes: Buffer) =>
    Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${T}\r\ncontent-encoding: ${coding}\r\n\r\n`), bytes]);
  await using half = await openRawServer(answer(packed.subarray(0, packed.byteLength >> 1)));
  const checksum = pack === gzipSync || pack === deflateSync ? 4 : 0;
  await using whole = await openRawServer(answer(packed.subarray(0, packed.byteLength - checksum)));
  await using fetcher = open();

  await expect(fetcher.fetch(request(half.url()), never)).rejects.toMatchObject({ retryable: true });
  const { body } = await fetcher.fetch(request(whole.url()), never);
  expect(Buffer.from(body).toString()).toContain('Paragraph 3159681.');
});

test.each(['UTF-8', 'none', 'binary', 'aws-chunked', 'utf8, identity', '8bit', 'text/html'])(
  'the coding "%s" is none, and the body is taken as it is',
  async (coding) => {
    await using server = await openRawServer(
      `HTTP/1.1 200 OK\r\n${T}\r\ncontent-encoding: ${coding}\r\ncontent-length: ${N}\r\n\r\n${B}`,
    );
    await using fetcher = open();

    expect(Buffer.from((await fetcher.fetch(request(server.url()), never)).body).toString()).toBe(B);
  },
);

test('a body in a coding that is not known here is refused by name', async () => {
  const packed = Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\n${T}\r\ncontent-encoding: lzma\r\n\r\n`),
    Buffer.from(Array.from({ length: 200 }, (_, at) => (at * 7) % 256)),
  ]);
  await using server = await openRawServer(packed);
  await using fetcher = open();

  await expect(fetcher.fetch(request(server.url()), never)).rejects.toMatchObject({
    message: expect.stringContaining('lzma'),
  });
});

test('Set-Cookie lines stay apart: their dates hold commas', async () => {
  const cookies = ['a=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT', 'b=2'];
  await using server = await openRawServer(
    `HTTP/1.1 200 OK\r\n${cookies.map((cookie) => `set-cookie: ${cookie}\r\n`).join('')}${T}\r\ncontent-length: 0\r\n\r\n`,
  );
  await using fetcher = open();

  expect((await fetcher.fetch(request(server.url()), never)).headers['set-cookie']).toBe(cookies.join('\n'));
});
