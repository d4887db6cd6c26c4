/** Pages drawn by scripts, in Debian's Chromium. */

import { execFileSync } from 'node:child_process';
import type { AddressInfo, LookupFunction } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fetcher, FetchRequest } from '../../src/core/ports.ts';
import { openBrowser } from '../../src/services/browser/open-browser.ts';
import { openHttpFetcher } from '../../src/services/http/http-fetcher.ts';
import { entryOf, openCrawl, textOf } from '../helpers/crawl-setup.ts';
import { installPackage } from '../helpers/install-package.ts';
import { openRemoteChromium } from '../helpers/remote-chromium.ts';
import { html, type SiteHandler, TestSite, text } from '../helpers/test-site.ts';

const never = new AbortController().signal;
const chromium = installPackage('chromium', { skip: 'browser', isBare: true });
const PROSE = 'The ferry between the two islands runs on batteries since the spring of the year. '.repeat(8);
const SHELL = (script: string) =>
  `<!doctype html><html><head><title>App</title></head><body><div id="root"></div><script>${script}</script></body></html>`;
const json =
  (value: unknown): SiteHandler =>
  (_q, r) =>
    r.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const script =
  (code: string): SiteHandler =>
  (_q, r) =>
    r.writeHead(200, { 'content-type': 'text/javascript' }).end(code);

