/** What differs between site generators: names in the front matter, where files lie, how posts link, which commands a text must not give. Pure. */

import { posix } from 'node:path';

export const PRESETS = ['generic', 'hugo', 'jekyll', 'astro', 'eleventy', 'none'] as const;
export type FrontMatterPreset = (typeof PRESETS)[number];

export interface Preset {
  /** Names and shapes the front matter as the generator expects it. */
  shape(data: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** Path of a post below the output folder. */
  file(slug: string, date: string, extension: string): string;
  /** Address of a post below the blog's own, by the generator's defaults. */
  address(slug: string, date: string, categories: readonly string[]): string;
  /** Takes the generator's own marks out of running text, as it stands in the file. */
  text(text: string): string;
  /** Writes inline code, marks included, as the generator takes it for code. */
  code(code: string): string;
  /** Takes out what the generator reads in the whole text, code included. */
  everywhere(text: string): string;
  /** Destination of a Markdown link from the post `from` to the file `to`, both relative to the output folder; undefined where there is none. */
  link(from: string, to: string): string | undefined;
  /** Drafts are not built: a link to one would lead nowhere. */
  readonly hidesDrafts: boolean;
}

const same = (text: string): string => text;
const flat = (slug: string, _date: string, extension: string): string => `${slug}.${extension}`;
const relative = (from: string, to: string): string => posix.relative(posix.dirname(from), to);
const toFile = (from: string, to: string): string => `<./${encodeURI(relative(from, to))}>`;
/** Pages live in folders of their own, one level below their files. */
const toFolder = (from: string, to: string): string =>
  `<../${encodeURI(relative(from, to).replace(/(?:(?<=^|\/)_?index)?\.\w+$/, ''))}/>`;

const inFolder = (slug: string): string => `${slug}/`;

const plain: Preset = {
  shape: (data) => ({ ...data }),
  file: flat,
  address: same,
  code: same,
  text: same,
  everywhere: same,
  link: toFile,
  hidesDrafts: false,
};

export const PRESET_TABLE: Readonly<Record<FrontMatterPreset, Preset>> = {
  generic: plain,
  none: { ...plain, shape: () => ({}) },
  hugo: {
    ...plain,
    shape: ({ lang, canonical, ...data }) => ({
      ...data,
      language: lang,
      canonicalURL: canonical,
    }),
    address: inFolder,
    everywhere: withoutShortcodes,
    // The build fails when the post is gone.
    link: (from, to) => (/["`\n]/.test(to) ? undefined : `{{< relref "${relative(from, to)}" >}}`),
    hidesDrafts: true,
  },
  jekyll: {
    shape: ({ lastmod, draft, slug, canonical, categories, ...data }) => ({
      layout: 'post',
      ...data,
      ...(Array.isArray(categories) ? { categories: categories.map(folderName) } : {}),
      last_modified_at: lastmod,
      published: draft !== true,
      slug,
      canonical_url: canonical,
    }),
    file: (slug, date, extension) => `_posts/${date.slice(0, 10)}-${slug}.${extension}`,
    address: (slug, date, categories) =>
      [
        ...categories.map((name) => folderName(name).toLowerCase()),
        ...date.slice(0, 10).split('-'),
        `${slug}.html`,
      ].join('/'),
    text: withoutKramdownMarks,
    // To kramdown a mark between spaces is none: what stands behind it would be live.
    code: (code) => code.replace(/^`(?!`)\s+(?=\S)/, '`'),
    everywhere: withoutLiquid,
    link(_from, to) {
      const name = /(?:^|\/)_posts\/(.+)\.\w+$/.exec(to)?.[1];
      return name === undefined || /[%{}\s]/.test(name) ? undefined : `{% post_url ${name} %}`;
    },
    hidesDrafts: true,
  },
  astro: {
    ...plain,
    shape: ({ date, lastmod, ...data }) => ({ ...data, pubDate: date, updatedDate: lastmod }),
    address: inFolder,
    link: toFolder,
    hidesDrafts: true,
  },
  eleventy: {
    ...plain,
    // Markdown only: what looks like Liquid in a post is text.
    shape: (data) => ({ ...data, templateEngineOverride: 'md' }),
    address: inFolder,
    link: toFolder,
    hidesDrafts: true,
  },
};

/** Jekyll makes folders of a post's categories: a colon or a slash in one ends its build. */
function folderName(category: unknown): string {
  return String(category)
    .replace(/[:/\\?#%.\s]+/g, ' ')
    .trim();
}

/** `{{` and `{%` as Liquid's own output of them. */
function withoutLiquid(text: string): string {
  return text.replace(/\{[{%]/g, "{{ '$&' }}");
}

/** `{:…}` sets attributes, `{::…}` switches the parser, `[…]` that is no link asks for one, `|` makes a table. What is escaped already stays. */
function withoutKramdownMarks(text: string): string {
  return text.replace(/\\.|[[|]|\{(?=:)/gs, (sign) => (sign.startsWith('\\') ? sign : `\\${sign}`));
}

/** A space parts the signs of a shortcode: half of one would end the build, a whole one could do anything. */
function withoutShortcodes(text: string): string {
  return text.replace(/\{\{(?=[<%])/g, '{ {').replace(/([>%])\}\}/g, '$1} }');
}
