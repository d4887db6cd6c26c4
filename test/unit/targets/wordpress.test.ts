import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { PostDocument } from '../../../src/core/publishing.ts';
import { type PublishOnceOptions, publishOnce } from '../../../src/targets/publish-once.ts';
import { createWordPress } from '../../../src/targets/wordpress/wordpress.ts';
import { FakeClock, fakeRandom } from '../../helpers/fakes.ts';
import { publicationMemory } from '../../helpers/publication-memory.ts';
import { type EmulatedWordPress, startWordPress } from '../../helpers/wordpress-server.ts';

const never = new AbortController().signal;
const clock = { now: () => Date.UTC(2026, 0, 1), monotonic: () => 0, sleep: async () => {} };

function post(members: Partial<PostDocument> = {}): PostDocument {
  return {
    key: 'aa11',
    title: 'The harbour',
    description: 'About it.',
    slug: 'harbour',
    tags: ['Reef & sea'],
    categories: ['News'],
    lang: 'en',
    html: '<p>Text with [gallery] in it.</p>',
    pictures: [],
    hash: 'f1',
    ...members,
  };
}

function optionsFor(server: EmulatedWordPress, members: Partial<PublishOnceOptions> = {}): PublishOnceOptions {
  const target = createWordPress({ url: server.url, user: 'admin', password: 'pass word', markup: 'blocks', clock });
  return {
    target,
    publications: publicationMemory(),
    showing: { as: 'draft' },
    force: false,
    clock,
    random: fakeRandom(),
    ...members,
  };
}

const live = (server: EmulatedWordPress) => [...server.posts.values()].filter(({ status }) => status !== 'trash');

test('a post is made once, as a draft, with its terms by name and no live shortcode; a second run asks nothing', async () => {
  await using server = await startWordPress();
  const options = optionsFor(server);

  expect(await publishOnce(post(), options, never)).toMatchObject({ kind: 'created' });
  const asked = server.requests.length;
  expect(await publishOnce(post(), options, never)).toMatchObject({ kind: 'unchanged' });

  expect(server.requests).toHaveLength(asked);
  expect(live(server)).toMatchObject([
    { status: 'draft', slug: 'harbour', content: expect.stringContaining('&#91;gallery]') as string },
  ]);
  expect([...server.terms.keys()]).toEqual(['/tags reef & sea', '/categories news']);
});

test.each(['lost', 'refused'] as const)('an answer that is %s, of any call, leaves one post', async (fault) => {
  for (let at = 0; at < 4; at += 1) {
    await using server = await startWordPress();
    let call = 0;
    server.fault = () => (call++ === at ? fault : undefined);

    expect((await publishOnce(post(), optionsFor(server), never)).kind).toMatch(/created|unchanged/);
    expect(live(server)).toHaveLength(1);
  }
});

test.each(['lost', 'refused'] as const)(
  'a process that dies at any call (%s) and starts again leaves one post, with and without its memory',
  async (fault) => {
    for (const keepsMemory of [true, false]) {
      for (let at = 0; at < 4; at += 1) {
        await using server = await startWordPress();
        const publications = publicationMemory();
        const death = new AbortController();
        let call = 0;
        server.fault = () => {
          if (call++ !== at) return undefined;
          death.abort(new DOMException('killed', 'AbortError'));
          return fault;
        };
        await publishOnce(post(), optionsFor(server, { publications }), death.signal).catch(() => {});
        server.fault = () => undefined;

        await publishOnce(post(), optionsFor(server, keepsMemory ? { publications } : {}), never);
        expect(live(server)).toHaveLength(1);
      }
    }
  },
);

test('two machines at once leave one post', async () => {
  await using server = await startWordPress();

  await Promise.all([1, 2].map(() => publishOnce(post(), optionsFor(server), never)));

  expect(live(server)).toHaveLength(1);
});

test('a second post that a killed machine left is taken back by the next run that looks', async () => {
  await using server = await startWordPress();
  await publishOnce(post(), optionsFor(server), never);
  const [first] = live(server);
  if (first === undefined) throw new Error('no post');
  server.posts.set(99, { ...first, id: 99 });

  await publishOnce(post(), optionsFor(server), never);

  expect(live(server)).toEqual([first]);
});

test('what another machine has updated is unchanged here, and is updated from here next', async () => {
  await using server = await startWordPress();
  const [a, b] = [optionsFor(server), optionsFor(server)];
  for (const options of [a, b]) await publishOnce(post(), options, never);
  await publishOnce(post({ html: '<p>New.</p>', hash: 'f2' }), a, never);

  expect(await publishOnce(post({ html: '<p>New.</p>', hash: 'f2' }), b, never)).toMatchObject({ kind: 'unchanged' });
  expect(await publishOnce(post({ html: '<p>Third.</p>', hash: 'f3' }), b, never)).toMatchObject({ kind: 'updated' });
});

