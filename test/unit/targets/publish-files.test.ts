import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { handWritten, publishProject } from '../../helpers/publish-project.ts';
import { type EmulatedWordPress, startWordPress } from '../../helpers/wordpress-server.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const secrets = { WORDPRESS_USER: 'admin', WORDPRESS_APP_PASSWORD: 'pass word' };
const callFor = ({ url }: EmulatedWordPress, members: object = {}) => ({
  settings: { publish: ['wordpress' as const], wordpressUrl: url, timezone: 'Asia/Seoul', ...members },
  secrets,
});
const contents = (server: EmulatedWordPress) => [...server.posts.values()].map(({ content }) => content);

test('posts that link to each other have their addresses after one run, and a second run changes nothing', async () => {
  await using server = await startWordPress();
  await using project = await publishProject({
    'posts/a.md': handWritten('a', 'See [b](b.md#part).'),
    'posts/b.md': handWritten('b', 'See [a](a.md) and [c](c.md).'),
  });
  const files = ['posts/a.md', 'posts/b.md'];

  await project.publish(files, callFor(server));
  const [a, b] = contents(server);
  expect(a).toContain(`href="${server.url}/?p=`);
  expect(a).toMatch(/#part"/);
  expect(b).toContain('and c.');

  const asked = server.requests.length;
  expect((await project.publish(files, callFor(server))).map(({ outcome }) => outcome)).toEqual([
    'unchanged',
    'unchanged',
  ]);
  expect(server.requests.slice(asked)).toEqual([]);
});

test('a picture that several posts show is uploaded once, also without memory and where the answer is lost', async () => {
  await using server = await startWordPress();
  await using project = await publishProject({
    'posts/a.md': handWritten('a', '![A boat](boat.png)'),
    'posts/b.md': handWritten('b', '![The same](/img/boat.png) ![Gone](gone.png)'),
    'posts/boat.png': PNG,
    'static/img/boat.png': PNG,
  });
  let call = 0;
  server.fault = (request) => (request.endsWith('/media') && call++ === 0 ? 'lost' : undefined);

  await project.publish(['posts/a.md'], callFor(server));
  await rm(join(project.cwd, '.blogger'), { recursive: true });
  await project.publish(['posts/a.md', 'posts/b.md'], callFor(server));

  expect(server.media).toMatchObject([{ alt_text: 'A boat' }]);
  const address = server.media[0]?.source_url ?? 'none';
  for (const content of contents(server)) expect(content).toContain(address);
});

test('two sites are two places', async () => {
  await using staging = await startWordPress();
  await using live = await startWordPress();
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });

  await project.publish(['posts/a.md'], callFor(staging));
  expect(await project.publish(['posts/a.md'], callFor(live))).toMatchObject([{ outcome: 'created' }]);
  expect([staging.posts.size, live.posts.size]).toEqual([1, 1]);
});

test('files of one name in two folders are two posts', async () => {
  await using server = await startWordPress();
  await using project = await publishProject({ 'a/index.md': handWritten('In a'), 'b/index.md': handWritten('In b') });

  await project.publish(['a/index.md', 'b/index.md'], callFor(server));

  expect([...server.posts.values()].map(({ slug }) => slug)).toEqual(['a', 'b']);
});

test.each([
  ['a draft', '---\ntitle: x\ndraft: true\n---\n\nSecret.\n', 'held'],
  ['not published', '---\ntitle: x\npublished: false\n---\n\nSecret.\n', 'held'],
  ['front matter that cannot be read', '---\ntitle: "x\ndraft: true\n---\n\nSecret.\n', 'failed'],
  ['a page of somebody else', '<!doctype html><title>x</title><p>Secret.</p>', 'failed'],
])('%s goes nowhere, whatever is asked for', async (name, text, outcome) => {
  await using server = await startWordPress();
  const file = name.startsWith('a page') ? 'posts/x.html' : 'posts/x.md';
  await using project = await publishProject({ [file]: text });

  for (const publishAs of ['draft', 'publish', 'schedule'])
    expect(await project.publish([file], { ...callFor(server, { publishAs }), force: true })).toMatchObject([
      { outcome },
    ]);
  expect(server.posts.size).toBe(0);
});

test('a first run of more than ten posts a day waits for consent; a rhythm needs none, and later runs need none', async () => {
  await using server = await startWordPress();
  const files = Array.from({ length: 12 }, (_, at) => `posts/p${at}.md`);
  await using project = await publishProject(Object.fromEntries(files.map((file) => [file, handWritten(file)])));
  const run = (names: readonly string[], members: object = {}) =>
    project.publish(names, { ...callFor(server, members), agrees: false });

  expect(await run(files)).toMatchObject([{ outcome: 'held', code: 'TARGET_VOLUME' }]);
  expect(server.posts.size).toBe(0);
  expect(await run(files.slice(0, 11), { publishAt: '2031-03-01', perDay: 11 })).toMatchObject([
    { code: 'TARGET_VOLUME' },
  ]);
  expect((await run(files.slice(0, 10))).every(({ outcome }) => outcome === 'created')).toBe(true);
  expect(await run(files)).toHaveLength(12);
  expect(server.posts.size).toBe(12);
});

test('posts get their times, a failed one keeps its own, and later ones come after', async () => {
  await using server = await startWordPress();
  const files = ['a', 'b', 'c'].map((name) => `posts/${name}.md`);
  await using project = await publishProject(Object.fromEntries(files.map((file) => [file, handWritten(file)])));
  const rhythm = { publishAt: '2031-03-01', perDay: 2, between: '08:00-20:00' };
  server.fault = (request) => (request.endsWith('/posts') ? 'refused' : undefined);
  expect(await project.publish(files.slice(0, 1), callFor(server, rhythm))).toMatchObject([{ outcome: 'failed' }]);
  server.fault = () => undefined;

  await project.publish(files.slice(1), callFor(server, rhythm));
  await project.publish(files, callFor(server, rhythm));

  const times = [...server.posts.values()].map(({ slug, status, date_gmt }) => [slug, status, date_gmt]);
  expect(times.sort()).toEqual([
    ['a', 'future', '2031-02-28T23:00:00'],
    ['b', 'future', '2031-03-01T05:00:00'],
    ['c', 'future', '2031-03-01T23:00:00'],
  ]);
});

test('a file that a person wrote is never touched', async () => {
  await using server = await startWordPress();
  const text = handWritten('a');
  await using project = await publishProject({ 'posts/a.md': text });

  await project.publish(['posts/a.md'], callFor(server));

  expect(await readFile(join(project.cwd, 'posts/a.md'), 'utf8')).toBe(text);
});

test('a post that a person has shown to readers is updated in place; one in the bin does not come back without memory', async () => {
  await using server = await startWordPress();
  await using project = await publishProject({ 'posts/a.md': handWritten('a') });
  await project.publish(['posts/a.md'], callFor(server));
  const [post] = server.posts.values();
  if (post === undefined) throw new Error('no post');
  Object.assign(post, { status: 'publish', modified: post.modified + 60_000 });

  await writeFile(join(project.cwd, 'posts/a.md'), handWritten('a', 'Newer.'));
  expect(await project.publish(['posts/a.md'], callFor(server))).toMatchObject([{ outcome: 'updated' }]);

  post.status = 'trash';
  await rm(join(project.cwd, '.blogger'), { recursive: true });
  expect(await project.publish(['posts/a.md'], callFor(server))).toMatchObject([{ outcome: 'kept' }]);
  expect(server.posts.size).toBe(1);
});
