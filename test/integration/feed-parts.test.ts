/** Feeds in several parts (RFC 5005). */

import { expect, test } from 'vitest';
import { nextLink, openLookingWorld, postPaths, postsIn, rssOf } from '../helpers/feed-world.ts';
import { html, type SiteHandler, status } from '../helpers/test-site.ts';

const HOUR = 3_600_000;

test('the first look reads on until it has its items, a later one until it meets the last look', {
  timeout: 180_000,
}, async () => {
  await using world = await openLookingWorld();
  const { site } = world;
  const serve = (newest: number) => {
    for (let page = 0; page < 4; page += 1) {
      const paths = postPaths(...Array.from({ length: 5 }, (_, n) => newest - page * 5 - n).filter((n) => n > 0));
      site.routes.set(page === 0 ? '/feed.xml' : `/feed.xml?p=${page}`, rssOf(site, paths, nextLink(`?p=${page + 1}`)));
    }
  };
  serve(6);
  const first = await world.look([`${site.url('/feed.xml')} newest=6`]);
  serve(12);
  const second = await world.look([`${site.url('/feed.xml')} newest=6`]);
  const third = await world.look([`${site.url('/feed.xml')} newest=6`]);

  const feeds = (asked: readonly string[]) => asked.filter((path) => path.startsWith('/feed'));
  expect([postsIn(first.asked), feeds(first.asked)]).toEqual([
    postPaths(1, 2, 3, 4, 5, 6),
    ['/feed.xml', '/feed.xml?p=1'],
  ]);
  expect(postsIn(second.asked)).toEqual(postPaths(...Array.from({ length: 6 }, (_, n) => n + 7)).toSorted());
  expect(feeds(second.asked)).toEqual(['/feed.xml', '/feed.xml?p=1']);
  expect(second.notes.filter((note) => note.includes('missing'))).toEqual([]);
  expect([postsIn(third.asked), feeds(third.asked)]).toEqual([[], ['/feed.xml']]);
});

test.each<readonly [string, (site: { url(path: string): string }) => SiteHandler, string | undefined]>([
  ['is gone', () => status(404), 'The list /more.xml answered with status 404'],
  [
    'leads to a file',
    () => status(302, { location: 'file:///etc/passwd' }),
    '/more.xml redirects to file:, which is not crawled',
  ],
  ['is unchanged', () => status(304), undefined],
  ['is a page', () => html('<p>Not a feed</p>'), undefined],
  ['is the same again', (site) => rssOf(site, postPaths(1), nextLink('/more.xml')), undefined],
  ['goes back', (site) => rssOf(site, postPaths(2), nextLink('/feed.xml')), undefined],
])('a next part that %s costs none of the items before it', async (_, answer, reason) => {
  await using world = await openLookingWorld();
  const { site } = world;
  site.routes.set('/feed.xml', rssOf(site, postPaths(1), nextLink('/more.xml')));
  site.routes.set('/more.xml', answer(site));

  const { outcome, asked, notes } = await world.look([`${site.url('/feed.xml')} newest=5`]);

  expect(outcome).toMatchObject({ summary: { sources: { read: 1, failed: 0 } } });
  expect(postsIn(asked)[0]).toBe('/post/1');
  expect(asked.filter((path) => path.endsWith('.xml'))).toEqual(['/feed.xml', '/more.xml']);
  const missing = 'older items are missing, because the next part of the feed could not be read:';
  expect(notes).toEqual(reason === undefined ? [] : [`/feed.xml: ${missing} ${reason}`]);
});

test.each<readonly [string, (next: string) => SiteHandler]>([
  [
    'an archive',
    (next) => (request, response) =>
      rssOf({ url: (path) => path }, ['http://127.0.0.1:1/x'], nextLink(next, 'prev-archive'))(request, response),
  ],
  [
    'JSON',
    (next) => (_request, response) =>
      response.writeHead(200).end(
        JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          title: 'T',
          next_url: next,
          items: [{ id: '1', url: 'http://127.0.0.1:1/x' }],
        }),
      ),
  ],
  [
    'Atom',
    (next) => (_request, response) =>
      response
        .writeHead(200)
        .end(
          `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link rel="next" href="${next}"/><entry><id>1</id><link href="http://127.0.0.1:1/x"/></entry></feed>`,
        ),
  ],
])('the next part of %s, at another host and address, obeys robots.txt', async (_, feed) => {
  await using world = await openLookingWorld();
  const { site } = world;
  site.routes.set('/feed.xml', feed('/closed/more.xml'));
  site.routes.set('/robots.txt', (_request, response) =>
    response.writeHead(200).end('User-agent: *\nDisallow: /closed/'),
  );
  const { asked, notes } = await world.look([`${site.url('/feed.xml')} newest=5`]);

  expect([asked, notes]).toEqual([['/feed.xml'], [expect.stringContaining('robots.txt of')]]);
});

test('a feed without end is left after twenty parts', async () => {
  await using world = await openLookingWorld();
  const { site } = world;
  let part = 0;
  site.routes.set('/feed.xml', rssOf(site, [], ''));
  const more: SiteHandler = (request, response) => {
    part += 1;
    rssOf(site, postPaths(1000 + part), nextLink(`/more.xml?${part}`))(request, response);
  };
  for (let n = 0; n < 40; n += 1) site.routes.set(`/more.xml?${n}`, more);
  site.routes.set('/feed.xml', more);

  const { asked } = await world.look([`${site.url('/feed.xml')} newest=500`]);

  expect(asked.filter((path) => path.includes('.xml'))).toHaveLength(20);
});

test('--since reads on until an item is older', async () => {
  await using world = await openLookingWorld();
  const { site } = world;
  const dated =
    (days: readonly number[], next: string): SiteHandler =>
    (_request, response) => {
      const items = days.map(
        (day) =>
          `<item><link>${site.url(`/post/${day}`)}</link><pubDate>${new Date(Date.now() - day * 24 * HOUR).toUTCString()}</pubDate></item>`,
      );
      response.writeHead(200).end(`<rss version="2.0"><channel>${nextLink(next)}${items.join('')}</channel></rss>`);
    };
  site.routes.set('/feed.xml', dated([1, 2], '/2.xml'));
  site.routes.set('/2.xml', dated([3, 9], '/3.xml'));
  site.routes.set('/3.xml', dated([10], '/4.xml'));

  const { asked } = await world.look([`${site.url('/feed.xml')}`], { since: Date.now() - 5 * 24 * HOUR });

  expect(postsIn(asked)).toEqual(['/post/1', '/post/2', '/post/3']);
  expect(asked.filter((path) => path.endsWith('.xml'))).toEqual(['/feed.xml', '/2.xml']);
});
