import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { brokenLinks, filesHolding, foreignElements, readBuiltPosts } from '../helpers/built-site.ts';
import { createLivingBlog } from '../helpers/living-blog.ts';
import { newProject } from '../helpers/run-bin.ts';
import { GENERATORS } from '../sites/generators.ts';

/** The other generators are built by `npm run test:sites`. */
test('Eleventy builds 32 hard posts without a warning, each with its title and nothing live', {
  timeout: 120_000,
}, async () => {
  await using project = await newProject();
  const { Eleventy } = GENERATORS;
  if (Eleventy === undefined) throw new Error('no Eleventy');
  for (const [file, text] of Object.entries(Eleventy.files)) {
    await mkdir(dirname(join(project.folder, file)), { recursive: true });
    await writeFile(join(project.folder, file), text);
  }
  const blog = await createLivingBlog({
    out: join(project.folder, Eleventy.out),
    preset: Eleventy.preset,
    siteUrl: 'http://site/posts/',
    state: join(project.folder, '.state'),
    posts: 32,
  });
  const titles = await blog.run();

  const [program, ...args] = Eleventy.command;
  const { all, exitCode } = await execa(program, args, { cwd: project.folder, reject: false, all: true });
  const built = join(project.folder, Eleventy.built);
  const pages = await readBuiltPosts(built);

  expect(all).not.toMatch(/warn|error|problem/i);
  expect(exitCode).toBe(0);
  expect(pages.map(({ title }) => title).sort()).toEqual([...titles].sort());
  expect(await brokenLinks(built, 'http://site/')).toEqual([]);
  expect(pages.flatMap(({ html }) => foreignElements(html))).toEqual([]);
  for (const text of blog.hidden()) expect(await filesHolding(built, text)).toEqual([]);
});