test('tags that a person changed are an edit', async () => {
  await using server = await startWordPress();
  const options = optionsFor(server);
  await publishOnce(post(), options, never);
  const [made] = live(server);
  if (made === undefined) throw new Error('no post');
  made.tags = [77];

  expect(await publishOnce(post({ hash: 'f2' }), options, never)).toMatchObject({ kind: 'kept' });
});

test.each(['title', 'excerpt', 'content'] as const)(
  'a person who changes the %s within the same second is seen',
  async (member) => {
    await using server = await startWordPress();
    const options = optionsFor(server);
    await publishOnce(post(), options, never);
    const [made] = live(server);
    if (made === undefined) throw new Error('no post');
    made[member] = `${made[member]} by hand`;

    for (const one of [options, optionsFor(server)])
      expect(await publishOnce(post({ hash: 'f2' }), one, never)).toMatchObject({ kind: 'kept' });
  },
);

test('a new version takes its place, also where the answer was lost', async () => {
  await using server = await startWordPress();
  const options = optionsFor(server);
  await publishOnce(post(), options, never);
  let call = 0;
  server.fault = (request) => (request.startsWith('POST /wp-json/wp/v2/posts/') && call++ === 0 ? 'lost' : undefined);

  const outcome = await publishOnce(post({ html: '<p>New.</p>', hash: 'f2' }), options, never);

  expect(outcome.kind).toMatch(/updated|unchanged/);
  expect(live(server)).toMatchObject([{ content: expect.stringContaining('New.') as string }]);
  expect(await publishOnce(post({ html: '<p>Third.</p>', hash: 'f3' }), options, never)).toMatchObject({
    kind: 'updated',
  });
});

test('what was changed or deleted there is left alone until it is forced', async () => {
  await using server = await startWordPress();
  const options = optionsFor(server);
  await publishOnce(post(), options, never);
  const [made] = live(server);
  if (made === undefined) throw new Error('no post');
  Object.assign(made, { content: `${made.content} By hand.`, modified: made.modified + 60_000 });

  expect(await publishOnce(post({ hash: 'f2' }), options, never)).toEqual({ kind: 'kept', because: 'changed' });
  expect(made.content).toContain('By hand.');
  expect(await publishOnce(post({ hash: 'f2' }), { ...options, force: true }, never)).toMatchObject({
    kind: 'updated',
  });

  made.status = 'trash';
  expect(await publishOnce(post({ hash: 'f3' }), options, never)).toEqual({ kind: 'kept', because: 'deleted' });
  expect(live(server)).toEqual([]);
});

test('refused credentials are named, and are in no message', async () => {
  await using server = await startWordPress({ password: 'other' });
  const failure = await publishOnce(post(), optionsFor(server, { clock: new FakeClock() }), never).catch(
    (error: unknown) => error,
  );

  expect(failure).toMatchObject({ code: 'TARGET_AUTH', message: expect.stringContaining('401') as string });
  expect(JSON.stringify(failure)).not.toContain('pass word');
});

test('the check names a target that refuses, and the rights that a user lacks', async () => {
  await using server = await startWordPress();

  expect(await optionsFor(server).target.check(never)).toMatchObject({ problems: [] });
  const stranger = createWordPress({ url: server.url, user: 'admin', password: 'wrong', markup: 'blocks', clock });
  expect(await stranger.check(never)).toMatchObject({ problems: [expect.stringContaining('401') as string] });
});

test.each([
  [
    'a listing of a folder',
    200,
    '<h1>Directory listing for /</h1>',
    /the page "Directory listing for \/" \(status 200\)/,
  ],
  ['an empty page', 200, '', /an empty page \(status 200\)/],
  ['a page that is missing', 404, 'Not found here', /the page "Not found here" \(status 404\)/],
  ['another program', 200, 'ok', /the page "ok"/],
])('an address of %s is no WordPress, and the hint names the setting', async (_what, status, body, says) => {
  const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = createWordPress({ url, user: 'admin', password: 'p', markup: 'blocks', clock });
  const { refused } = await target.check(never);
  server.close();

  expect(refused).toMatchObject({
    message: expect.stringMatching(/^No WordPress answers at this address, but /) as string,
    hint: expect.stringContaining('--wordpress-url') as string,
  });
  expect((refused as Error).message).toMatch(says);
});
