import { expect, test } from 'vitest';
import type { PostDocument } from '../../../src/core/publishing.ts';
import { createGhost } from '../../../src/targets/ghost/ghost.ts';
import { type PublishOnceOptions, publishOnce } from '../../../src/targets/publish-once.ts';
import { fakeRandom } from '../../helpers/fakes.ts';
import { GHOST_KEY, startGhost } from '../../helpers/ghost-server.ts';
import { publicationMemory } from '../../helpers/publication-memory.ts';

const never = new AbortController().signal;
const clock = { now: () => Date.UTC(2026, 0, 1), monotonic: () => 0, sleep: async () => {} };
const POST: PostDocument = {
  key: 'aa11',
  title: 'The harbour',
  description: 'About it.',
  slug: 'harbour',
  tags: ['Reef & sea'],
  categories: [],
  lang: 'en',
  html: '<p>Text.</p>',
  pictures: [],
  hash: 'f1',
};

type Server = Awaited<ReturnType<typeof startGhost>>;

function optionsFor({ url }: Server): PublishOnceOptions {
  return {
    target: createGhost({ url, adminKey: GHOST_KEY, clock }),
    publications: publicationMemory(),
    showing: { as: 'draft' },
    force: false,
    clock,
    random: fakeRandom(),
  };
}

test('a post is made once, with its text, its tags and a hidden mark; a second run changes nothing', async () => {
  await using server = await startGhost();
  const options = optionsFor(server);

  expect(await publishOnce(POST, options, never)).toMatchObject({
    kind: 'created',
    remote: { url: `${server.url}/harbour/` },
  });
  expect(await publishOnce(POST, options, never)).toMatchObject({ kind: 'unchanged' });
  expect(await publishOnce(POST, optionsFor(server), never)).toMatchObject({ kind: 'unchanged' });
  expect([...server.posts.values()]).toMatchObject([
    {
      status: 'draft',
      html: '<p>Text.</p>',
      tags: [{ name: 'Reef & sea' }, { name: '#blogger-aa11' }],
      codeinjection_foot: expect.stringMatching(/^<!-- blogger:aa11 f1 [0-9a-f]{24} -->$/) as string,
    },
  ]);
});

test.each(['lost', 'refused'] as const)('an answer that is %s, of any call, leaves one sealed post', async (fault) => {
  for (const at of [0, 1]) {
    await using server = await startGhost();
    let call = 0;
    server.fault = () => (call++ === at ? fault : undefined);

    await publishOnce(POST, optionsFor(server), never);
    await publishOnce(POST, optionsFor(server), never);

    expect([...server.posts.values()]).toMatchObject([
      { codeinjection_foot: expect.stringMatching(/f1 [0-9a-f]{24}/) },
    ]);
  }
});

test.each([
  ['title', 'By hand'],
  ['html', '<p>By hand.</p>'],
  ['custom_excerpt', 'By hand.'],
  ['tags', [{ name: 'By hand' }, { name: '#blogger-aa11' }]],
  ['codeinjection_foot', (foot: string) => `${foot}<script>count()</script>`],
] as const)(
  'a person who changes the %s is seen by a machine that knows nothing of the post',
  async (member, value) => {
    await using server = await startGhost();
    await publishOnce(POST, optionsFor(server), never);
    const [made] = server.posts.values();
    if (made === undefined) throw new Error('no post');
    const edited = typeof value === 'function' ? value(made[member as 'codeinjection_foot'] ?? '') : value;
    Object.assign(made, { [member]: edited, updated_at: '2027-01-01T00:00:00.000Z' });

    const other = optionsFor(server);
    expect(await publishOnce(POST, other, never)).toMatchObject({ kind: 'unchanged' });
    for (const options of [other, optionsFor(server)])
      expect(await publishOnce({ ...POST, html: '<p>New.</p>', hash: 'f2' }, options, never)).toEqual({
        kind: 'kept',
        because: 'changed',
      });
    expect(made).toMatchObject({ [member]: edited });
  },
);

test('a machine that knows nothing of the post updates what nobody changed', async () => {
  await using server = await startGhost();
  await publishOnce(POST, optionsFor(server), never);

  expect(await publishOnce({ ...POST, html: '<p>New.</p>', hash: 'f2' }, optionsFor(server), never)).toMatchObject({
    kind: 'updated',
  });
});

test('two machines at once leave one post', async () => {
  await using server = await startGhost();

  await Promise.all([1, 2].map(() => publishOnce(POST, optionsFor(server), never)));

  expect([...server.posts.values()]).toHaveLength(1);
});

test('a new version takes its place; what was changed or deleted there is left alone', async () => {
  await using server = await startGhost();
  const options = optionsFor(server);
  await publishOnce(POST, options, never);
  expect(await publishOnce({ ...POST, html: '<p>New.</p>', hash: 'f2' }, options, never)).toMatchObject({
    kind: 'updated',
  });

  const [post] = server.posts.values();
  if (post === undefined) throw new Error('no post');
  Object.assign(post, { html: '<p>By hand.</p>', updated_at: '2027-01-01T00:00:00.000Z' });
  expect(await publishOnce({ ...POST, hash: 'f3' }, options, never)).toEqual({ kind: 'kept', because: 'changed' });
  expect(post.html).toBe('<p>By hand.</p>');

  server.posts.clear();
  expect(await publishOnce({ ...POST, hash: 'f3' }, options, never)).toEqual({ kind: 'kept', because: 'deleted' });
  expect(server.posts.size).toBe(0);
});

test('long titles and excerpts are cut to what Ghost takes', async () => {
  await using server = await startGhost();

  expect(await publishOnce({ ...POST, title: '가'.repeat(400) }, optionsFor(server), never)).toMatchObject({
    kind: 'created',
  });
});
