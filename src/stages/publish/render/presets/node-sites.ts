/** Generators that run on Node. */

import {
  dayPath,
  folderAddress,
  type Preset,
  plain,
  rooted,
  SMART_SIGNS,
  withoutSmartSigns,
  yamlFront,
} from './preset.ts';

/** A collection holds every file of its folder, and its pages are built whatever their front matter says. */
export const astro: Preset = {
  ...plain,
  // `image` is often declared as a file that Astro itself makes smaller; `ogImage` is an address.
  shape: ({ date, lastmod, image, ...data }) => ({ ...data, pubDate: date, updatedDate: lastmod, ogImage: image }),
  front: withPlainTimes,
  address: folderAddress,
  pictures: { content: 'src', folder: 'public/images' },
  buildsDrafts: true,
  text: withFlagsAsCode,
  textSigns: /--/,
};

/** Smart punctuation sees through escapes and references: in code alone the hyphens of `--flag` stay two. */
function withFlagsAsCode(text: string): string {
  return text.replace(/(?<![^\s(["'])--[\p{L}\d][\p{L}\d-]*/gu, '`$&`');
}

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
  shape: ({ lastmod, draft, image, ...data }) => ({
    ...data,
    cover: image,
    updated: lastmod,
    published: draft !== true,
    disableNunjucks: true,
  }),
  address: (path, { date, permalink }) => {
    if (permalink !== undefined) return rooted(permalink);
    const name = path.replace(/\.\w+$/, '').replace(/^.*\//, '');
    return `${[...dayPath(date), name].join('/')}/`;
  },
  pictures: { content: 'source', folder: 'source/images' },
  isDated: true,
  text: withoutSmartSigns,
  textSigns: SMART_SIGNS,
  hasFootnotes: false,
  anchors: 'none',
};

/** Every post is MDX: braces and `<` begin code, `import` and `export` at the start of a paragraph are taken as such. */
export const docusaurus: Preset = {
  ...plain,
  // The front matter becomes scripts in which neither a backslash nor a `<` is escaped.
  shape: ({ lastmod, draft, canonical, lang, sources, provenance, tags, ...data }) =>
    rewritten(
      {
        ...data,
        tags: Array.isArray(tags) ? tags.map(withFirstLetter) : tags,
        draft,
        last_update: { date: lastmod },
        custom: { canonical, lang, sources },
        provenance,
      },
      (text) => text.replaceAll('\\', '＼').replaceAll('<', '＜'),
    ),
  front: withPlainTimes,
  address: (path, { slug, permalink }) => permalink ?? slug ?? path.replace(/\.\w+$/, ''),
  text: (text) =>
    text
      .replace(/&lt;/g, '<')
      // A colon before a name is a directive.
      .replace(/\\.|[{<]|:(?=[:\p{L}_])/gsu, (sign) => (sign.startsWith('\\') ? sign : `\\${sign}`))
      .replace(/^(?=(?:import|export)\b)/gm, '\u2060')
      // `:name:` would be an emoji, whatever is escaped in it.
      .replace(/:(?=[\w+-]{1,40}:)/g, ':\u2060'),
  pictures: { content: 'blog', folder: 'static/images' },
  checksLinks: true,
  isMdx: true,
  anchors: 'attribute',
};

/** Docusaurus lists tags by their first UTF-16 unit and links to it: half a pictograph is an anchor that is nowhere. */
function withFirstLetter(tag: unknown): unknown {
  if (typeof tag !== 'string' || !/^[\ud800-\udfff]/.test(tag)) return tag;
  const rest = tag.replace(/^(?:[^\p{L}\p{N}])+/u, '');
  if (rest === '') return `\u2060${tag}`;
  return /^[\ud800-\udfff]/.test(rest) ? `\u2060${rest}` : rest;
}

/** Docusaurus writes a zone behind a quoted time, and Astro's `z.date()` takes none. */
function withPlainTimes(data: Readonly<Record<string, unknown>>): string {
  return yamlFront(data)
    .split('\n')
    .map((line) => (/^ *(?:date|pubDate|updatedDate): "/.test(line) ? line.replaceAll('"', '') : line))
    .join('\n');
}

/** Knows no drafts; braces in text set attributes or are Vue's. */
export const vitepress: Preset = {
  ...plain,
  // VitePress reads a title of the front matter as Markdown, and ends its build at one that ends in a brace: the heading says it.
  // A `</script` in any value would end the script that it writes the data into.
  // A straight quote in the description would end the attribute that it writes the text into.
  shape: ({ title: _, description, ...data }) =>
    rewritten(
      { description: typeof description === 'string' ? withCurlyQuotes(description) : description, ...data },
      (text) => withoutIncludes(text.replace(/<\/(?=script)/gi, '< /')),
    ),
  // An escaped brace is one again when attributes are looked for; the comment parts it from what follows.
  // `:/`, `:name:`, `8-)` and `<3` would be emoji, `<<<` a file of the project and `[[toc]]` a list: an escaped sign is none.
  text: (text) =>
    text
      .replace(/\\?\{/g, '{<!---->')
      .replace(/\\.|:|;(?=-?\))|-(?=\))|<(?=\/?3|<<)|\[(?=\[toc\]\])/gis, (sign) =>
        sign.startsWith('\\') ? sign : `\\${sign}`,
      ),
  // Vue runs what stands in double braces in inline code too, and shows no page where it fails.
  code: (code) => (code.includes('{{') ? `${code}{v-pre}` : code),
  everywhere: withoutIncludes,
  address: (path) => path.replace(/\.\w+$/, '.html').replace(/(^|\/)index\.html$/, '$1'),
  checksLinks: true,
  buildsDrafts: true,
  needsHeading: true,
  hasFootnotes: false,
  anchors: 'attribute',
};

/** VitePress puts files in their place before it reads the Markdown, front matter and code as well: a page could show any file of the project. */
function withoutIncludes(text: string): string {
  return text.replace(/(<!--\s{0,99})@(?=include)/g, '$1@ ');
}

function withCurlyQuotes(text: string): string {
  return text.replace(/(^|[\s([{])"/g, '$1“').replaceAll('"', '”');
}

/** The same data, every string of it rewritten. */
function rewritten(data: Record<string, unknown>, rewrite: (text: string) => string): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? rewrite(value) : value)),
  ) as Record<string, unknown>;
}
