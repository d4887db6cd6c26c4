import { escapeHtml } from '../../../../util/text/escape-html.ts';
import type { NamedPicture } from '../front-matter.ts';
import { markdownToHtml } from '../markdown/markdown-to-html.ts';
import type { NamedSource } from '../markdown/render-markdown.ts';
import { SEAL_META } from '../seal.ts';
import { directionOf, wordsOf } from '../words.ts';
import { DRAFT_MARK, NO_INDEX } from './held-marks.ts';

export interface HtmlPage {
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  /** Where the page will be, or where its source is. */
  readonly canonicalUrl?: string;
  /** The page's own address, where the blog's is known. */
  readonly ownUrl?: string;
  /** Times in the site's zone. */
  readonly date: string;
  readonly lastmod: string;
  readonly draft: boolean;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly author?: string;
  readonly siteName?: string;
  readonly sources: readonly NamedSource[];
  /** The text names its sources itself. */
  readonly namesSources: boolean;
  readonly sourceKey: string;
  readonly briefKey: string;
  /** The same for the pages of these sources in all languages. */
  readonly translationKey?: string;
  readonly form: string;
  readonly disclosure: string;
  readonly isDisclosed: boolean;
  /** Its address is seen from the page. */
  readonly picture?: NamedPicture;
  /** Markdown. */
  readonly body: string;
}

/** A whole page: semantic, with OpenGraph and JSON-LD, readable without any script. */
export async function renderHtml(page: HtmlPage): Promise<string> {
  const words = wordsOf(page.lang);
  return `<!doctype html>
<html lang="${escapeHtml(page.lang)}" dir="${directionOf(page.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<meta name="description" content="${escapeHtml(page.description)}">
${SEAL_META}
${headOf(page).join('\n')}
<script type="application/ld+json">${jsonLd(page)}</script>
<style>${STYLE}</style>
</head>
<body>
<main>
<article>
<header>
<h1>${escapeHtml(page.title)}</h1>
<p class="meta"><time datetime="${escapeHtml(page.date)}">${escapeHtml(page.date.slice(0, 10))}</time>${page.draft ? DRAFT_MARK : ''}</p>
</header>
${await markdownToHtml(page.body, { lang: page.lang })}
<footer>${page.namesSources ? '' : sourceList(page.sources, words.sources)}${creditLine(page.picture, words.picture)}${page.isDisclosed ? disclosureLine(words.disclosure) : ''}
</footer>
</article>
</main>
</body>
</html>
`;
}

function sourceList(sources: readonly NamedSource[], heading: string): string {
  return `\n<h2>${heading}</h2>\n<ol>\n${sources.map(sourceItem).join('\n')}\n</ol>`;
}

function creditLine(picture: NamedPicture | undefined, word: string): string {
  if (picture?.credit === undefined) return '';
  const { creator, licence, licenceUrl, pageUrl } = picture.credit;
  const [name, page, terms, deed] = [creator ?? new URL(pageUrl).host, pageUrl, licence, licenceUrl].map(escapeHtml);
  return `\n<p>${word}: <a href="${page}" rel="noopener">${name}</a>, <a href="${deed}" rel="license noopener">${terms}</a></p>`;
}

export function disclosureLine(words: string): string {
  return `\n<p class="disclosure">${escapeHtml(words)}</p>`;
}

function headOf(page: HtmlPage): string[] {
  const property = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`<meta property="${name}" content="${escapeHtml(value)}">`];
  const named = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`<meta name="${name}" content="${escapeHtml(value)}">`];
  return [
    ...named('blogger-source', page.sourceKey),
    ...named('blogger-brief', page.briefKey),
    ...named('blogger-form', page.form),
    ...named('blogger-disclosure', page.disclosure),
    ...named('blogger-review', 'none'),
    ...named('blogger-translation', page.translationKey),
    ...(page.draft ? [NO_INDEX.trimEnd()] : []),
    ...(page.isDisclosed ? named('ai-disclosure', 'ai-generated') : []),
    ...(page.canonicalUrl === undefined ? [] : [`<link rel="canonical" href="${escapeHtml(page.canonicalUrl)}">`]),
    ...named('author', page.author),
    ...property('og:type', 'article'),
    ...property('og:title', page.title),
    ...property('og:description', page.description),
    ...property('og:url', page.ownUrl),
    ...property('og:site_name', page.siteName),
    ...property('og:locale', page.lang.replace('-', '_')),
    ...property('article:published_time', page.date),
    ...property('article:modified_time', page.lastmod),
    ...pictureTags(page, { property, named }),
    ...named('twitter:card', page.picture === undefined ? 'summary' : 'summary_large_image'),
  ];
}

type Tag = (name: string, value: string | undefined) => string[];

/** Services that show a page take whole addresses alone. */
function pictureTags(
  { picture, ownUrl }: HtmlPage,
  { property, named }: { readonly property: Tag; readonly named: Tag },
): string[] {
  if (picture === undefined) return [];
  const url = ownUrl === undefined ? undefined : new URL(picture.address, ownUrl).href;
  return [
    ...named('blogger-image', picture.address),
    ...property('og:image', url),
    ...property('og:image:alt', url === undefined ? undefined : picture.alt),
  ];
}

/** A source that is no page of the web is named, not linked. */
function sourceItem({ url, title }: NamedSource): string {
  return url === undefined
    ? `<li>${escapeHtml(title)}</li>`
    : `<li><a href="${escapeHtml(url)}" rel="noopener">${escapeHtml(title)}</a></li>`;
}

function jsonLd(page: HtmlPage): string {
  const publisher = page.siteName ?? (page.ownUrl === undefined ? undefined : new URL(page.ownUrl).host) ?? 'blogger';
  const data = {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: page.title,
    description: page.description,
    inLanguage: page.lang,
    datePublished: page.date,
    dateModified: page.lastmod,
    author:
      page.author === undefined
        ? { '@type': 'Organization', name: publisher }
        : { '@type': 'Person', name: page.author },
    publisher: { '@type': 'Organization', name: publisher },
    ...(page.ownUrl === undefined ? {} : { mainEntityOfPage: page.ownUrl }),
    ...(page.ownUrl === undefined || page.picture === undefined
      ? {}
      : { image: new URL(page.picture.address, page.ownUrl).href }),
    keywords: page.tags.join(', '),
    ...(page.categories.length === 0 ? {} : { articleSection: page.categories }),
    isBasedOn: page.sources.flatMap(({ url }) => url ?? []),
    ...(page.isDisclosed
      ? { digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia' }
      : {}),
  };
  // `<` would let a title end the script element.
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

const STYLE =
  ':root{color-scheme:light dark}body{margin:0;font:1.05rem/1.7 system-ui,sans-serif;color:CanvasText;background:Canvas}main{max-width:42rem;margin:0 auto;padding:2rem 1.2rem}h1,h2,h3{line-height:1.25}.meta,.disclosure{opacity:.7}.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}blockquote{margin:1rem 0;padding-inline-start:1rem;border-inline-start:3px solid GrayText}img{max-width:100%;height:auto}table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid GrayText;padding:.3rem .6rem}pre{overflow-x:auto}';
