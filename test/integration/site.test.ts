import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSiteIndex } from '../../src/services/site/site-index.ts';
import { openStateFile } from '../../src/services/sqlite/open-state-file.ts';
import { blogger, newProject } from '../helpers/run-bin.ts';

const post = (title: string, tags: readonly string[], draft = true) =>
  `---\ntitle: '${title}'\ndescription: 'About ${title}.'\ntags:\n${tags.map((tag) => `  - ${tag}`).join('\n')}\ndraft: ${draft}\nprovenance:\n  provider: test\n  review: none\n---\n\n## Body\n\nText: with colons — and "quotes".\n`;

test('links go to posts that share telling words, best first, never to oneself, and only to files that are there', async () => {
  await using project = await newProject();
  const site = join(project.folder, 'content');
  const out = join(project.folder, 'posts');
  await mkdir(join(site, 'old'), { recursive: true });
  await writeFile(join(site, 'old', 'turbine.md'), post('A tidal turbine for the harbour', ['tidal', 'turbine', 'energy']));
  await writeFile(join(site, 'bread.md'), post('How to bake bread', ['bread', 'flour']));
  await writeFile(join(site, '태양광.md'), post('햇빛 마을의 태양광 협동조합', ['태양광', '협동조합']));
  using state = openStateFile(join(project.folder, 'state'));
  const index = await openSiteIndex({ site, out, db: state.db });
  const paths = (text: string, except = '') => index.related(text, except).map(({ path }) => path);

  expect(index.related('Tidal turbine power in Port Selby', '')).toEqual([
    { path: '../content/old/turbine.md', title: 'A tidal turbine for the harbour', draft: true, terms: ['tidal', 'turbine'] },
  ]);
  expect(paths('태양광을 파는 협동조합')).toEqual(['../content/태양광.md']);
  expect(paths('What the year has been for the town')).toEqual([]);
  index.add({ path: 'new.md', title: 'Tidal energy and its turbine', text: '', draft: false });
  expect(paths('Tidal turbine energy', 'new.md')).toEqual(['../content/old/turbine.md']);
  expect(index.twinOf('The tidal turbine of the harbour', '')?.path).toBe('../content/old/turbine.md');
  expect(index.twinOf('The tidal turbine of the harbour', '../content/old/turbine.md')).toBeUndefined();
  expect(index.twinOf('A tidal barrage for the river', '')).toBeUndefined();
});

test('a file of the blog is read once, again when it changed, and forgotten when it is gone', async () => {
  await using project = await newProject();
  const out = join(project.folder, 'posts');
  const file = join(out, 'a.md');
  await mkdir(out);
  await writeFile(file, post('Old turbine harbour', ['tidal']));
  const first = new Date('2026-01-01T00:00:00Z');
  await utimes(file, first, first);
  using state = openStateFile(join(project.folder, 'state'));
  const titles = async () => (await openSiteIndex({ site: undefined, out, db: state.db })).related('turbine harbour tidal', '').map(({ title }) => title);
  expect(await titles()).toEqual(['Old turbine harbour']);

  await writeFile(file, post('New turbine harbour', ['tidal']));
  await utimes(file, first, first);
  // Same size, same time: the proof that it was not read.
  expect(await titles()).toEqual(['Old turbine harbour']);
  await utimes(file, first, new Date('2026-01-02T00:00:00Z'));
  expect(await titles()).toEqual(['New turbine harbour']);
  await rm(file);
  expect(await titles()).toEqual([]);
});

test('review lists the drafts that wait, approves and rejects them, and leaves the text and other files alone', async () => {
  await using project = await newProject();
  await mkdir(join(project.folder, 'posts'));
  const file = join(project.folder, 'posts', 'a.md');
  await writeFile(file, post('One: a "title"', ['x']));
  const run = (...args: string[]) => blogger(['review', ...args], { cwd: project.folder });

  await writeFile(join(project.folder, 'posts', 'notes.md'), 'No front matter.\n');
  expect(await run()).toMatchObject({
    stdout: expect.stringMatching(/^draft +posts\/a\.md +One: a "title"$/) as string,
    stderr: expect.stringContaining('posts/notes.md') as string,
  });
  expect((await run('approve', 'posts/a.md', '--by', 'Ann Lee', '--note', 'checked')).exitCode).toBe(0);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/draft: false\n/);
  expect(text).toMatch(/review: "?approved by Ann Lee at \d{4}-[^\n]+: checked"?\n/);
  expect(text.split('---\n').slice(2).join('---\n')).toBe(post('x', ['x']).split('---\n').slice(2).join('---\n'));
  expect((await run()).stdout).toBe('');
  await run('reject', 'posts/a.md', '--by', 'Bo');
  expect((await run()).stdout).toBe('');
  expect(JSON.parse((await run('--all', '--json')).stdout)).toMatchObject({ draft: true, review: expect.stringContaining('rejected by Bo') as string });
  expect(await readdir(join(project.folder, 'posts'))).toEqual(['a.md', 'notes.md']);
  expect((await run('approve', 'posts/notes.md')).exitCode).toBe(2);
  expect((await run('approve', 'nothing.md')).exitCode).toBe(2);
  expect((await run('approve')).exitCode).toBe(2);
});
