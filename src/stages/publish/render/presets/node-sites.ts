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
  everywhere: withoutBraces,
};

/** Every post is MDX: braces and `<` begin code, `import` and `export` at the start of a paragraph are taken as such. */
export const docusaurus: Preset = {
  ...plain,
  shape: ({ lastmod, draft, canonical, lang, sources, provenance, ...data }) => ({
    ...data,
    draft,
    last_update: { date: lastmod },
    custom: { canonical, lang, sources },
    provenance,
  }),
  address: (path, { slug, permalink }) => permalink ?? slug ?? path.replace(/\.\w+$/, ''),
  text: (text) =>
    text
      .replace(/&lt;/g, '<')
      .replace(/\\.|[{<]/gs, (sign) => (sign.startsWith('\\') ? sign : `\\${sign}`))
      .replace(/^(?=(?:import|export)\b)/gm, '\u2060'),
  checksLinks: true,
  fencesOnly: true,
};

/** Knows no drafts; a page is a Vue template, whose braces are taken in text. */
export const vitepress: Preset = {
  ...plain,
  address: (path) => path.replace(/\.\w+$/, '.html').replace(/(^|\/)index\.html$/, '$1'),
  everywhere: withoutBraces,
  checksLinks: true,
  buildsDrafts: true,
  needsHeading: true,
};
