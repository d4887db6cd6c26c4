import { type Addressed, dayPath, type Preset, plain, rooted, withoutSmartSigns } from './preset.ts';

export const jekyll: Preset = {
  ...plain,
  shape: ({ lastmod, draft, slug, canonical, categories, image, imageAlt, ...data }) => ({
    layout: 'post',
    ...data,
    ...(Array.isArray(categories) ? { categories: categories.map(folderName) } : {}),
    last_modified_at: lastmod,
    published: draft !== true,
    slug,
    image: image === undefined ? undefined : { path: image, alt: imageAlt },
    canonical_url: canonical,
  }),
  file: (slug, date, extension) => `_posts/${date.slice(0, 10)}-${slug}.${extension}`,
  address: jekyllAddress,
  pictures: { content: '', folder: 'images' },
  isDated: true,
  text: (text) => withoutSmartSigns(withoutKramdownMarks(text)),
  hasCodeFirst: true,
  // To kramdown a mark between spaces is none: what stands behind it would be live.
  code: (code) => code.replace(/^`(?!`)\s+(?=\S)/, '`'),
  everywhere: withoutLiquid,
  anchors: 'attribute',
};

/** `/category/2026/01/31/name.html`; what lies in no `_posts` is a page at its own place. */
function jekyllAddress(path: string, { slug, date, categories, permalink }: Addressed): string {
  if (permalink !== undefined) return rooted(permalink);
  const parents = path.split('/');
  const post = /^(\d{4}-\d\d-\d\d)-(.+)\.\w+$/.exec(parents.pop() ?? '');
  if (post === null || !parents.includes('_posts')) return path.replace(/\.\w+$/, '.html');
  const [, day, name = ''] = post;
  const folders = parents.slice(0, parents.lastIndexOf('_posts')).join('/');
  const folder = folders.replace(/^(?:\.\.\/)*\.\.$/, '');
  const names = [
    ...folder.split('/').filter((part) => part !== '' && part !== '..'),
    ...categories.map((name) => folderName(name).toLowerCase()),
  ];
  const [year, month, date_] = dayPath(date).length === 3 ? dayPath(date) : dayPath(day);
  return [...names, year, month, date_, `${slug ?? name}.html`].join('/');
}

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
