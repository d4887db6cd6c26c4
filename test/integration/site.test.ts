import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSiteIndex } from '../../src/services/site/site-index.ts';
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
  const index = await openSiteIndex({ site, out });

  expect(index.related('Tidal turbine power in Port Selby', '', 5)).toEqual([{ path: '../content/old/turbine.md', title: 'A tidal turbine for the harbour' }]);
  expect(index.related('태양광을 파는 협동조합', '', 5).map(({ path }) => path)).toEqual(['../content/태양광.md']);
  expect(index.related('What the year has been for the town', '', 5)).toEqual([]);
  index.add({ path: 'new.md', title: 'Tidal energy and its turbine', text: '' });
  expect(index.related('Tidal turbine energy', 'new.md', 5).map(({ path }) => path)).toEqual(['../content/old/turbine.md']);
});

test('review lists drafts, approves and rejects them, and leaves the text alone', async () => {
  await using project = await newProject();
  await mkdir(join(project.folder, 'posts'));
  const file = join(project.folder, 'posts', 'a.md');
  await writeFile(file, post('One: a "title"', ['x']));
  const run = (...args: string[]) => blogger(['review', ...args], { cwd: project.folder });

  expect((await run()).stdout).toMatch(/^draft +posts\/a\.md +One: a "title"$/);
  expect((await run('approve', 'posts/a.md', '--by', 'Ann Lee', '--note', 'checked')).exitCode).toBe(0);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/draft: false\n/);
  expect(text).toMatch(/review: "?approved by Ann Lee at \d{4}-[^\n]+: checked"?\n/);
  expect(text.split('---\n').slice(2).join('---\n')).toBe(post('x', ['x']).split('---\n').slice(2).join('---\n'));
  await run('reject', 'posts/a.md', '--by', 'Bo');
  expect(JSON.parse((await run('--json')).stdout)).toMatchObject({ draft: true, review: expect.stringContaining('rejected by Bo') as string });
  expect(await readdir(join(project.folder, 'posts'))).toEqual(['a.md']);
  expect((await run('approve', 'nothing.md')).exitCode).toBe(2);
  expect((await run('approve')).exitCode).toBe(2);
});
