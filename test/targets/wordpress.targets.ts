import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLossyProxy } from './lossy-proxy.ts';
import { fileOf, openMachine, PICTURES, POSTS, postOf, publishFrom, publishThroughKills } from './publish-many.ts';
import { startRealWordPress } from './real-wordpress.ts';

interface Post {
  readonly id: number;
  readonly slug: string;
  readonly status: string;
  readonly link: string;
  readonly modified_gmt: string;
  readonly date_gmt: string;
  readonly featured_media: number;
  readonly title: { readonly raw: string };
  readonly content: { readonly raw: string; readonly rendered: string; readonly block_version: number };
  readonly meta: Readonly<Record<string, string>>;
}

let site: Awaited<ReturnType<typeof startRealWordPress>>;
let machine: Awaited<ReturnType<typeof openMachine>>;
beforeAll(async () => {
  site = await startRealWordPress();
  machine = await openMachine();
});
afterAll(async () => {
  await machine[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const envOf = (url = site.url) => ({
  WORDPRESS_USER: 'admin',
  WORDPRESS_APP_PASSWORD: site.passwords.admin,
  BLOGGER_WORDPRESS_URL: url,
  BLOGGER_PUBLISH: 'wordpress',
});

async function allPosts(): Promise<Post[]> {
  const posts: Post[] = [];
  for (let page = 1; ; page += 1) {
    const { status, json } = await site.call(
      'GET',
      `/posts?status=publish,future,draft,pending,private,trash&context=edit&per_page=100&page=${page}`,
    );
    if (status !== 200) return posts;
    posts.push(...(json as Post[]));
  }
}

const ours = async () => (await allPosts()).filter(({ content }) => content.raw.includes('<!-- blogger:'));

test('100 posts arrive once each: killed 100 times, every fifth answer lost, from two machines at once', async () => {
  await using other = await openMachine();
  await using proxy = await startLossyProxy(site.url);

  const { kills, runs } = await publishThroughKills([machine, other], [], envOf(proxy.url), proxy);

  const posts = await ours();
  const media = (await site.call('GET', '/media?per_page=100')).json as unknown[];
  console.info(
    `WordPress: ${posts.length} posts, ${media.length} pictures; ${runs} runs, ${kills} killed; ${proxy.figures.lost} of ${proxy.figures.calls} answers lost`,
  );
  expect(posts.map(({ slug }) => slug).sort()).toEqual(Array.from({ length: POSTS }, (_, at) => `post-${at}`).sort());
  expect(new Set(posts.map(({ status }) => status))).toEqual(new Set(['draft']));
  expect(media).toHaveLength(PICTURES);
  expect(kills).toBeGreaterThan(50);
});

test('a second run changes nothing; a changed source updates in place; what was edited or deleted there stays', async () => {
  const files = [0, 1, 2, 3].map(fileOf);
  const settled = await publishFrom(machine, [...Array.from({ length: POSTS }, (_, at) => fileOf(at))], envOf());
  const before = await ours();
  const second = await publishFrom(machine, [...Array.from({ length: POSTS }, (_, at) => fileOf(at))], envOf());
  expect(new Set(second.results.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
  expect(settled.exitCode).toBe(0);
  expect((await ours()).map(({ id, modified_gmt }) => [id, modified_gmt])).toEqual(
    before.map(({ id, modified_gmt }) => [id, modified_gmt]),
  );
  const idOf = (slug: string) => before.find((post) => post.slug === slug)?.id;

  for (const number of [0, 1, 2]) await writeFile(join(machine.cwd, fileOf(number)), postOf(number, 'A newer text.'));
  await site.call('POST', `/posts/${idOf('post-1')}`, { content: 'Edited by hand.' });
  await site.call('DELETE', `/posts/${idOf('post-2')}`);
  await site.call('POST', `/posts/${idOf('post-3')}`, { status: 'publish' });
  await writeFile(join(machine.cwd, fileOf(3)), postOf(3, 'A newer text.'));
  const { results } = await publishFrom(machine, files, envOf());

  expect(results.map(({ outcome }) => outcome)).toEqual(['updated', 'kept', 'kept', 'updated']);
  const after = new Map((await allPosts()).map((post) => [post.id, post]));
  expect(after.get(idOf('post-0') ?? 0)?.content.raw).toContain('A newer text.');
  expect(after.get(idOf('post-1') ?? 0)?.content.raw).toBe('Edited by hand.');
  expect(after.get(idOf('post-2') ?? 0)?.status).toBe('trash');
  expect(after.get(idOf('post-3') ?? 0)).toMatchObject({
    status: 'publish',
    content: { raw: expect.stringContaining('A newer text.') as string },
  });
});

test('a post has its terms, links, pictures with their words, fields of SEO plugins, and no live shortcode, in both markups', async () => {
  for (const markup of ['blocks', 'classic']) {
    const name = `posts/markup-${markup}.md`;
    await writeFile(
      join(machine.cwd, name),
      `---\ntitle: "Markup ${markup} — “quoted” & 항구"\ndescription: About markup.\ncanonical: https://original.example/a\nimage: images/0.png\ntags: ["REEF & SEA", "한글"]\n---\n\nOne line\nand [gallery] the next.\n\n## Two\n\n- a\n- b\n\n1. x\n\n> quoted\n\n\`\`\`js\nif (a < b) [caption]\n\n  c();\n\`\`\`\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n![A boat "big"](images/1.png "T")\n\nSee [one](post-0.md#x) and [none](nowhere.md).\n`,
    );
    const { results, stderr } = await publishFrom(
      machine,
      [name, '--publish-as', 'publish', '--wordpress-markup', markup],
      envOf(),
    );
    expect([results[0]?.outcome, results[0]?.detail, stderr]).toEqual(['created', `${site.url}/markup-${markup}/`, '']);
    const post = (await ours()).find(({ slug }) => slug === `markup-${markup}`);
    expect(post).toMatchObject({
      status: 'publish',
      meta: {
        _yoast_wpseo_metadesc: 'About markup.',
        _yoast_wpseo_canonical: 'https://original.example/a',
        rank_math_canonical_url: 'https://original.example/a',
      },
      content: { block_version: markup === 'blocks' ? 1 : 0 },
    });
    const text = post?.content.rendered ?? '';
    expect(text).not.toMatch(/<br|<p>\s*<\/p>/);
    for (const part of [
      'One line and &#91;gallery] the next',
      '<h2',
      '<blockquote',
      'b) &#91;caption]\n\n  c();',
      'alt="A boat',
      `${site.url}/wp-content/uploads/`,
      'and none',
    ])
      expect(text).toContain(part);
    const cover = (await site.call('GET', `/media/${post?.featured_media}`)).json as { readonly source_url: string };
    expect(cover.source_url).toContain('/blogger-');
  }
  const boat = (await site.call('GET', '/media?per_page=100')).json as { readonly alt_text: string }[];
  expect(boat).toHaveLength(PICTURES);
  const tags = (await site.call('GET', '/tags?per_page=100')).json as { readonly name: string }[];
  expect(tags.filter(({ name }) => /reef/i.test(name))).toHaveLength(1);
});

test('posts are set for their times in the zone of the site, around those of earlier runs', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `posts/timed-${name}.md`);
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
  await publishFrom(machine, [...names.slice(0, 3), ...rhythm], envOf());
  await publishFrom(machine, [...names, ...rhythm], envOf());

  const timed = (await ours()).filter(({ slug }) => slug.startsWith('timed-'));
  expect(timed.map(({ slug, status, date_gmt }) => [slug, status, date_gmt]).sort()).toEqual([
    ['timed-a', 'future', '2031-02-28T23:00:00'],
    ['timed-b', 'future', '2031-03-01T05:00:00'],
    ['timed-c', 'future', '2031-03-01T23:00:00'],
    ['timed-d', 'future', '2031-03-02T05:00:00'],
    ['timed-e', 'future', '2031-03-02T23:00:00'],
  ]);
});

test.each(['editor', 'author', 'contributor'] as const)(
  'a draft of an %s arrives once, and what the role may not do is said',
  async (role) => {
    const name = `posts/role-${role}.md`;
    await writeFile(
      join(machine.cwd, name),
      `---\ntitle: By ${role}\ntags: [harbour]\ncategories: [News, New of ${role}]\n---\n\n| a |\n|---|\n| 1 |\n`,
    );
    const env = { ...envOf(), WORDPRESS_USER: role, WORDPRESS_APP_PASSWORD: site.passwords[role] };

    const { results } = await publishFrom(machine, [name], env);
    const again = await publishFrom(machine, [name], env);

    expect([results[0]?.outcome, again.results[0]?.outcome]).toEqual(['created', 'unchanged']);
    expect((await ours()).filter(({ slug }) => slug === `role-${role}`)).toHaveLength(1);
  },
);
