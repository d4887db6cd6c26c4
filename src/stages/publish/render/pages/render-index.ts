import { Feed } from 'feed';
import { escapeHtml } from '../../../../util/text/escape-html.ts';
import type { Alternate } from '../alternates.ts';
import { directionOf, wordsOf } from '../words.ts';

export interface IndexedPost {
  readonly title: string;
  readonly description: string;
  /** Relative to the output folder. */
  readonly file: string;
  /** Times in the site's zone. */
  readonly date: string;
  readonly modified: string;
  /** What stays the same whatever becomes of its address. */
  readonly id: string;
  readonly author?: string;
  readonly categories?: readonly string[];
  /** The same post in all its languages. */
  readonly alternates?: readonly Alternate[];
}

export interface ListOptions {
  readonly lang: string;
  readonly siteUrl?: string;
  readonly siteName?: string;
  readonly author?: string;
}

/** Readers ask for a feed again and again: it holds the newest posts. */
const MAX_IN_FEED = 50;

/** The list of the finished posts as a page, newest first. */
export function renderIndex(posts: readonly IndexedPost[], options: ListOptions): string {
  const name = escapeHtml(nameOf(options));
  const rows = newestFirst(posts).map(
    ({ title, file, date }) =>
      `<li><time datetime="${escapeHtml(date)}">${escapeHtml(date.slice(0, 10))}</time> <a href="./${escapeHtml(encodeURI(file))}">${escapeHtml(title)}</a></li>`,
  );
  const feed = `<link rel="alternate" type="application/atom+xml" title="${name}" href="./feed.xml">\n`;
  return `<!doctype html>
<html lang="${escapeHtml(options.lang)}" dir="${directionOf(options.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="blogger">
<title>${name}</title>
${options.siteUrl === undefined ? '' : feed}<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${name}</h1>
<ul>
${rows.join('\n')}
</ul>
</main>
</body>
</html>
`;
}

/** Tells an index or a feed that we wrote from one of somebody else's. */
export function isOurList(text: string): boolean {
  return text.includes('<meta name="generator" content="blogger">') || text.includes('<generator>blogger</generator>');
}

/** The finished posts as an Atom feed (RFC 4287). */
export function renderFeed(posts: readonly IndexedPost[], siteUrl: string, options: ListOptions): string {
  const home = siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`;
  const newest = newestFirst(posts).slice(0, MAX_IN_FEED);
  const updated = newest.map(({ modified }) => Date.parse(modified)).reduce((a, b) => Math.max(a, b), 0);
  const author = { name: options.author ?? options.siteName ?? new URL(siteUrl).host };
  const feed = new Feed({
    title: nameOf(options),
    id: home,
    link: home,
    language: options.lang,
    copyright: '',
    updated: new Date(updated),
    generator: 'blogger',
    author,
    feedLinks: { atom: `${home}feed.xml` },
  });
  for (const { title, description, file, date, modified, id, categories = [] } of newest) {
    feed.addItem({
      // The package says that titles and summaries are HTML.
      title: escapeHtml(title),
      description: escapeHtml(description === '' ? title : description),
      id,
      link: home + encodeURI(file),
      published: new Date(date),
      date: new Date(modified),
      author: [author],
      category: categories.map((name) => ({ name: name.replace(/[<>]/g, ''), term: name.replace(/[<>]/g, '') })),
    });
  }
  const xml = newest.reduce((text, { file, alternates = [] }) => {
    const link = `<link href="${escapeHtml(home + encodeURI(file))}"/>`;
    return text.replace(link, () => link + alternates.map(feedLink).join(''));
  }, feed.atom1());
  return xml.replace(/<feed xmlns="[^"]*"/, (open) => `${open} xml:lang="${escapeHtml(options.lang)}"`);
}

function feedLink({ lang, url }: Alternate): string {
  return `\n        <link rel="alternate" hreflang="${escapeHtml(lang)}" href="${escapeHtml(url)}"/>`;
}

function nameOf({ siteName, lang, siteUrl }: ListOptions): string {
  return siteName ?? (siteUrl === undefined ? wordsOf(lang).posts : new URL(siteUrl).host);
}

function newestFirst(posts: readonly IndexedPost[]): readonly IndexedPost[] {
  const times = new Map(posts.map((post) => [post, Date.parse(post.date)]));
  return [...posts].sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0) || (a.file < b.file ? -1 : 1));
}

const STYLE =
  ':root{color-scheme:light dark}body{margin:0;font:1.05rem/1.7 system-ui,sans-serif;color:CanvasText;background:Canvas}main{max-width:42rem;margin:0 auto;padding:2rem 1.2rem}h1{line-height:1.25}ul{list-style:none;padding:0}li{margin:.6rem 0;display:flex;gap:1rem}time{opacity:.7;white-space:nowrap;font-variant-numeric:tabular-nums}';