describe.skipIf(chromium === undefined)('a page drawn by scripts', () => {
  let renderer: ReturnType<typeof openBrowser>;
  beforeAll(() => {
    renderer = openBrowser({ browser: chromium, userAgent: 'blogger/0 (+https://example.org/bot)' });
  });
  afterAll(() => renderer[Symbol.asyncDispose]());
  const open = (settings = {}) => openCrawl({ renderer, settings: { timeoutMs: 15_000, ...settings } });

  it.each([
    [
      'from its own script',
      { '/a': SHELL(`document.getElementById('root').innerHTML = '<article><p>${PROSE}</p></article>'`) },
    ],
    [
      'from data that it fetches',
      {
        '/a': SHELL(`fetch('/api').then((r) => r.json()).then(({ body }) => { root.innerHTML = '<p>' + body })`),
        '/api': json({ body: PROSE }),
      },
    ],
    [
      'from a module',
      {
        '/a': '<div id=app></div><script type=module src=/app.js></script>',
        '/app.js': script(`import { body } from '/body.js'; app.innerHTML = '<p>' + body`),
        '/body.js': script(`export const body = ${JSON.stringify(PROSE)}`),
      },
    ],
    ['after a while', { '/a': SHELL(`setTimeout(() => { root.innerHTML = '<p>${PROSE}</p>' }, 300)`) }],
  ])('is drawn %s', async (_how, routes) => {
    await using site = await TestSite.open(routes as Record<string, SiteHandler | string>);
    await using crawl = open();

    const page = await crawl.reader.read(entryOf(site.url('/a')), never);

    expect(textOf(page)).toContain('runs on batteries');
    expect(site.pages().filter(({ path }) => path === '/a')).toHaveLength(1);
    expect(new Set(site.log.map(({ headers }) => headers['user-agent']))).toEqual(
      new Set(['blogger/0 (+https://example.org/bot)']),
    );
  });

  it('is rendered for the route in its fragment', async () => {
    await using site = await TestSite.open({ '/': SHELL(`root.innerHTML = '<p>' + location.hash + ' ${PROSE}</p>'`) });
    await using crawl = open();
    const pages = await crawl.crawl([entryOf(site.url('/#/one')), entryOf(site.url('/#/two'))]);

    expect(pages.map((page) => /#\/\w+/.exec(textOf(page))?.[0]).sort()).toEqual(['#/one', '#/two']);
  });

  it('loads nothing that robots.txt forbids, no images, and no more bytes than the page limit', async () => {
    const big = script(`/*${'x'.repeat(400_000)}*/`);
    await using site = await TestSite.open({
      '/robots.txt': text('User-agent: *\nDisallow: /private'),
      '/a': SHELL(`
        document.body.append(Object.assign(new Image(), { src: '/image.png' }));
        for (let n = 0; n < 9; n += 1) document.head.append(Object.assign(document.createElement('script'), { src: '/big' + n + '.js' }));
        fetch('/private/data').catch(() => {}).then(() => { root.innerHTML = '<p>${PROSE}</p>' })`),
      '*': big,
    });
    await using crawl = open();

    expect(textOf(await crawl.reader.read(entryOf(site.url('/a')), never))).toContain('runs on batteries');
    const paths = site.pages().map(({ path }) => path);
    expect(paths).not.toContain('/private/data');
    expect(paths).not.toContain('/image.png');
    expect(paths.filter((path) => path.startsWith('/big')).length).toBeLessThan(9);
  });

  it.each([
    ['never', SHELL(`root.innerHTML = '<p>${PROSE}</p>'`), false],
    ['auto', `<p>${PROSE}</p><script>document.body.innerHTML += 'drawn'</script>`, false],
    ['always', `<p>${PROSE}</p><script>document.body.innerHTML += '<b>drawn</b>'</script>`, true],
  ] as const)('with render %s', async (render, body, isDrawn) => {
    await using site = await TestSite.open({ '/a': body });
    await using crawl = open({ render });

    expect(textOf(await crawl.reader.read(entryOf(site.url('/a')), never)) !== body).toBe(isDrawn);
  });

  it('that never finishes is used as it is at the timeout', async () => {
    await using site = await TestSite.open({
      '/a': SHELL(`root.innerHTML = '<p>${PROSE}</p>'; setInterval(() => fetch('/poll'), 50)`),
      '/poll': 'x',
    });
    await using crawl = open({ timeoutMs: 3000 });

    expect(textOf(await crawl.reader.read(entryOf(site.url('/a')), never))).toContain('runs on batteries');
  });

  it('that holds the thread for ever ends by its time, and the next page is drawn', async () => {
    await using site = await TestSite.open({
      '/hang': SHELL('for (;;);'),
      '/a': SHELL(`root.innerHTML = '<p>${PROSE}</p>'`),
    });
    await using crawl = open({ timeoutMs: 3000, attempts: 1 });

    await expect(crawl.reader.read(entryOf(site.url('/hang')), never)).rejects.toMatchObject({ code: 'FETCH_TIMEOUT' });
    expect(textOf(await crawl.reader.read(entryOf(site.url('/a')), never))).toContain('runs on batteries');
  });

  it('whose owner reserves the drawn text is not used', async () => {
    await using site = await TestSite.open({
      '/a': SHELL(`document.head.innerHTML += '<meta name=robots content=noai>'; root.innerHTML = '<p>${PROSE}</p>'`),
    });
    await using crawl = open();

    await expect(crawl.reader.read(entryOf(site.url('/a')), never)).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  });

  it.each([
    ['its own browser', () => undefined],
    ['a browser that somebody else started', () => openRemoteChromium(chromium ?? '')],
  ])('reaches no private host, whatever it tries, in %s', async (_which, start) => {
    await using remote = await start();
    await using drawing =
      remote === undefined
        ? { render: renderer.render, [Symbol.asyncDispose]: async () => {} }
        : openBrowser({ browser: remote.address, userAgent: 'blogger/0' });
    let connections = 0;
    const canary = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    const target = `127.0.0.1:${(canary.address() as AddressInfo).port}`;
    const lookup: LookupFunction = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }], 4);
    const guarded = openHttpFetcher({ allowPrivate: false, userAgent: 'blogger/0', lookup });
    const attack = SHELL(`
      const t = '${target}';
      const tries = [
        () => fetch('http://' + t), () => fetch('http://' + t, { mode: 'no-cors' }), () => fetch('http://localhost:' + t.split(':')[1]),
        () => fetch('http://rebound.example/'), () => fetch('/redirect'), () => fetch('http://[::ffff:127.0.0.1]:' + t.split(':')[1]),
        () => { new WebSocket('ws://' + t) }, () => { new EventSource('http://' + t) }, () => navigator.sendBeacon('http://' + t, 'x'),
        () => { const i = document.createElement('iframe'); i.src = 'http://' + t; document.body.append(i) },
        () => { const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'http://' + t; document.head.append(l) },
        () => { const l = document.createElement('link'); l.rel = 'prefetch'; l.href = 'http://' + t; document.head.append(l) },
        () => { const l = document.createElement('link'); l.rel = 'preconnect'; l.href = 'http://' + t; document.head.append(l) },
        () => { const l = document.createElement('link'); l.rel = 'dns-prefetch'; l.href = 'http://' + t; document.head.append(l) },
        () => { document.body.append(Object.assign(new Image(), { src: 'http://' + t })) },
        () => { new Audio('http://' + t).play().catch(() => {}) },
        () => { const s = document.createElement('script'); s.src = 'http://' + t; document.body.append(s) },
        () => { window.open('http://' + t) },
        () => { const f = document.createElement('form'); f.action = 'http://' + t; f.method = 'post'; f.target = 'x'; document.body.append(f); f.submit() },
        () => { new Worker(URL.createObjectURL(new Blob(["fetch('http://" + t + "')"]))) },
        () => navigator.serviceWorker.register('/sw.js'),
        () => { const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + t }, { urls: 'turn:' + t + '?transport=tcp', username: 'a', credential: 'b' }] }); p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o)) },
        () => fetch('file:///etc/passwd'), () => import('http://' + t),
      ];
      for (const attempt of tries) { try { Promise.resolve(attempt()).catch(() => {}) } catch {} }
      setTimeout(() => { root.innerHTML = '<p>${PROSE}</p>' }, 500)`);
    const asked: string[] = [];
    /** The public site; everything else goes through the guard. */
    const fetcher: Fetcher = {
      fetch(request: FetchRequest, signal: AbortSignal) {
        const { host, pathname } = new URL(request.url);
        asked.push(request.url);
        if (host !== 'public.example') return guarded.fetch(request, signal);
        const head = { url: request.url, finalUrl: request.url, ms: 1 };
        if (pathname === '/a')
          return Promise.resolve({
            ...head,
            status: 200,
            headers: { 'content-type': 'text/html' },
            body: Buffer.from(attack),
          });
        if (pathname === '/redirect')
          return Promise.resolve({
            ...head,
            status: 302,
            headers: { location: `http://${target}/` },
            body: new Uint8Array(),
          });
        return Promise.resolve({ ...head, status: 404, headers: {}, body: new Uint8Array() });
      },
    };
    await using crawl = openCrawl({ fetcher, renderer: drawing, settings: { timeoutMs: 10_000, attempts: 1 } });

    const page = await crawl.reader.read(entryOf('http://public.example/a'), never);

    expect(textOf(page)).toContain('runs on batteries');
    expect(textOf(page)).not.toContain('root:');
    expect(asked.length).toBeGreaterThan(3);
    expect(connections).toBe(0);
    await guarded[Symbol.asyncDispose]();
    canary.close();
  });

  it('is drawn in a browser that somebody else started, which goes on without a tab of ours', async () => {
    await using remote = await openRemoteChromium(chromium ?? '');
    await using site = await TestSite.open({ '*': SHELL(`root.innerHTML = '<p>${PROSE}</p>'`) });
    for (const browser of [remote.address, remote.socketAddress]) {
      const own = openBrowser({ browser, userAgent: 'blogger/0' });
      await using crawl = openCrawl({ renderer: own, settings: { timeoutMs: 15_000 } });
      const pages = await Promise.all([1, 2, 3, 4].map((at) => crawl.reader.read(entryOf(site.url(`/${at}`)), never)));
      await own[Symbol.asyncDispose]();

      expect(pages.map(textOf)).toEqual(Array(4).fill(expect.stringContaining('runs on batteries')));
    }
    expect(await remote.tabs()).toEqual(['about:blank']);
  });

  it('fails with the name of a configured browser that does not respond', async () => {
    await using site = await TestSite.open({ '/a': SHELL('draw()') });
    await using own = openBrowser({ browser: 'http://127.0.0.1:9', userAgent: 'blogger/0' });
    await using crawl = openCrawl({ renderer: own });

    await expect(crawl.reader.read(entryOf(site.url('/a')), never)).rejects.toMatchObject({
      code: 'NEEDS_BROWSER',
      message: expect.stringContaining('http://127.0.0.1:9'),
    });
  });

  it('leaves no process behind after many pages, some of them given up', async () => {
    const before = countChromium();
    const own = openBrowser({ browser: chromium, userAgent: 'blogger/0' });
    await using site = await TestSite.open({ '*': SHELL(`root.innerHTML = '<p>${PROSE}</p>'`) });
    await using crawl = openCrawl({ renderer: own, settings: { timeoutMs: 15_000 } });
    const stop = new AbortController();
    const reads = Array.from({ length: 24 }, (_, at) =>
      crawl.reader.read(entryOf(site.url(`/${at}`)), at < 18 ? never : stop.signal),
    );
    setTimeout(() => stop.abort(), 400);
    const ends = await Promise.allSettled(reads);
    await own[Symbol.asyncDispose]();

    expect(ends.slice(0, 18).map(({ status }) => status)).toEqual(Array(18).fill('fulfilled'));
    expect(countChromium()).toBe(before);
  });
});

