import { folderAddress, type Preset, plain } from './preset.ts';

export const hugo: Preset = {
  ...plain,
  shape: ({ lang, canonical, tags, categories, image, ...data }) => ({
    ...data,
    // Hugo's own templates for Open Graph read a list.
    images: image === undefined ? undefined : [image],
    tags: addressable(tags),
    categories: addressable(categories),
    language: lang,
    canonicalURL: canonical,
  }),
  address: folderAddress,
  pictures: { content: 'content', folder: 'static/images' },
  anchors: 'attribute',
  everywhere: withoutShortcodes,
};

/** Hugo writes a term into the address of its page as it is: `C#` would end in a fragment. */
function addressable(terms: unknown): unknown {
  if (!Array.isArray(terms)) return terms;
  return terms.map((term) => String(term).replace(/#/g, '♯').replace(/%/g, '％').replace(/\\/g, ' '));
}

/** A space parts the signs of a shortcode: half of one would end the build, a whole one could do anything. */
function withoutShortcodes(text: string): string {
  return text.replace(/\{\{(?=[<%])/g, '{ {').replace(/([>%])\}\}/g, '$1} }');
}

/** YAML, which Zola reads too; what it does not know lies in `extra`, and so do the tags, since one that no taxonomy is set for ends the build. */
export const zola: Preset = {
  ...plain,
  shape: ({ title, description, date, lastmod, slug, draft, ...extra }) => ({
    title,
    description,
    date,
    updated: lastmod,
    slug,
    draft,
    extra,
  }),
  address: folderAddress,
  pictures: { content: 'content', folder: 'static/images' },
  anchors: 'attribute',
  everywhere: (text) => text.replace(/\{(?=[{%])/g, '{ ').replace(/(?<=[%}])\}/g, ' }'),
};
