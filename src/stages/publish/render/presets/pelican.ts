import { type Preset, plain } from './preset.ts';

/** Python-Markdown's `Key: value` lines, for Pelican reads no YAML. Its drafts are pages too, so held posts wait under another name. */
export const pelican: Preset = {
  ...plain,
  shape: ({
    title,
    description,
    date,
    lastmod,
    slug,
    tags,
    categories,
    draft,
    lang,
    translationKey,
    alternates,
    canonical,
    image,
    imageAlt,
    sources,
    provenance,
  }) => {
    const { seal, review, ...origin } = provenance as Readonly<Record<string, unknown>>;
    return {
      Title: asHtml(title),
      Date: date,
      Modified: lastmod,
      Slug: slug,
      Summary: asHtml(description, /[&<*_`[\]\\]/g),
      Tags: asHtml(listed(tags)),
      Category: asHtml(listed(categories)?.split(', ')[0]),
      Status: draft === true ? 'draft' : 'published',
      Lang: lang,
      Translationkey: translationKey,
      Alternates: alternates === undefined ? undefined : JSON.stringify({ list: alternates }),
      Canonical: canonical,
      Image: image,
      Imagealt: imageAlt,
      Sources: JSON.stringify({ list: sources }),
      Provenance: JSON.stringify(origin),
      Review: review,
      Seal: `"${String(seal)}"`,
    };
  },
  front: (data) =>
    `---\n${Object.entries(data)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => `${name}: ${String(value).replace(/\s+/g, ' ')}\n`)
      .join('')}---\n\n`,
  address: (path, { slug }) => `/${slug ?? path.replace(/\.\w+$/, '').replace(/^.*\//, '')}.html`,
  // `{…}` sets attributes, and a link may hold blanks where CommonMark sees text.
  text: (text) =>
    text
      .replace(/\\.|[{[]/gs, (sign) => (sign.startsWith('\\') ? escapeOf(sign) : `\\${sign}`))
      .replace(/^( {0,3}):(?=[ \t])/gm, '$1&#58;'),
  hasCodeFirst: true,
  pictures: { content: 'content', folder: 'content/images' },
  buildsDrafts: true,
  fencesAtMargin: true,
  anchors: 'attribute',
};

/** Python-Markdown knows fewer escapes than CommonMark, and shows the backslash of others. */
function escapeOf(sign: string): string {
  return /^\\[!"$%&',/:;<=?@^|~]$/.test(sign) ? `&#${sign.charCodeAt(1)};` : sign;
}

/** Themes write a title, a tag and a summary into the page as HTML, and a summary is Markdown before. */
function asHtml(text: unknown, signs = /[&<]/g): string | undefined {
  return text === undefined ? undefined : String(text).replace(signs, (sign) => `&#${sign.charCodeAt(0)};`);
}

function listed(names: unknown): string | undefined {
  if (!Array.isArray(names) || names.length === 0) return undefined;
  return names.map((name) => String(name).replaceAll(',', ' ')).join(', ');
}
