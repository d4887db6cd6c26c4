import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FetchRequest } from '../../src/core/ports.ts';
import { openHttpFetcher } from '../../src/services/http/http-fetcher.ts';
import { html, redirect, type SiteHandler, status, TestSite } from '../helpers/test-site.ts';

const never = new AbortController().signal;
const open = () => openHttpFetcher({ allowPrivate: true, userAgent: 'blogger/0' });
const request = (url: string, members: Partial<FetchRequest> = {}): FetchRequest => ({
  url,
  maxBytes: 100_000,
  timeoutMs: 2000,
  maxRedirects: 5,
  ...members,
});
const packed =
  (encoding: string, body: Uint8Array): SiteHandler =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(body);
const textOf = (body: Uint8Array) => Buffer.from(body).toString();
const PLAIN = Buffer.from('<p>안녕 hello</p>');

describe('a fetcher', () => {
  it('gives status, lower-case headers, body and the address that answered', async () => {
    await using site = await TestSite.open({ '/a': html('<p>A</p>', { headers: { 'X-Thing': 'One' } }) });
    await using fetcher = open();

    const response = await fetcher.fetch(request(site.url('/a'), { headers: { 'x-mine': 'yes' } }), never);

    expect(response).toMatchObject({ url: site.url('/a'), finalUrl: site.url('/a'), status: 200 });
    expect(response.headers['x-thing']).toBe('One');
    expect(textOf(response.body)).toBe('<p>A</p>');
    expect(site.log[0]?.headers).toMatchObject({ 'x-mine': 'yes', 'user-agent': 'blogger/0' });
  });

  it('joins repeated headers by commas, but those whose lines stand for themselves by line breaks', async () => {
    await using site = await TestSite.open({
      '/a': (_q, response) =>
        void response
          .writeHead(
            200,
            [
              ['x-robots-tag', 'noai'],
              ['x-robots-tag', 'noindex'],
              ['content-usage', 'ai=n'],
              ['content-usage', 'bots=y'],
            ].flat(),
          )
          .end(),
    });
    await using fetcher = open();

    expect((await fetcher.fetch(request(site.url('/a')), never)).headers).toMatchObject({
      'x-robots-tag': 'noai\nnoindex',
      'content-usage': 'ai=n, bots=y',
    });
  });

  it('uses connections again', async () => {
    const sockets = new Set<unknown>();
    await using site = await TestSite.open({
      '*': (message, response) => {
        sockets.add(message.socket);
        response.end('x');
      },
    });
    await using fetcher = open();

    for (const path of ['/a', '/b', '/c', '/d', '/e', '/f']) await fetcher.fetch(request(site.url(path)), never);

    expect(sockets.size).toBeLessThanOrEqual(2); // undici opens a second one when the first is not back yet
  });

  it.each([
    ['gzip', gzipSync(PLAIN)],
    ['x-gzip', gzipSync(PLAIN)],
    ['x-deflate', deflateSync(PLAIN)],
    ['br', brotliCompressSync(PLAIN)],
    ['deflate', deflateSync(PLAIN)],
    ['deflate', deflateRawSync(PLAIN)],
    ['gzip, br', brotliCompressSync(gzipSync(PLAIN))],
    ['identity', PLAIN],
    ['gzip', gzipSync(PLAIN).subarray(0, -8)],
  ])('unpacks %s', async (encoding, body) => {
    await using site = await TestSite.open({ '/a': packed(encoding, body) });
    await using fetcher = open();

    expect(textOf((await fetcher.fetch(request(site.url('/a')), never)).body)).toBe(PLAIN.toString());
  });

  it('unpacks large bodies too', async () => {
    const large = Buffer.from(Array.from({ length: 40_000 }, (_, at) => (at * 7919).toString(36)).join(' '));
    await using site = await TestSite.open({ '/a': packed('gzip', gzipSync(large)) });
    await using fetcher = open();

    expect((await fetcher.fetch(request(site.url('/a'), { maxBytes: 1_000_000 }), never)).body.byteLength).toBe(
      large.byteLength,
    );
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(30_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(30_000_000))],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(30_000_000)))],
    ['identity', Buffer.alloc(200_000)],
  ])('refuses a %s body that is too large once unpacked', async (encoding, body) => {
    await using site = await TestSite.open({ '/a': packed(encoding, body) });
    await using fetcher = open();

    await expect(fetcher.fetch(request(site.url('/a')), never)).rejects.toMatchObject({
      code: 'TOO_LARGE',
      retryable: false,
    });
  });

  it.each(['gzip', 'identity'])('cuts a %s body where asked to', async (encoding) => {
    const plain = Buffer.from('0123456789'.repeat(50_000));
    await using site = await TestSite.open({ '/a': packed(encoding, encoding === 'gzip' ? gzipSync(plain) : plain) });
    await using fetcher = open();

    const { body } = await fetcher.fetch(request(site.url('/a'), { maxBytes: 1005, overflow: 'cut' }), never);

    expect(textOf(body)).toBe(plain.subarray(0, 1005).toString());
  });

  it('leaves a body unread that nobody wants', async () => {
    await using site = await TestSite.open({ '/a': html('x'.repeat(500_000)) });
    await using fetcher = open();

    const response = await fetcher.fetch(request(site.url('/a'), { wantsBody: () => false }), never);

    expect([response.status, response.body.byteLength]).toEqual([200, 0]);
  });

  it('says that broken compression is broken, once and for all', async () => {
    await using site = await TestSite.open({
      '/a': packed('gzip', Buffer.concat([gzipSync('some text').subarray(0, 12), Buffer.from('no data of gzip')])),
      '/b': packed('lzma', Buffer.from(Array.from({ length: 99 }, (_, at) => (at * 7) % 256))),
    });
    await using fetcher = open();

    await expect(fetcher.fetch(request(site.url('/a')), never)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      retryable: false,
    });
    await expect(fetcher.fetch(request(site.url('/b')), never)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      retryable: false,
    });
  });

  it('follows redirects up to the limit, and gives the 3xx itself for a limit of 0', async () => {
    await using site = await TestSite.open({ '/1': redirect('/2', 301), '/2': redirect('/3', 307), '/3': 'end' });
    await using fetcher = open();

    expect((await fetcher.fetch(request(site.url('/1')), never)).finalUrl).toBe(site.url('/3'));
    expect((await fetcher.fetch(request(site.url('/1'), { maxRedirects: 0 }), never)).status).toBe(301);
    await expect(fetcher.fetch(request(site.url('/1'), { maxRedirects: 1 }), never)).rejects.toMatchObject({
      code: 'TOO_MANY_REDIRECTS',
    });
  });

  it('notices a circle', async () => {
    await using site = await TestSite.open({ '/1': redirect('/2'), '/2': redirect('/1') });
    await using fetcher = open();

    await expect(fetcher.fetch(request(site.url('/1')), never)).rejects.toMatchObject({ code: 'TOO_MANY_REDIRECTS' });
    expect(site.log).toHaveLength(2);
  });

  it.each([200, 404, 503])('gives status %i as an answer', async (code) => {
    await using site = await TestSite.open({ '/a': status(code) });
    await using fetcher = open();

    expect((await fetcher.fetch(request(site.url('/a')), never)).status).toBe(code);
  });

  it('gives up after timeoutMs, from connection to last byte', async () => {
    await using site = await TestSite.open({
      '/a': (_q, response) => void response.writeHead(200, { 'content-type': 'text/html' }).write('half'),
    });
    await using fetcher = open();

    await expect(fetcher.fetch(request(site.url('/a'), { timeoutMs: 60 }), never)).rejects.toMatchObject({
      code: 'FETCH_TIMEOUT',
      retryable: true,
    });
  });

  it('throws the reason of an aborted signal as it is', async () => {
    await using site = await TestSite.open({ '/a': html('x', { delayMs: 500 }) });
    await using fetcher = open();
    const controller = new AbortController();
    const fetching = fetcher.fetch(request(site.url('/a')), controller.signal);
    setTimeout(() => controller.abort(), 20);

    expect(await fetching.catch((error: unknown) => error)).toBe(controller.signal.reason);
  });

  it('says that a refused or cut connection may be tried again and an unknown host may not', async () => {
    await using site = await TestSite.open({ '/cut': (message) => void message.socket.destroy() });
    const { host } = site;
    await using fetcher = open();

    await expect(fetcher.fetch(request(`http://${host}/cut`), never)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      retryable: true,
    });
    await expect(fetcher.fetch(request('http://127.0.0.1:1/'), never)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      retryable: true,
      details: { cause: 'ECONNREFUSED' },
    });
    const unknown = openHttpFetcher({
      allowPrivate: true,
      userAgent: 'x',
      lookup: (_h, _o, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), ''),
    });
    await expect(unknown.fetch(request('http://nowhere.example/'), never)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      retryable: false,
    });
    await unknown[Symbol.asyncDispose]();
  });
});
