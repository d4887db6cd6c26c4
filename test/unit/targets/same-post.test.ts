import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sealed } from '../../../src/stages/publish/render/seal.ts';
import { handWritten, publishProject } from '../../helpers/publish-project.ts';
import { startWordPress } from '../../helpers/wordpress-server.ts';

const secrets = { WORDPRESS_USER: 'admin', WORDPRESS_APP_PASSWORD: 'pass word' };

async function start(files: Readonly<Record<string, string>>) {
  const site = await startWordPress();
  const project = await publishProject(files);
  const call = { settings: { publish: ['wordpress' as const], wordpressUrl: site.url }, secrets };
  return {
    cwd: project.cwd,
    write: project.write,
    titles: () => [...site.posts.values()].map(({ title }) => title),
    publish: async (...names: string[]) => (await project.publish(names, call)).map(({ outcome }) => outcome),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
    },
  };
}

const SOURCE = 'https://a.example/ 1';
/** A post as blogger writes it. */
const written = (title: string) =>
  `---\ntitle: ${title}\nprovenance:\n  source: ${SOURCE}\n  brief: b\n  seal: "${'0'.repeat(32)}"\n---\n\nText of ${title}.\n`;

test('a copy of a post that blogger wrote never takes the place of its original', async () => {
  await using project = await start({
    'a.md': sealed(written('First'), SOURCE),
    'b.md': written('A post of a person'),
  });

  expect(await project.publish('b.md', 'a.md')).toEqual(['failed', 'created']);
  expect(project.titles()).toEqual(['First']);
});

test('of two copies that a person made, neither is taken for the other', async () => {
  await using project = await start({ 'a.md': written('One'), 'b.md': written('Another') });

  expect(await project.publish('a.md', 'b.md')).toEqual(['failed', 'failed']);
  expect(project.titles()).toEqual([]);
});

test('a file is one post under each path to it: a link, a linked folder, another spelling of the path', async () => {
  await using project = await start({ 'posts/a.md': handWritten('a') });
  await symlink('posts', join(project.cwd, 'content'));
  await symlink('posts/a.md', join(project.cwd, 'newest.md'));

  expect(await project.publish('posts/a.md', './posts/a.md', 'newest.md')).toEqual(['created']);
  expect(await project.publish('content/a.md')).toEqual(['unchanged']);
  expect(project.titles()).toEqual(['a']);
});

test.each([
  ['Latin', 'café'],
  ['Korean', '한글 이름'],
  ['Japanese', 'がぎぐ'],
])('a name that a file system spells otherwise is the same name: %s', async (_script, name) => {
  const [composed, decomposed] = [`${name.normalize('NFC')}.md`, `${name.normalize('NFD')}.md`];
  await using project = await start({ [composed]: handWritten('a') });

  await project.publish(composed);
  await rename(join(project.cwd, composed), join(project.cwd, decomposed));
  expect(await project.publish(decomposed)).toEqual(['unchanged']);
  await rename(join(project.cwd, decomposed), join(project.cwd, composed));
  expect(await project.publish(composed)).toEqual(['unchanged']);
  expect(project.titles()).toEqual(['a']);
});

test('a hand-written post that was renamed or moved is the same post, and a new post may take its old name', async () => {
  await using project = await start({ 'posts/a.md': handWritten('a') });
  await project.publish('posts/a.md');

  await mkdir(join(project.cwd, 'archive'));
  await rename(join(project.cwd, 'posts/a.md'), join(project.cwd, 'archive/2026-01-01-renamed.md'));
  expect(await project.publish('archive/2026-01-01-renamed.md')).toEqual(['updated']);
  expect(await project.publish('archive/2026-01-01-renamed.md')).toEqual(['unchanged']);
  expect(project.titles()).toEqual(['a']);

  await writeFile(join(project.cwd, 'posts/a.md'), handWritten('Something else'));
  expect(await project.publish('posts/a.md')).toEqual(['created']);
  expect(project.titles()).toEqual(['a', 'Something else']);
});

test('a copy of a hand-written post beside it is a post of its own', async () => {
  await using project = await start({ 'a.md': handWritten('a'), 'b.md': handWritten('a') });

  expect(await project.publish('a.md')).toEqual(['created']);
  expect(await project.publish('b.md')).toEqual(['created']);
});
