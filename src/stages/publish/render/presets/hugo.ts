import { folderAddress, type Preset, plain, SMART_SIGNS, withoutSmartSigns } from './preset.ts';

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
  text: withoutSmartSigns,
  textSigns: SMART_SIGNS,
  everywhere: withoutShortcodes,
};

/** Hugo writes a term into the address of its page as it is: `C#` would end in a fragment. */
function addressable(terms: unknown): unknown {
  if (!Array.isArray(terms)) return terms;
  return terms.map((term) => String(term).replace(/#/g, '♯').replace(/%/g, '％').replace(/\\/g, ' '));
}

/** A whole shortcode as Hugo itself escapes one, so that it is shown as it is; in half of one, which would end the build, a space parts the signs. */
function withoutShortcodes(text: string): string {
  return text
    .split(/(?=\{\{[<%])/)
    .map((part) => {
      const sign = /^\{\{([<%])(?!\/\*)/.exec(part)?.[1];
      if (sign === undefined) return part.replace(/^\{\{(?=[<%])/, '{ {');
      const end = part.indexOf(sign === '<' ? '>}}' : '%}}', 3);
      const inner = part.slice(3, end);
      if (end === -1 || inner.includes('*/')) return `{ ${part.slice(1)}`;
      return `{{${sign}/*${inner}*/${part.slice(end)}`;
    })
    .join('');
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
  // A shortcode has brackets; other braces are text to Zola.
  everywhere: (text) => text.replace(/\{(?=[{%]\s{0,9}(?:[A-Za-z_]\w{0,40}\s{0,9}\(|\/\*))/g, '{ '),
};
