/** The posts of every preset, built by the generator that it is for. */

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import type { FrontMatterPreset } from '../../src/stages/publish/render/presets/presets.ts';
import { deadLinks, filesHolding, foreignElements, readBuiltPosts } from '../helpers/built-site.ts';
import { HELD_TEXT, POSTS, writeFuzzedPosts } from '../helpers/fuzzed-posts.ts';
import { newProject } from '../helpers/run-bin.ts';

interface Generator {
  readonly preset: FrontMatterPreset;
  /** Where the posts go, below the site's folder. */
  readonly out: string;
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly [string, ...string[]];
  readonly built: string;
}

const MODULES = fileURLToPath(new URL('./node_modules', import.meta.url));

const GENERATORS: Readonly<Record<string, Generator>> = {
  Hugo: {
    preset: 'hugo',
    out: 'content/posts',
    files: {
      'config.toml': 'baseURL = "http://site/"\nrelativeURLs = true\ntitle = "Test"\n',
      'layouts/_default/single.html':
        '<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1 class="title">{{ .Title }}</h1>{{ .Content }}</body></html>',
      'layouts/_default/list.html':
        '<!doctype html><html><body>{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>',
      'layouts/404.html': 'none',
    },
    command: ['hugo', '--panicOnWarning', '--destination', 'built'],
    built: 'built',
  },
  Jekyll: {
    preset: 'jekyll',
    out: '.',
    files: {
      '_config.yml':
        'title: Test\nmarkdown: kramdown\nkramdown:\n  show_warnings: true\nstrict_front_matter: true\nliquid:\n  error_mode: strict\n',
      '_layouts/post.html':
        '<!doctype html><html><head><title>{{ page.title | escape }}</title></head><body><h1 class="title">{{ page.title | escape }}</h1>{{ content }}</body></html>',
    },
    command: ['jekyll', 'build', '--disable-disk-cache', '--destination', 'built'],
    built: 'built',
  },
  Astro: {
    preset: 'astro',
    out: 'src/content/blog',
    files: {
      'package.json': '{"type":"module","private":true}',
      'astro.config.mjs': "export default { cacheDir: './.cache', vite: { cacheDir: './.vite' } };",
      'src/content.config.ts': `import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';
export const collections = {
  blog: defineCollection({
    loader: glob({ base: './src/content/blog', pattern: '**/*.md', generateId: ({ entry }) => entry.replace(/\\.md$/, '') }),
    schema: z.object({ title: z.string(), description: z.string(), pubDate: z.coerce.date(), updatedDate: z.coerce.date().optional(), tags: z.array(z.string()) }),
  }),
};`,
      'src/pages/blog/[...slug].astro': `---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  return (await getCollection('blog')).map((post) => ({ params: { slug: post.id }, props: post }));
}
const { Content } = await render(Astro.props);
---
<!doctype html><html><head><title>{Astro.props.data.title}</title></head><body><h1 class="title">{Astro.props.data.title}</h1><Content /></body></html>`,
    },
    command: [process.execPath, join(MODULES, 'astro/astro.js'), 'build', '--outDir', 'built'],
    built: 'built',
  },
};

test.each(Object.entries(GENERATORS))(
  '%s builds 200 hard posts without a warning, each with its title, live links and nothing live',
  async (name, generator) => {
    await using project = await newProject();
    const { folder } = project;
    const saved = await writeFuzzedPosts(join(folder, generator.out), generator.preset);
    for (const [file, text] of Object.entries(generator.files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    if (name === 'Astro') await symlink(MODULES, join(folder, 'node_modules'));

    const [program, ...args] = generator.command;
    const { all, exitCode } = await execa(program, args, {
      cwd: folder,
      reject: false,
      all: true,
      env: { ASTRO_TELEMETRY_DISABLED: '1', LANG: 'C.UTF-8' },
    });
    if (exitCode !== 0) throw new Error(all);
    const pages = await readBuiltPosts(join(folder, generator.built));

    expect(all).not.toMatch(/\bwarn|\berror|invalid/i);
    expect(exitCode).toBe(0);
    expect(pages.map(({ title }) => title).sort()).toEqual(saved.map(({ title }) => title).sort());
    expect(pages).toHaveLength(POSTS);
    expect(pages.filter(({ links }) => links.length === 2)).toHaveLength(POSTS - 2);
    expect(deadLinks(pages)).toEqual([]);
    expect(pages.flatMap(({ html }) => foreignElements(html))).toEqual([]);
    expect(await filesHolding(join(folder, generator.built), HELD_TEXT)).toEqual([]);
  },
);
