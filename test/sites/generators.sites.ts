/** The posts of every preset, built by the generator that it is for, through three runs of one blog. */

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { brokenLinks, elementsOfPosts, filesHolding, readBuiltPosts } from '../helpers/built-site.ts';
import { POSTS } from '../helpers/fuzzed-posts.ts';
import { createLivingBlog } from '../helpers/living-blog.ts';
import { newProject } from '../helpers/run-bin.ts';
import { GENERATORS, type Generator } from './generators.ts';

const MODULES = fileURLToPath(new URL('./tools/node_modules', import.meta.url));
const SITE = 'http://site/';

async function build({ command: [program, ...args], env = {} }: Generator, cwd: string): Promise<string> {
  const options = {
    cwd,
    reject: false,
    all: true,
    env: { LANG: 'C.UTF-8', NO_COLOR: '1', FORCE_COLOR: '0', CI: '1', ...env },
  };
  const { all, exitCode } = await execa(program, args, options);
  if (exitCode !== 0) throw new Error(all);
  return all ?? '';
}

test.each(Object.entries(GENERATORS))(
  '%s builds 200 hard posts three times while some are rejected, deleted, scheduled, expired: no warning, no dead link, nothing held',
  async (_name, generator) => {
    await using project = await newProject();
    const { folder } = project;
    for (const [file, text] of Object.entries(generator.files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    if (generator.hasModules === true) await symlink(MODULES, join(folder, 'node_modules'));
    const blog = await createLivingBlog({
      out: join(folder, generator.out),
      preset: generator.preset,
      siteUrl: SITE + generator.home,
      state: join(folder, '.state'),
    });
    const built = join(folder, generator.built);

    for (const run of [1, 2, 3]) {
      const titles = await blog.run();
      const said = await build(generator, folder);
      const pages = (await readBuiltPosts(built)).filter(({ html }) => generator.postMark?.test(html) ?? true);

      expect(said).not.toMatch(/\bwarn|\berror|invalid/i);
      const shown = new Set(pages.map(({ title }) => title));
      expect(
        titles.filter((title) => !shown.has(title) && !shown.has(title.replaceAll('\\', '＼').replaceAll('<', '＜'))),
      ).toEqual([]);
      if (run === 1) expect(pages).toHaveLength(POSTS);
      if (run === 1) expect(pages.filter(({ links }) => links.length === 2)).toHaveLength(POSTS - 2);
      expect(await brokenLinks(built, SITE)).toEqual([]);
      expect(elementsOfPosts(pages)).toEqual([]);
      for (const text of blog.hidden()) expect(await filesHolding(built, text)).toEqual([]);
      if (run === 1) await blog.change();
    }
  },
);
