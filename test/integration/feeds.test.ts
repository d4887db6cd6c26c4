import { expect, test } from 'vitest';
import type { generate } from '../../src/api/generate.ts';
import { openFeedWorld } from '../helpers/feed-world.ts';
import { FEEDS, feedSite, itemsOf } from '../helpers/hostile-feeds.ts';
import { makeArticle } from '../helpers/make-articles.ts';
import { html, status } from '../helpers/test-site.ts';

async function openWorld() {
  let round = 0;
  const world = await openFeedWorld();
  const { site, server, run } = world;
  site.routes.set('*', feedSite({ round: () => round, origin: () => site.url('') }));
  return {
    site,
    server,
    run,
    nextRound: () => {
      round += 1;
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

const feedPath = (name: string) => `/feed/${Object.keys(FEEDS).indexOf(name)}`;
const written = (outcome: Awaited<ReturnType<typeof generate>>) => outcome.summary.posts.written;

test('30 feeds: the first run takes the newest of each, the second writes nothing and asks no model; a dead one never stops the others', {
  timeout: 120_000,
}, async () => {
  await using world = await openWorld();
  const { site, server, run } = world;
  const names = Object.keys(FEEDS);
  let conditional = 0;
  site.routes.set('/etag.xml', (request, response) => {
    if (request.headers['if-none-match'] === '"v1"') {
      conditional += 1;
      response.writeHead(304).end();
      return;
    }
    const items = itemsOf(40).map(({ path }) => `<item><link>${site.url(path)}</link></item>`);
    response.writeHead(200, { etag: '"v1"' }).end(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`);
  });
  site.routes.set(
    '/home',
    html('<head><link rel="alternate" type="application/rss+xml" href="/etag-copy.xml"></head>'),
  );
  site.routes.set('/etag-copy.xml', site.routes.get('/etag.xml') ?? status(500));
  site.routes.set('/same-as-plain', (request, response) => {
    request.url = feedPath('plain');
    return site.routes.get('*')?.(request, response);
  });
  const lines = [
    ...names.map((name) => `${site.url(feedPath(name))} feed=yes newest=2`),
    `${site.url('/etag.xml')} newest=2`,
    `${site.url('/same-as-plain')} newest=2`,
    `${site.url('/home')} feed=yes newest=2`,
  ];
  expect(lines).toHaveLength(30);

  const first = await run(lines);

  expect(first.summary.failures).toEqual([]);
  expect(first.summary.sources).toEqual({ read: 30, failed: 0, taken: 60 });
  expect(written(first)).toBe(56); // two feeds repeat the items of two others
  const paid = server.log.billed().length;
  expect(paid).toBe(56);

  world.nextRound();
  const asked = site.paths().length;
  const second = await run(lines);
  expect(second.summary.sources).toEqual({ read: 30, failed: 0, taken: 0 });
  expect([written(second), second.summary.calls, server.log.billed().length]).toEqual([0, 0, paid]);
  expect(
    site
      .paths()
      .slice(asked)
      .filter((path) => path.startsWith('/post/')),
  ).toEqual([]);
  expect(conditional).toBe(2);

  site.routes.set(feedPath('atom'), status(500));
  const third = await run(lines);
  expect(third.summary.sources).toMatchObject({ read: 29, failed: 1 });
  expect(third.summary.failures).toMatchObject([{ url: site.url(feedPath('atom')), code: 'HTTP_STATUS' }]);
  expect(server.log.billed()).toHaveLength(paid);
});

test.each(['plain', 'without guids', 'guids that change', 'tracking parameters', 'no dates', 'oldest first'])(
  'a feed with %s: only its new item is taken later',
  async (name) => {
    await using world = await openWorld();
    const { site, run } = world;
    const write = FEEDS[name];
    let count = 6;
    let round = 0;
    site.routes.set('/the.xml', (_request, response) =>
      response.writeHead(200).end(write?.(itemsOf(50, count), (path) => site.url(path), round)),
    );
    const first = await run([`${site.url('/the.xml')} newest=1`]);
    count = 7;
    round = 1;
    const second = await run([`${site.url('/the.xml')} newest=1`]);

    expect([written(first), written(second)]).toEqual([1, 1]);
    expect(site.paths().filter((path) => path.startsWith('/post/50/'))).toContainEqual(
      expect.stringMatching(/\/7(\?|$)/),
    );
  },
);

test('limits leave items for the next run, balanced over the feeds', async () => {
  await using world = await openWorld();
  const { site, run } = world;
  const lines = [0, 1, 2].map((feed) => `${site.url(`/feed/${feed}`)} feed=yes newest=4`);

  const first = await run(lines, { settings: { feeds: { maxItems: 5 } } });
  const paths = site.paths().filter((path) => path.startsWith('/post/'));
  const second = await run(lines, { settings: { feeds: { perFeed: 2 } } });
  const third = await run(lines);

  expect(new Set(paths.map((path) => path.split('/')[2]))).toEqual(new Set(['0', '1', '2']));
  expect([first, second, third].map(written)).toEqual([5, 6, 1]);
});

test('--since takes newer items, and failed ones are retried in later runs, three times at most', async () => {
  await using world = await openWorld();
  const { site, run } = world;
  const line = `${site.url('/feed/0')} feed=yes`;
  site.routes.set('/post/0/8', status(404));

  const first = await run([line], { since: Date.UTC(2026, 0, 7) });
  expect([written(first), first.summary.posts.failed]).toEqual([2, 1]);
  const again = [await run([line]), await run([line]), await run([line])];
  expect(again.map(({ summary }) => summary.posts.failed)).toEqual([1, 1, 0]);
  expect(again.map(written)).toEqual([0, 0, 0]);
});

test('a feed is not requested before its due time or Retry-After, and one that is gone only once a day', async () => {
  await using world = await openWorld();
  const { site, run } = world;
  site.routes.set('/slow.xml', (_request, response) =>
    response
      .writeHead(200)
      .end('<rss version="2.0"><channel><ttl>60</ttl><item><link>http://127.0.0.1:1/x</link></item></channel></rss>'),
  );
  site.routes.set('/busy.xml', status(503, { 'retry-after': '3600' }));
  site.routes.set('/gone.xml', status(410));
  site.routes.set('/proxied.xml', (_request, response) =>
    response.writeHead(203).end('<rss version="2.0"><channel><ttl>60</ttl></channel></rss>'),
  );
  const lines = ['slow', 'busy', 'gone', 'proxied'].map((name) => `${site.url(`/${name}.xml`)} newest=0`);

  const first = await run(lines);
  const second = await run(lines);

  expect(first.summary.sources).toMatchObject({ read: 2, failed: 2 });
  expect(second.summary.sources).toMatchObject({ failed: 0, taken: 0 });
  expect(
    site
      .paths()
      .filter((path) => path.endsWith('.xml'))
      .toSorted(),
  ).toEqual(['/slow.xml', '/busy.xml', '/gone.xml', '/proxied.xml'].toSorted());
});

test('items of a run that was stopped before it wrote them are taken by the next one', async () => {
  await using world = await openWorld();
  const { site, run } = world;
  const stop = new AbortController();
  const lines = [`${site.url('/feed/0')} feed=yes newest=3`];

  const first = await run(lines, {
    stop: stop.signal,
    onEvent: ({ type }) => {
      if (type === 'run:start') stop.abort();
    },
  });
  site.routes.set('/feed/0', status(304));
  const second = await run(lines);
  const third = await run(lines);

  expect([first, second, third].map(written)).toEqual([0, 3, 0]);
});

test('a dry run does not consume items of the next run', async () => {
  await using world = await openWorld();
  const { site, run } = world;
  const line = `${site.url('/feed/0')} feed=yes newest=3`;
  await run([line], { goal: 'estimate' });

  expect((await run([line])).summary.sources).toMatchObject({ taken: 3 });
});

test('the text of a feed stands in for a page that is down or drawn by scripts, not for one that its owner keeps back', async () => {
  await using world = await openWorld();
  const { site, run } = world;
  const items = ['down', 'drawn', 'gone', 'refused', 'denied'].map((path, index) => {
    const [, article = ''] = /<article>([\s\S]*)<\/article>/.exec(makeArticle(9000 + index)) ?? [];
    return `<item><title>${path}</title><link>${site.url(`/page/${path}`)}</link><description><![CDATA[${article}]]></description></item>`;
  });
  site.routes.set('/full.xml', (_request, response) =>
    response.writeHead(200).end(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`),
  );
  site.routes.set('/robots.txt', (_request, response) =>
    response.writeHead(200).end('User-agent: *\nDisallow: /page/denied'),
  );
  site.routes.set('/page/down', status(503));
  site.routes.set('/page/drawn', html('<div id="app"></div><p>Loading</p>'));
  site.routes.set('/page/gone', status(410));
  site.routes.set('/page/refused', status(403));
  const warnings: string[] = [];

  const { summary } = await run([site.url('/full.xml')], {
    onEvent(event) {
      if (event.type === 'run:warning' && event.code === 'FEED_TEXT') warnings.push(event.message);
    },
  });

  expect(summary.posts.written).toBe(2);
  expect(warnings.sort()).toEqual([expect.stringContaining('/page/down: '), expect.stringContaining('/page/drawn: ')]);
  expect([...summary.failures, ...summary.skips].map(({ url }) => url.split('/').at(-1)).sort()).toEqual([
    'denied',
    'gone',
    'refused',
  ]);
});

test('a sitemap is watched by its dates where the line asks for it', async () => {
  await using world = await openWorld();
  const { site, run } = world;
  let changed = '2026-01-02';
  site.routes.set('/sitemap.xml', (_request, response) =>
    response
      .writeHead(200)
      .end(
        `<urlset><url><loc>${site.url('/post/0/1')}</loc><lastmod>2026-01-01</lastmod></url><url><loc>${site.url('/post/0/2')}</loc><lastmod>${changed}</lastmod></url></urlset>`,
      ),
  );
  const line = [`${site.url('/sitemap.xml')} newest=1`];

  const first = await run(line);
  const second = await run(line);
  changed = '2026-02-02';
  const third = await run(line);

  expect([first, second, third].map(({ summary }) => summary.sources?.taken)).toEqual([1, 0, 1]);
});

test('a feed that redirects to a file, or to a private address where those are refused, is a failure of its own', async () => {
  await using world = await openWorld();
  const { site, run } = world;
  site.routes.set('/away.xml', status(302, { location: 'file:///etc/passwd' }));

  const open = await run([site.url('/away.xml'), `${site.url('/feed/0')} feed=yes newest=1`]);
  expect(open.summary.failures).toMatchObject([{ url: site.url('/away.xml'), code: 'TOO_MANY_REDIRECTS' }]);
  const asked = site.paths().length;
  await expect(run([`${site.url('/new.xml')} newest=1`], { settings: { allowPrivate: false } })).rejects.toMatchObject({
    code: 'LIST_MISSING',
  });
  expect(site.paths()).toHaveLength(asked);
});
