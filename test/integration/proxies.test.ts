import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { type AddressInfo, isIP, type LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchRequest } from '../../src/core/ports.ts';
import { openHttpFetcher } from '../../src/services/http/http-fetcher.ts';
import { readProxySettings } from '../../src/util/net/proxy-route.ts';
import { openForwardProxy } from '../helpers/forward-proxy.ts';
import { TestSite } from '../helpers/test-site.ts';

const never = new AbortController().signal;
const request = (url: string): FetchRequest => ({ url, maxBytes: 100_000, timeoutMs: 5000, maxRedirects: 0 });
/** Names of this test: public ones, private ones and ones that only a proxy knows. */
const lookup: LookupFunction = (name, _options, done) => {
  const known: Readonly<Record<string, string>> = {
    'public.example': '203.0.113.7',
    'private.example': '10.0.0.5',
    'meta.example': '169.254.169.254',
  };
  const address = isIP(name) === 0 ? { ...known, 'public.example': '93.184.216.34' }[name] : name;
  if (address === undefined) done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), [], 4);
  else done(null, [{ address, family: 4 }], 4);
};

let folder: string;
let secure: Http2SecureServer;
let ca: string;
const versions: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proxies-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=public.example',
      '-addext',
      'subjectAltName=DNS:public.example,DNS:localhost',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  ca = readFileSync(cert, 'utf8');
  secure = createSecureServer({ key: readFileSync(key), cert: ca, allowHTTP1: true }, (incoming, response) => {
    versions.push(`${incoming.httpVersion} ${incoming.url}`);
    response.writeHead(200, { 'content-type': 'text/html', 'x-robots-tag': 'noindex' });
    response.end('<p>secure</p>');
  });
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  secure.close();
  rmSync(folder, { recursive: true });
});
const securePort = () => (secure.address() as AddressInfo).port;

describe('a proxy of the environment', () => {
  it('forwards http and tunnels https through CONNECT, with its credentials only', async () => {
    await using site = await TestSite.open({ '/a?b=1': '<p>plain</p>' });
    await using proxy = await openForwardProxy((host) =>
      host.endsWith(':443') ? securePort() : Number(new URL(site.url('/')).port),
    );
    const address = proxy.url.replace('http://', 'http://me:pass%20word@');
    const proxies = readProxySettings({ HTTP_PROXY: address, HTTPS_PROXY: address });
    await using fetcher = openHttpFetcher({ allowPrivate: false, userAgent: 'blogger/0', lookup, proxies, ca });

    const plain = await fetcher.fetch(request('http://public.example/a?b=1'), never);
    const safe = await fetcher.fetch(request('https://public.example/b'), never);

    expect(Buffer.from(plain.body).toString()).toBe('<p>plain</p>');
    expect(Buffer.from(safe.body).toString()).toBe('<p>secure</p>');
    expect(proxy.requests).toEqual(['GET http://public.example/a?b=1', 'CONNECT public.example:443']);
    const credentials = `Basic ${Buffer.from('me:pass word').toString('base64')}`;
    expect(proxy.authorizations).toEqual([credentials, credentials]);
    expect(site.log[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('is not used for hosts in NO_PROXY', async () => {
    await using site = await TestSite.open({ '/a': '<p>direct</p>' });
    await using proxy = await openForwardProxy(() => 1);
    const proxies = readProxySettings({ HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' });
    await using fetcher = openHttpFetcher({ allowPrivate: true, userAgent: 'blogger/0', proxies });

    expect(Buffer.from((await fetcher.fetch(request(site.url('/a')), never)).body).toString()).toBe('<p>direct</p>');
    expect(proxy.requests).toEqual([]);
  });

  it.each([
    'http://private.example/',
    'https://private.example/',
    'http://meta.example/latest/meta-data/',
    'http://10.0.0.5/',
    'http://[::ffff:10.0.0.5]/',
    'http://2130706433/',
    'http://localhost/',
    'http://intranet/',
    'http://metadata.google.internal/',
    'http://printer.local/',
    'http://router.home.arpa/',
    'http://a.example.lan./',
  ])('does not open %s', async (url) => {
    await using proxy = await openForwardProxy(() => 1);
    const proxies = readProxySettings({ ALL_PROXY: proxy.url });
    await using fetcher = openHttpFetcher({ allowPrivate: false, userAgent: 'blogger/0', lookup, proxies });

    await expect(fetcher.fetch(request(url), never)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    expect(proxy.requests).toEqual([]);
  });

  it('receives names that only it can resolve, as in closed networks', async () => {
    await using site = await TestSite.open({ '/': '<p>x</p>' });
    await using proxy = await openForwardProxy(() => Number(new URL(site.url('/')).port));
    await using fetcher = openHttpFetcher({
      allowPrivate: false,
      userAgent: 'blogger/0',
      lookup,
      proxies: readProxySettings({ HTTP_PROXY: proxy.url }),
    });
    await fetcher.fetch(request('http://unresolved.example/'), never);

    expect(proxy.requests).toEqual(['GET http://unresolved.example/']);
  });

  it.each(['http', 'https'])('that does not exist fails %s requests with its name', async (scheme) => {
    await using fetcher = openHttpFetcher({
      allowPrivate: false,
      userAgent: 'blogger/0',
      lookup,
      proxies: readProxySettings({ ALL_PROXY: 'http://127.0.0.1:9' }),
    });

    await expect(fetcher.fetch(request(`${scheme}://public.example/`), never)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
    });
  });
});

describe('HTTP/2', () => {
  it('is used where the server prefers it, for many requests at once', async () => {
    versions.length = 0;
    await using fetcher = openHttpFetcher({ allowPrivate: true, userAgent: 'blogger/0', ca });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => fetcher.fetch(request(`https://localhost:${securePort()}/${at}?`), never)),
    );

    expect(answers.map(({ status, body }) => `${status} ${Buffer.from(body)}`)).toEqual(
      Array(12).fill('200 <p>secure</p>'),
    );
    expect(answers[0]?.headers['x-robots-tag']).toBe('noindex');
    expect(new Set(versions.map((version) => version.split(' ')[0]))).toEqual(new Set(['2.0']));
    expect(versions.map((version) => version.split(' ')[1]).sort()[0]).toBe('/0?');
  });
});
