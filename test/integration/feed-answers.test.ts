/** What the answer of a feed says beside its text: that it moved, is gone, holds for a time, or goes on elsewhere. */

import { expect, test } from 'vitest';
import { openLookingWorld, postPaths, postsIn, rssOf } from '../helpers/feed-world.ts';
import { status } from '../helpers/test-site.ts';

const HOUR = 3_600_000;

test.each([
  ['is gone', status(410), 410],
  ['asks to wait', status(503, { 'retry-after': '3600' }), 503],
  ['limits requests', status(429, { 'retry-after': '3600' }), 429],
  ['refuses for a time', status(403, { 'retry-after': '3600' }), 403],
])('a run whose only list %s is not repeated before its time', async (_, answer, code) => {
  await using world = await openLookingWorld();
  world.site.routes.set('/feed.xml', answer);
  const line = `${world.site.url('/feed.xml')} newest=1`;

  const first = await world.look([line]);
  const second = await world.look([line]);

  expect([first.outcome, first.asked]).toEqual([expect.objectContaining({ code: 'LIST_MISSING' }), ['/feed.xml']]);
  expect(second.asked).toEqual([]);
  expect(second.notes).toEqual([
    expect.stringMatching(
      new RegExp(`^/feed\\.xml is not requested again before 20.*Z, because of its last answer: .*${code}$`),
    ),
  ]);
  expect(world.sources()).toMatchObject([{ failures: 1, pending: 0 }]);
});

test('a run whose only list is down is repeated at once, and takes nothing by it', async () => {
  await using world = await openLookingWorld();
  const line = `${world.site.url('/feed.xml')} newest=1`;
  world.site.routes.set('/feed.xml', status(500));
  await world.look([line]);
  world.site.routes.set('/feed.xml', rssOf(world.site, postPaths(1, 2)));

  const { outcome, asked } = await world.look([line]);

  expect(outcome).toMatchObject({ summary: { sources: { read: 1, taken: 1 } } });
  expect(postsIn(asked)).toEqual(['/post/1']);
});

test.each<readonly [string, Readonly<Record<string, string>>, boolean]>([
  ['max-age', { 'cache-control': 'public, max-age=3600' }, true],
  ['a quoted max-age', { 'cache-control': 'max-age="3600"' }, true],
  ['Expires', { expires: new Date(Date.now() + HOUR).toUTCString(), date: new Date().toUTCString() }, true],
  ['max-age that another cache used up', { 'cache-control': 'max-age=3600', age: '3600' }, false],
  ['max-age and no-cache', { 'cache-control': 'no-cache, max-age=3600' }, false],
  ['max-age of shared caches', { 'cache-control': 's-maxage=3600' }, false],
  ['Expires in the past', { expires: '0', date: new Date().toUTCString() }, false],
  ['nothing', {}, false],
])('a feed whose answer says %s', async (_, headers, isFresh) => {
  await using world = await openLookingWorld();
  const { site } = world;
  site.routes.set('/feed.xml', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else rssOf(site, postPaths(1))(request, response.setHeader('etag', '"1"'));
  });
  const line = `${site.url('/feed.xml')} newest=0`;
  await world.look([line]);

  expect((await world.look([line])).asked).toEqual(isFresh ? [] : ['/feed.xml']);
  expect((await world.look([line])).asked).toEqual(isFresh ? [] : ['/feed.xml']);
});

test.each<readonly [string, readonly number[], string | undefined]>([
  ['301', [301], '/a1.xml'],
  ['308', [308], '/a1.xml'],
  ['301 twice', [301, 301], '/a2.xml'],
  ['301, then 302', [301, 302], '/a1.xml'],
  ['302', [302], undefined],
  ['302, then 301', [302, 301], undefined],
  ['307', [307], undefined],
])('a feed that answers with %s', async (_, codes, movedTo) => {
  await using world = await openLookingWorld();
  const { site } = world;
  for (const [n, code] of codes.entries())
    site.routes.set(n === 0 ? '/feed.xml' : `/a${n}.xml`, status(code, { location: `/a${n + 1}.xml` }));
  site.routes.set(`/a${codes.length}.xml`, rssOf(site, postPaths(1)));
  const line = `${site.url('/feed.xml')} newest=0`;

  const first = await world.look([line]);
  const second = await world.look([line]);

  const note = `/feed.xml moved permanently to ${movedTo ?? ''}; write the new address into the list`;
  expect([first.notes, second.notes]).toEqual([movedTo === undefined ? [] : [note], []]);
  expect(world.sources()).toMatchObject([{ movedTo: movedTo === undefined ? undefined : site.url(movedTo) }]);
});

test('the address that a feed moved to has no new items but the added ones', async () => {
  await using world = await openLookingWorld();
  const { site } = world;
  site.routes.set('/feed.xml', rssOf(site, postPaths(3, 2, 1)));
  await world.look([`${site.url('/feed.xml')} newest=2`]);
  site.routes.set('/feed.xml', status(301, { location: '/new.xml' }));
  site.routes.set('/new.xml', rssOf(site, postPaths(4, 3, 2, 1)));

  const { asked } = await world.look([`${site.url('/new.xml')} newest=2`]);

  expect(postsIn(asked)).toEqual(['/post/4']);
});

test.each([301, 302, 303, 307, 308])('status %i without Location is named as what it is', async (code) => {
  await using world = await openLookingWorld();
  world.site.routes.set('/feed.xml', status(code));
  world.site.routes.set('/page', status(code));

  const { outcome } = await world.look([`${world.site.url('/feed.xml')} newest=1`, world.site.url('/page')]);

  expect(outcome).toMatchObject({
    summary: {
      failures: [
        { message: `The list ${world.site.url('/feed.xml')} answered with status ${code} and no address to go to` },
        { message: `${world.site.url('/page')} answered with status ${code} and no address to go to` },
      ],
    },
  });
});

test('304 to the first request is a failure, and no feed without news', async () => {
  await using world = await openLookingWorld();
  world.site.routes.set('/feed.xml', status(304));

  const { outcome } = await world.look([`${world.site.url('/feed.xml')} newest=1`]);

  expect(outcome).toMatchObject({ code: 'LIST_INVALID' });
});
