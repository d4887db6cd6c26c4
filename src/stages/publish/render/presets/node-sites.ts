/** Generators that run on Node. */

import { dayPath, folderAddress, type Preset, plain, rooted, withoutBraces } from './preset.ts';

/** A collection holds every file of its folder, and its pages are built whatever their front matter says. */
export const astro: Preset = {
  ...plain,
  shape: ({ date, lastmod, ...data }) => ({ ...data, pubDate: date, updatedDate: lastmod }),
  address: folderAddress,
  buildsDrafts: true,
};

export const eleventy: Preset = {
  ...plain,
  shape: (data) => ({
    ...data,
    // Markdown only: what looks like Liquid in a post is text.
    templateEngineOverride: 'md',
    // `draft` says nothing to Eleventy: without an address there is no page, and no list names it.
    ...(data['draft'] === true ? { permalink: false, eleventyExcludeFromCollections: true } : {}),
  }),
  address: (path, { permalink }) =>
    folderAddress(path, permalink === undefined ? { categories: [] } : { permalink, categories: [] }),
  hasFootnotes: false,
  anchors: 'none',
};

export const hexo: Preset = {
  ...plain,
  shape: ({ lastmod, draft, ...data }) => ({
    ...data,
    updated: lastmod,
    published: draft !== true,
    disableNunjucks: true,
  }),
  address: (path, { date, permalink }) => {
    if (permalink !== undefined) return rooted(permalink);
    const name = path.replace(/\.\w+$/, '').replace(/^.*\//, '');
    return `${[...dayPath(date), name].join('/')}/`;
  },
  isDated: true,
  everywhere: withoutBraces,
  hasFootnotes: false,
  anchors: 'none',
};

/** Every post is MDX: braces and `<` begin code, `import` and `export` at the start of a paragraph are taken as such. */
export const docusaurus: Preset = {
  ...plain,
  // The front matter becomes scripts in which neither a backslash nor a `<` is escaped.
  shape: ({ lastmod, draft, canonical, lang, sources, provenance, ...data }) =>
    rewritten(
      { ...data, draft, last_update: { date: lastmod }, custom: { canonical, lang, sources }, provenance },
      (text) => text.replaceAll('\\', '＼').replaceAll('<', '＜'),
    ),
  address: (path, { slug, permalink }) => permalink ?? slug ?? path.replace(/\.\w+$/, ''),
  text: (text) =>
    text
      .replace(/&lt;/g, '<')
      .replace(/\\.|[{<]/gs, (sign) => (sign.startsWith('\\') ? sign : `\\${sign}`))
      .replace(/^(?=(?:import|export)\b)/gm, '\u2060'),
  checksLinks: true,
  isMdx: true,
  anchors: 'attribute',
};

/** Knows no drafts; braces in text set attributes or are Vue's. */
export const vitepress: Preset = {
  ...plain,
  // VitePress reads a title of the front matter as Markdown, and ends its build at one that ends in a brace: the heading says it.
  // A `</script` in any value would end the script that it writes the data into.
  shape: ({ title: _, ...data }) => rewritten(data, (text) => text.replace(/<\/(?=script)/gi, '< /')),
  // An escaped brace is one again when attributes are looked for; the comment parts it from what follows.
  text: (text) => text.replace(/\\?\{/g, '{<!---->'),
  address: (path) => path.replace(/\.\w+$/, '.html').replace(/(^|\/)index\.html$/, '$1'),
  checksLinks: true,
  buildsDrafts: true,
  needsHeading: true,
  hasFootnotes: false,
  anchors: 'attribute',
};

/** The same data, every string of it rewritten. */
function rewritten(data: Record<string, unknown>, rewrite: (text: string) => string): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? rewrite(value) : value)),
  ) as Record<string, unknown>;
}
