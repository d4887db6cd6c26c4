import { Feed } from 'feed';
import { escapeHtml } from '../../../../util/escape-html.ts';

export interface IndexedPost {
  readonly title: string;
  /** Relative to the output folder. */
  readonly file: string;
  /** ISO time. */
  readonly date: string;
  readonly draft: boolean;
  /** The page that shows the post next to its sources, relative to the output folder. */
  readonly reviewFile?: string;
}

/** The list of all posts as a page, newest first; drafts are marked and lead to their check. */
export function renderIndex(posts: readonly IndexedPost[], lang: string, hasFeed: boolean): string {
  const rows = newestFirst(posts).map(
    ({ title, file, date, draft, reviewFile }) =>
      `<li><time datetime="${escapeHtml(date)}">${escapeHtml(date.slice(0, 10))}</time> <a href="./${escapeHtml(encodeURI(file))}">${escapeHtml(title)}</a>${draft ? draftMark(reviewFile) : ''}</li>`,
  );
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="blogger">
<title>Posts</title>
${hasFeed ? '<link rel="alternate" type="application/atom+xml" title="Posts" href="./feed.xml">\n' : ''}</head>
<body>
<main>
<h1>Posts</h1>
<ul>
${rows.join('\n')}
</ul>
</main>
</body>
</html>
`;
}

function draftMark(reviewFile: string | undefined): string {
  return ` <small>draft${reviewFile === undefined ? '' : ` · <a href="./${escapeHtml(encodeURI(reviewFile))}">check</a>`}</small>`;
}

/** Tells an index or a feed that we wrote from one of somebody else's. */
export function isOurList(text: string): boolean {
  return text.includes('<meta name="generator" content="blogger">') || text.includes('<generator>blogger</generator>');
}

/** The finished posts as an Atom feed; drafts are nobody's news. */
export function renderFeed(posts: readonly IndexedPost[], siteUrl: string, lang: string): string {
  const home = siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`;
  const [newest] = newestFirst(posts);
  const feed = new Feed({
    title: 'Posts',
    id: home,
    link: home,
    language: lang,
    copyright: '',
    updated: new Date(newest?.date ?? 0),
    generator: 'blogger',
    feedLinks: { atom: `${home}feed.xml` },
  });
  for (const { title, file, date } of newestFirst(posts).filter(({ draft }) => !draft)) {
    const link = home + encodeURI(file);
    feed.addItem({ title, id: link, link, date: new Date(date) });
  }
  return feed.atom1();
}

function newestFirst(posts: readonly IndexedPost[]): readonly IndexedPost[] {
  return [...posts].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.file < b.file ? -1 : 1));
}
