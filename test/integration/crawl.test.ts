import { describe, expect, it } from 'vitest';
import { entryOf, mapStore, openCrawl, textOf } from '../helpers/crawl-setup.ts';
import { html, inTurn, redirect, status, TestSite, text } from '../helpers/test-site.ts';

describe('crawling a real server', () => {
  it('reads pages and asks for robots.txt and tdmrep.json once', async () => {
    await using site = await TestSite.open({ '/a': '<p>A</p>', '/b': '<p>B</p>' });
    await using crawl = openCrawl();

    const pages = await crawl.crawl([entryOf(site.url('/a')), entryOf(site.url('/b'))]);

    expect(pages.map(textOf).sort()).toEqual(['<p>A</p>', '<p>B</p>']);
    expect(site.paths().sort()).toEqual(['/.well-known/tdmrep.json', '/a', '/b', '/robots.txt']);
    expect(site.log[0]?.headers['user-agent']).toBe('blogger/0 (+https://example.org/bot)');
  });

  it('takes HIGH before MEDIUM before LOW and keeps the order inside a level', async () => {
    await using site = await TestSite.open({ '*': '<p>x</p>' });
    await using crawl = openCrawl({ crawler: { maxConcurrent: 1 } });
    const entries = (['low', 'medium', 'high', 'low', 'high'] as const).map((priority, at) =>
      entryOf(site.url(`/${priority}${at}`), { priority }),
    );

    await crawl.crawl(entries);

    expect(site.pages().map(({ path }) => path)).toEqual(['/high2', '/high4', '/medium1', '/low0', '/low3']);
  });

  it('never has more than perHost requests at one host in flight', async () => {
    await using site = await TestSite.open({ '*': html('<p>x</p>', { delayMs: 20 }) });
    await using crawl = openCrawl({ settings: { perHost: 2 }, crawler: { maxConcurrent: 10 } });

    await crawl.crawl(Array.from({ length: 12 }, (_, at) => entryOf(site.url(`/${at}`))));

    expect(site.maxInFlight).toBe(2);
  });

  it('reduces concurrency for large pages, so that they fit in memory', async () => {
    let most = 0;
    let read = 0;
    await using site = await TestSite.open({ '/robots.txt': text('') });
    site.routes.set('*', (request, response) => {
      most = Math.max(most, read === 0 ? 0 : site.inFlight);
      html(`<p>${request.url}${'x'.repeat(1_000_000)}</p>`, { delayMs: 100 })(request, response);
    });
    await using crawl = openCrawl({
      settings: { perHost: 20, maxBytes: 2_000_000 },
      crawler: { maxConcurrent: 20, perHost: 20 },
    });
    /** The others come once the size of the first is known. */
    async function* entries() {
      yield entryOf(site.url('/first'));
      while (read === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      for (let at = 0; at < 20; at += 1) yield entryOf(site.url(`/${at}`));
    }

    for await (const _page of crawl.crawler.crawl(entries())) read += 1;

    expect(read).toBe(21);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4); // three megabytes, and one more that was let in on the way to them
  });

  it('leaves the gap of Crawl-delay between two starts, cut to maxDelayMs', async () => {
    await using site = await TestSite.open({ '/robots.txt': text('User-agent: *\nCrawl-delay: 600'), '*': '<p>x</p>' });
    await using crawl = openCrawl({ settings: { maxDelayMs: 150 } });

    await crawl.crawl([entryOf(site.url('/a')), entryOf(site.url('/b')), entryOf(site.url('/c'))]);

    const [first, , third] = site.pages();
    // Two gaps of 150 ms; a busy machine may answer the first one late.
    expect((third?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(200);
  });

  it('reads other hosts while one is slow', async () => {
    await using slow = await TestSite.open({
      '/robots.txt': text('User-agent: *\nCrawl-delay: 1'),
      '*': '<p>slow</p>',
    });
    await using fast = await TestSite.open({ '*': '<p>fast</p>' });
    await using crawl = openCrawl({ settings: { maxDelayMs: 250 }, crawler: { maxConcurrent: 2 } });
    const entries = [
      ...[1, 2].map((n) => entryOf(slow.url(`/${n}`), { priority: 'high' })),
      ...[1, 2, 3, 4].map((n) => entryOf(fast.url(`/${n}`))),
    ];

    const pages = await crawl.crawl(entries);

    expect(pages.slice(0, 4).map(textOf)).toEqual(Array(4).fill('<p>fast</p>'));
    expect(pages).toHaveLength(6);
  });

  it('retries 5xx, 408, 425 and 429 and reports the attempts', async () => {
    await using site = await TestSite.open({
      '/a': inTurn(status(503), status(429), html('<p>A</p>')),
      '/b': inTurn(status(408), status(425), html('<p>B</p>')),
    });
    await using crawl = openCrawl();

    const pages = await crawl.crawl([entryOf(site.url('/a')), entryOf(site.url('/b'))]);

    expect(pages).toHaveLength(2);
    expect(
      crawl.heard
        .of('page:retry')
        .map(({ attempt }) => attempt)
        .sort(),
    ).toEqual([2, 2, 3, 3]);
    expect(crawl.crawler.stats().retries).toEqual({ 2: 2 });
  });

  it('holds the whole host for Retry-After', async () => {
    await using site = await TestSite.open({
      '/a': inTurn(status(429, { 'retry-after': '1' }), html('<p>A</p>')),
      '*': '<p>x</p>',
    });
    await using crawl = openCrawl({ settings: { maxDelayMs: 400, perHost: 1 } });

    await crawl.crawl([entryOf(site.url('/a')), entryOf(site.url('/b')), entryOf(site.url('/c'))]);

    const [first, second] = site.pages();
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(200);
  });

  it('sends no more requests to a host whose Retry-After is a day', async () => {
    await using site = await TestSite.open({
      '/a': status(429, { 'retry-after': '86400' }),
      '*': '<p>x</p>',
    });
    await using crawl = openCrawl({ settings: { maxDelayMs: 400, perHost: 1 } });

    await crawl.crawl([entryOf(site.url('/a')), entryOf(site.url('/b'))]);

    expect(site.pages()).toHaveLength(1);
    expect(crawl.heard.of('page:retry')).toEqual([]);
  });

  it('does not request what robots.txt forbids, and reports it', async () => {
    await using site = await TestSite.open({
      '/robots.txt': text('User-agent: blogger\nDisallow: /private'),
      '*': '<p>x</p>',
    });
    await using crawl = openCrawl();

    const pages = await crawl.crawl([entryOf(site.url('/private/x')), entryOf(site.url('/public'))]);

    expect(pages.map(({ url }) => url)).toEqual([site.url('/public')]);
    expect(crawl.heard.of('entry:skip').map(({ failure }) => failure.code)).toEqual(['ROBOTS_DENIED']);
    expect(site.paths()).not.toContain('/private/x');
  });

  it('requests no page of a host whose robots.txt answers 5xx', async () => {
    await using site = await TestSite.open({ '/robots.txt': status(503), '*': '<p>x</p>' });
    await using crawl = openCrawl();

    await crawl.crawl([entryOf(site.url('/a')), entryOf(site.url('/b'))]);

    expect(site.pages()).toEqual([]);
    expect(crawl.heard.of('entry:fail').map(({ failure }) => failure.code)).toEqual([
      'ROBOTS_UNREACHABLE',
      'ROBOTS_UNREACHABLE',
    ]);
  });

  it('fails waiting entries of a host that drops every connection', async () => {
    await using site = await TestSite.open({ '/robots.txt': text(''), '*': (request) => request.socket.destroy() });
    await using crawl = openCrawl({ settings: { aiPolicy: 'ignore' } });
    const read = (_: unknown, at: number) =>
      crawl.reader.read(entryOf(site.url(`/${at}`)), new AbortController().signal);

    const ends = await Promise.allSettled(Array.from({ length: 10 }, read));

    expect(ends).toMatchObject(Array(10).fill({ status: 'rejected' }));
  });

  it('returns one page for two entries that redirect to one address', async () => {
    await using site = await TestSite.open({
      '/old': redirect('/new'),
      '/new': '<link rel="canonical" href="/new"><p>x</p>',
      '/c': '<link rel="canonical" href="/new"><p>x</p>',
    });
    await using crawl = openCrawl();

    const pages = await crawl.crawl([entryOf(site.url('/old')), entryOf(site.url('/new')), entryOf(site.url('/c'))]);

    expect(pages).toHaveLength(1);
    expect(crawl.heard.of('entry:skip').map(({ failure }) => failure.code)).toEqual(['DUPLICATE', 'DUPLICATE']);
  });

  it('does not request a redirect target twice, even if nothing may be stored', async () => {
    const page = html('<p>x</p>', { headers: { 'cache-control': 'no-store' } });
    await using site = await TestSite.open({ '/new': page, '/old': redirect('/new') });
    await using crawl = openCrawl({ crawler: { maxConcurrent: 1 } });

    const pages = await crawl.crawl([entryOf(site.url('/new')), entryOf(site.url('/old'))]);

    expect(pages).toHaveLength(1);
    expect(site.pages().map(({ path }) => path)).toEqual(['/new', '/old']);
    expect(crawl.heard.of('entry:skip').map(({ failure }) => failure.code)).toEqual(['DUPLICATE']);
  });

  it('reads from the cache the second time, without a request to the host', async () => {
    await using site = await TestSite.open({ '/old': redirect('/new', 301), '/new': '<p>x</p>' });
    const store = mapStore();
    await using first = openCrawl({ store });
    await first.crawl([entryOf(site.url('/old'))]);
    const asked = site.log.length;
    await using second = openCrawl({ store });

    const [page] = await second.crawl([entryOf(site.url('/old'))]);

    expect(page).toMatchObject({ fromCache: true, finalUrl: site.url('/new'), ms: 0 });
    expect(page === undefined ? '' : textOf(page)).toBe('<p>x</p>');
    expect(site.log.length).toBe(asked);
  });

  it('revalidates an expired copy by ETag, and serves it marked as stale when the host fails', async () => {
    const headers = { etag: '"1"', 'cache-control': 'max-age=0' };
    await using site = await TestSite.open({
      '/a': inTurn(html('<p>A</p>', { headers }), status(304, headers), status(500)),
    });
    const store = mapStore();
    await using crawl = openCrawl({ store });

    const read = () => crawl.reader.read(entryOf(site.url('/a')), new AbortController().signal);
    const [fresh, confirmed, stale] = [await read(), await read(), await read()];

    expect([fresh.fromCache, confirmed.fromCache, stale.fromCache]).toEqual([false, true, true]);
    expect(site.pages()[1]?.headers['if-none-match']).toBe('"1"');
    expect([confirmed.stale, stale.stale]).toEqual([undefined, true]);
  });
});