describe('without a browser', () => {
  it('an empty page fails with NEEDS_BROWSER, and other pages are read', async () => {
    await using site = await TestSite.open({ '/a': SHELL('draw()'), '/b': html(`<p>${PROSE}</p>`) });
    await using renderer = openBrowser({ browser: '/nowhere/chromium', userAgent: 'blogger/0' });
    await using crawl = openCrawl({ renderer });

    await expect(crawl.reader.read(entryOf(site.url('/a')), never)).rejects.toMatchObject({
      code: 'NEEDS_BROWSER',
      hint: expect.stringContaining('apt-get install chromium'),
    });
    expect(textOf(await crawl.reader.read(entryOf(site.url('/b')), never))).toContain('runs on batteries');
  });

  it('a page that carries its text as data is read from there', async () => {
    const state = { props: { pageProps: { post: { title: 'The quiet ferry', body: `<p>${PROSE}</p>` } } } };
    await using site = await TestSite.open({
      '/a': `<div id=__next></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(state)}</script><script src=/app.js></script>`,
    });
    await using crawl = openCrawl();

    expect(textOf(await crawl.reader.read(entryOf(site.url('/a')), never))).toContain(
      '<article><h1>The quiet ferry</h1>',
    );
    expect(site.pages()).toHaveLength(1);
  });
});

/** Processes of this test's browsers, by this process as their ancestor. */
function countChromium(): number {
  return execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('chromium') && line.includes(` ${process.pid} `)).length;
}
