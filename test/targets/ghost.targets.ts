import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf } from '../../src/targets/ghost/token.ts';
import { startLossyProxy } from './lossy-proxy.ts';
import { fileOf, openMachine, PICTURES, POSTS, postOf, publishFrom, publishThroughKills } from './publish-many.ts';
import { startRealGhost } from './real-ghost.ts';

interface Post {
  readonly id: string;
  readonly slug: string;
  readonly status: string;
  readonly updated_at: string;
  readonly published_at: string | null;
  readonly html: string | null;
  readonly title: string;
  readonly custom_excerpt: string | null;
  readonly feature_image: string | null;
  readonly canonical_url: string | null;
  readonly newsletter: unknown;
  readonly email: unknown;
  readonly tags: readonly { readonly name: string }[];
}

let site: Awaited<ReturnType<typeof startRealGhost>>;
let machine: Awaited<ReturnType<typeof openMachine>>;
beforeAll(async () => {
  site = await startRealGhost();
  machine = await openMachine();
});
afterAll(async () => {
  await machine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const envOf = (url = site.url) => ({
  GHOST_ADMIN_API_KEY: site.adminKey,
  BLOGGER_GHOST_URL: url,
  BLOGGER_PUBLISH: 'ghost',
});

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${site.url}/ghost/api/admin${path}`, {
    method,
    headers: {
      authorization: `Ghost ${tokenOf(site.adminKey, Date.now())}`,
      'accept-version': 'v5.0',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (response.status === 204 ? {} : await response.json()) as { readonly posts: readonly Post[] };
}

const allPosts = async () => (await call('GET', '/posts/?limit=all&formats=html&include=tags,newsletter,email')).posts;
const ours = async () => (await allPosts()).filter(({ tags }) => tags.some(({ name }) => name.startsWith('#blogger-')));
const images = () =>
  readdirSync(join(site.folder, 'content/images'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /blogger-[0-9a-f]+(?:-\d+)?\.png$/.test(name) && !name.startsWith('size'),
  );

test('100 posts arrive once each: killed 100 times, every fifth answer lost, from two machines at once', async () => {
  await using other = await openMachine();
  await using proxy = await startLossyProxy(site.url);

  const { kills, runs } = await publishThroughKills([machine, other], [], envOf(proxy.url), proxy);

  const posts = await ours();
  console.info(
    `Ghost: ${posts.length} posts, ${images().length} pictures; ${runs} runs, ${kills} killed; ${proxy.figures.lost} of ${proxy.figures.calls} answers lost`,
  );
  expect(posts.map(({ slug }) => slug).sort()).toEqual(Array.from({ length: POSTS }, (_, at) => `post-${at}`).sort());
  expect(new Set(posts.map(({ status }) => status))).toEqual(new Set(['draft']));
  expect(images()).toHaveLength(PICTURES);
  expect(kills).toBeGreaterThan(50);
});

test('a second run changes nothing; a changed source updates in place; what was edited or deleted there stays', async () => {
  const all = Array.from({ length: POSTS }, (_, at) => fileOf(at));
  await publishFrom(machine, all, envOf());
  const before = await ours();
  const second = await publishFrom(machine, all, envOf());
  expect(new Set(second.results.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
  expect((await ours()).map(({ id, updated_at }) => [id, updated_at])).toEqual(
    before.map(({ id, updated_at }) => [id, updated_at]),
  );
  const find = (slug: string) => before.find((post) => post.slug === slug) as Post; // made above

  for (const number of [0, 1, 2, 3])
    await writeFile(join(machine.cwd, fileOf(number)), postOf(number, 'A newer text.'));
  const [edited, deleted, shown] = [find('post-1'), find('post-2'), find('post-3')];
  await call('PUT', `/posts/${edited.id}/?source=html`, {
    posts: [{ html: '<p>Edited by hand.</p>', updated_at: edited.updated_at }],
  });
  await call('DELETE', `/posts/${deleted.id}/`);
  await call('PUT', `/posts/${shown.id}/`, { posts: [{ status: 'published', updated_at: shown.updated_at }] });
  const { results } = await publishFrom(machine, [0, 1, 2, 3].map(fileOf), envOf());

  expect(results.map(({ outcome }) => outcome)).toEqual(['updated', 'kept', 'kept', 'updated']);
  const after = new Map((await allPosts()).map((post) => [post.id, post]));
  expect(after.get(find('post-0').id)?.html).toContain('A newer text.');
  expect(after.get(edited.id)?.html).toContain('Edited by hand.');
  expect(after.has(deleted.id)).toBe(false);
  expect(after.get(shown.id)).toMatchObject({
    status: 'published',
    html: expect.stringContaining('A newer text.') as string,
  });
});

test('a post has its tags, excerpt, picture and canonical address, and no newsletter goes out', async () => {
  await writeFile(
    join(machine.cwd, 'posts/whole.md'),
    '---\ntitle: "항구 & “quoted”"\nslug: 항구의-아침\ndescription: About it.\ncanonical: https://original.example/a\nimage: images/1.png\ntags: ["Reef & sea", "한글"]\n---\n\n## Two\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n![A boat](images/1.png)\n\nSee [one](post-3.md).\n',
  );
  const { results } = await publishFrom(machine, ['posts/whole.md', '--publish-as', 'publish'], envOf());
  expect(results[0]?.outcome).toBe('created');

  const post = (await ours()).find(({ title }) => title.startsWith('항구'));
  expect(post).toMatchObject({
    status: 'published',
    custom_excerpt: 'About it.',
    canonical_url: 'https://original.example/a',
    feature_image: expect.stringContaining('/content/images/') as string,
    newsletter: null,
    email: null,
  });
  expect(post?.tags.map(({ name }) => name)).toEqual(['Reef & sea', '한글', expect.stringMatching(/^#blogger-/)]);
  expect(results[0]?.detail).toBe(`${site.url}/${post?.slug}/`);
  for (const part of ['<table', 'alt="A boat"', `${site.url}/post-3/`]) expect(post?.html).toContain(part);
  expect((await fetch(results[0]?.detail ?? '')).status).toBe(200);
  expect(images()).toHaveLength(PICTURES);
});

test('posts are set for their times in the zone of the site', async () => {
  const names = ['a', 'b', 'c'].map((name) => `posts/timed-${name}.md`);
  for (const name of names) await writeFile(join(machine.cwd, name), `---\ntitle: ${name}\n---\n\nText.\n`);
  const rhythm = [
    '--publish-at',
    '2031-03-01',
    '--per-day',
    '2',
    '--between',
    '08:00-20:00',
    '--timezone',
    'Asia/Seoul',
  ];
  await publishFrom(machine, [...names.slice(0, 1), ...rhythm], envOf());
  await publishFrom(machine, [...names, ...rhythm], envOf());

  const timed = (await ours()).filter(({ slug }) => slug.startsWith('timed-'));
  expect(timed.map(({ slug, status, published_at }) => [slug, status, published_at]).sort()).toEqual([
    ['timed-a', 'scheduled', '2031-02-28T23:00:00.000Z'],
    ['timed-b', 'scheduled', '2031-03-01T05:00:00.000Z'],
    ['timed-c', 'scheduled', '2031-03-01T23:00:00.000Z'],
  ]);
});
