/** The site generators that posts are built with: a minimal site for each, as its documentation shows it. */

import { fileURLToPath } from 'node:url';
import type { FrontMatterPreset } from '../../src/stages/publish/render/presets/presets.ts';

export interface Generator {
  readonly preset: FrontMatterPreset;
  /** Where the posts go, below the site's folder. */
  readonly out: string;
  /** Where the built site has the page of the output folder. */
  readonly home: string;
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly [string, ...string[]];
  readonly built: string;
  /** Stands on the pages of posts alone, where lists show whole posts too. @default every page that names a source is one of a post */
  readonly postMark?: RegExp;
  /** The site needs the packages of `test/sites/tools` beside it. */
  readonly hasModules?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

const TOOLS = fileURLToPath(new URL('./tools/node_modules/', import.meta.url));
const ELEVENTY = fileURLToPath(new URL('../../node_modules/@11ty/eleventy/cmd.cjs', import.meta.url));
const page = (title: string, content: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body><h1 class="title">${title}</h1><article>${content}</article></body></html>`;

export const GENERATORS: Readonly<Record<string, Generator>> = {
  Hugo: {
    preset: 'hugo',
    out: 'content/posts',
    home: 'posts/',
    files: {
      'config.toml': 'baseURL = "http://site/"\nrelativeURLs = true\ntitle = "Test"\n',
      'layouts/_default/single.html': page('{{ .Title }}', '{{ .Content }}'),
      'layouts/_default/list.html':
        '<!doctype html><html><body>{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>',
      'layouts/404.html': 'none',
    },
    command: ['hugo', '--panicOnWarning', '--cleanDestinationDir', '--destination', 'built'],
    built: 'built',
  },
  Jekyll: {
    preset: 'jekyll',
    out: '.',
    home: '',
    files: {
      '_config.yml':
        'title: Test\nmarkdown: kramdown\nkramdown:\n  show_warnings: true\nstrict_front_matter: true\nliquid:\n  error_mode: strict\n',
      '_layouts/post.html': page('{{ page.title | escape }}', '{{ content }}'),
    },
    command: ['jekyll', 'build', '--disable-disk-cache', '--destination', 'built'],
    built: 'built',
  },
  Astro: {
    preset: 'astro',
    out: 'src/content/blog',
    home: 'blog/',
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
${page('{Astro.props.data.title}', '<Content />')}`,
    },
    // As in a new checkout: Astro warns of each changed post that it finds in its cache, and of `--force` itself.
    command: ['sh', '-c', `rm -rf .cache && exec "${process.execPath}" "${TOOLS}astro/astro.js" build --outDir built`],
    built: 'built',
    hasModules: true,
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
  },
  Eleventy: {
    preset: 'eleventy',
    out: 'content/posts',
    home: 'posts/',
    files: {
      'content/posts/posts.11tydata.json': '{"layout":"post.liquid"}',
      'content/_includes/post.liquid': page('{{ title | escape }}', '{{ content }}'),
    },
    command: [process.execPath, ELEVENTY, '--input=content', '--output=built'],
    built: 'built',
  },
  Hexo: {
    preset: 'hexo',
    out: 'source/_posts',
    home: '',
    files: {
      'package.json': JSON.stringify({
        hexo: { version: '8.1.2' },
        dependencies: { hexo: '*', 'hexo-renderer-ejs': '*', 'hexo-renderer-marked': '*' },
      }),
      '_config.yml': 'title: Test\nurl: http://site\ntimezone: UTC\npublic_dir: built\ntheme: bare\n',
      'themes/bare/layout/post.ejs': page('<%= page.title %>', '<%- page.content %>'),
      'themes/bare/layout/index.ejs': '<!doctype html><html><body>index</body></html>',
    },
    command: [process.execPath, `${TOOLS}hexo/bin/hexo`, 'generate', '--force'],
    built: 'built',
    hasModules: true,
  },
  Pelican: {
    preset: 'pelican',
    out: 'content',
    home: '',
    files: {
      'pelicanconf.py':
        "SITENAME='Test'\nSITEURL='http://site'\nPATH='content'\nTIMEZONE='UTC'\nFEED_ALL_ATOM=None\nCATEGORY_FEED_ATOM=None\nTHEME='bare'\nDIRECT_TEMPLATES=[]\nAUTHOR='Ann'\nTAG_SAVE_AS=''\nCATEGORY_SAVE_AS=''\nAUTHOR_SAVE_AS=''\n",
      'bare/templates/article.html': page('{{ article.title }}', '{{ article.content }}'),
    },
    command: ['pelican', 'content', '--settings', 'pelicanconf.py', '--output', 'built', '--delete-output-directory'],
    built: 'built',
    env: { PYTHONWARNINGS: 'ignore' },
  },
  VitePress: {
    preset: 'vitepress',
    out: 'blog',
    home: 'blog/',
    files: {
      'package.json': '{"type":"module","private":true}',
      '.vitepress/config.mjs': "export default { title: 'Test', outDir: 'built', cacheDir: '.cache' };",
      '.vitepress/theme/index.mjs':
        "import { h } from 'vue';\nimport { Content } from 'vitepress';\nexport default { Layout: () => h(Content) };",
      'index.md': '# Home\n',
    },
    command: [process.execPath, `${TOOLS}vitepress/bin/vitepress.js`, 'build'],
    built: 'built',
    hasModules: true,
  },
  Docusaurus: {
    preset: 'docusaurus',
    out: 'blog',
    home: 'blog/',
    files: {
      'package.json': '{"private":true}',
      'docusaurus.config.js': `module.exports = {
  title: 'Test', url: 'http://site', baseUrl: '/', onBrokenLinks: 'throw', onBrokenAnchors: 'throw', onDuplicateRoutes: 'throw',
  markdown: { hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' } },
  presets: [['classic', { docs: false, pages: {}, blog: { onInlineTags: 'ignore', onUntruncatedBlogPosts: 'ignore', blogSidebarCount: 0, postsPerPage: 50 } }]],
};`,
      'src/pages/index.js': 'export default () => null;\n',
    },
    command: [
      process.execPath,
      `${TOOLS}@docusaurus/core/bin/docusaurus.mjs`,
      'build',
      '--out-dir',
      'built',
      '--no-minify',
    ],
    built: 'built',
    postMark: /property="?og:type"? content="?article/,
    hasModules: true,
    env: { DOCUSAURUS_IGNORE_SSG_WARNINGS: '1' },
  },
};
