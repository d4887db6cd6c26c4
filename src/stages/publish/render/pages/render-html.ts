import { escapeHtml } from '../../../../util/escape-html.ts';
import { markdownToHtml } from '../markdown/markdown-to-html.ts';
import { SEAL_META } from '../seal.ts';

export interface HtmlPage {
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  readonly canonicalUrl?: string;
  readonly date: string;
  readonly lastmod: string;
  readonly draft: boolean;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly author?: string;
  readonly image?: string;
  readonly sources: readonly { readonly url: string; readonly title: string }[];
  /** Markdown. */
  readonly body: string;
}

/** A whole page: semantic, with OpenGraph and JSON-LD, readable without any script. */
export async function renderHtml(page: HtmlPage): Promise<string> {
  const body = await markdownToHtml(page.body);
  const sources = page.sources.map(sourceItem).join('\n');
  const address = escapeHtml(page.canonicalUrl ?? '');
  const [canonical, ownUrl] =
    address === ''
      ? ['', '']
      : [`<link rel="canonical" href="${address}">\n`, `<meta property="og:url" content="${address}">\n`];
  return `<!doctype html>
<html lang="${escapeHtml(page.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<meta name="description" content="${escapeHtml(page.description)}">
${SEAL_META}
${page.draft ? '<meta name="robots" content="noindex">\n' : ''}${canonical}<meta property="og:type" content="article">
<meta property="og:title" content="${escapeHtml(page.title)}">
<meta property="og:description" content="${escapeHtml(page.description)}">
${ownUrl}${page.image === undefined ? '' : `<meta property="og:image" content="${escapeHtml(page.image)}">\n`}<script type="application/ld+json">${jsonLd(page)}</script>
<style>${STYLE}</style>
</head>
<body>
<main>
<article>
<header>
<h1>${escapeHtml(page.title)}</h1>
<p class="meta"><time datetime="${escapeHtml(page.date)}">${escapeHtml(page.date.slice(0, 10))}</time>${page.draft ? ' · draft' : ''}</p>
</header>
${body}
<footer>
<h2>${page.lang.startsWith('ko') ? '출처' : 'Sources'}</h2>
<ol>
${sources}
</ol>
</footer>
</article>
</main>
</body>
</html>
`;
}

/** A source that is no page of the web is named, not linked. */
function sourceItem({ url, title }: HtmlPage['sources'][number]): string {
  return /^https?:/.test(url)
    ? `<li><a href="${escapeHtml(url)}" rel="noopener">${escapeHtml(title)}</a></li>`
    : `<li>${escapeHtml(title)} (${escapeHtml(url)})</li>`;
}

function jsonLd(page: HtmlPage): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: page.title,
    description: page.description,
    inLanguage: page.lang,
    datePublished: page.date,
    dateModified: page.lastmod,
    ...(page.canonicalUrl === undefined ? {} : { mainEntityOfPage: page.canonicalUrl }),
    keywords: page.tags.join(', '),
    ...(page.categories.length === 0 ? {} : { articleSection: page.categories }),
    isBasedOn: page.sources.map(({ url }) => url),
    ...(page.image === undefined ? {} : { image: page.image }),
  };
  // `<` would let a title end the script element.
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

const STYLE =
  ':root{color-scheme:light dark}body{margin:0;font:1.05rem/1.7 system-ui,sans-serif;color:CanvasText;background:Canvas}main{max-width:42rem;margin:0 auto;padding:2rem 1.2rem}h1,h2,h3{line-height:1.25}.meta{opacity:.7}blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid GrayText}img{max-width:100%;height:auto}table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid GrayText;padding:.3rem .6rem}pre{overflow-x:auto}';
