import { BloggerError } from '../../core/errors.ts';
import type { Article, Page } from '../../core/types.ts';
import { hashText } from '../../util/stable-hash.ts';
import { stripInvisible } from './document/invisible-characters.ts';
import { readDocument } from './document/read-document.ts';
import type { HeadData } from './document/read-head.ts';
import { detectLanguage } from './language.ts';
import { readLinkedData } from './linked-data.ts';
import { findMainText } from './main-text.ts';
import { readMetadata } from './metadata.ts';
import { blocksToMarkdown, blocksToText, type RenderedArticle, renderArticle } from './render/render-article.ts';

/** The part of a page that extraction reads: plain data, so that it can go to a worker. */
export interface ExtractablePage
  extends Pick<Page, 'url' | 'finalUrl' | 'canonicalUrl' | 'contentType' | 'fetchedAt' | 'policy'> {
  /** Text, or bytes of text in UTF-8. */
  readonly body: string | Uint8Array;
}

/** The article of a page. Pure. Throws `EXTRACT_FAILED` where the page holds no text. */
export function extractArticle(page: ExtractablePage): Article {
  const body = typeof page.body === 'string' ? page.body : new TextDecoder().decode(page.body);
  const read =
    page.contentType === 'text/plain' || page.contentType === 'text/markdown'
      ? readPlainText(body, page)
      : readHtml(body, page.finalUrl);
  if (read.text.trim() === '') {
    throw new BloggerError('The page was expected to hold an article, but no text could be found in it', {
      code: 'EXTRACT_FAILED',
      hint: 'Pages that are drawn by scripts hold no text; look for a printable or AMP version.',
    });
  }
  return {
    url: page.url,
    finalUrl: page.finalUrl,
    ...(page.canonicalUrl === undefined ? {} : { canonicalUrl: page.canonicalUrl }),
    ...read,
    contentHash: hashText(normalized(read.text)),
    fetchedAt: page.fetchedAt,
    policy: page.policy,
  };
}

type ReadArticle = Omit<Article, 'url' | 'finalUrl' | 'contentHash' | 'fetchedAt' | 'policy'>;

function readHtml(body: string, finalUrl: string): ReadArticle {
  const { document, head } = readDocument(body, finalUrl);
  const heading = document.getElementsByTagName('h1')[0]?.textContent;
  const time = document.getElementsByTagName('time')[0]?.getAttribute('datetime') ?? undefined;
  const main = findMainText(document, () => readDocument(body, finalUrl).document);
  const rendered: RenderedArticle =
    main === undefined ? { blocks: [], links: [], images: [] } : renderArticle(main.root, head.baseUrl);
  const { text, markdown } = rescued(
    { text: blocksToText(rendered.blocks), markdown: blocksToMarkdown(rendered.blocks) },
    head,
  );
  const metadata = readMetadata(head, { heading, byline: main?.byline, time });
  return {
    ...metadata,
    lang: detectLanguage(text, head.lang ?? head.metas.get('og:locale')?.[0]),
    text,
    markdown,
    links: rendered.links,
    images: rendered.images,
  };
}

/** Some pages draw their text by script and keep it whole in their JSON-LD. */
function rescued(read: { text: string; markdown: string }, head: HeadData): { text: string; markdown: string } {
  const body = readLinkedData(head.jsonLd).articleBody;
  if (body === undefined || body.length < read.text.length * 1.5 || body.length < 400) return read;
  const text = stripInvisible(
    /<\w+[^>]*>/.test(body) ? body.replace(/<\/(?:p|div|h\d|li)>/gi, '\n\n').replace(/<[^>]+>/g, '') : body,
  )
    .replace(/\n{2,}/g, '\n\n')
    .trim();
  return { text, markdown: text };
}

function readPlainText(
  body: string,
  { contentType, finalUrl }: Pick<ExtractablePage, 'contentType' | 'finalUrl'>,
): ReadArticle {
  const markdown = stripInvisible(body.replace(/^---\n[\s\S]*?\n---\n/, '')).trim();
  const heading = /^#{1,2}\s+(.+)$/m.exec(markdown)?.[1];
  const firstLine = markdown
    .split('\n', 1)[0]
    ?.replace(/^#+\s*/, '')
    .trim()
    .slice(0, 200);
  const text = contentType === 'text/markdown' ? plainOf(markdown) : markdown;
  return {
    title: heading ?? (firstLine === '' || firstLine === undefined ? lastPartOf(finalUrl) : firstLine),
    lang: detectLanguage(text, undefined),
    text,
    markdown,
    links: [],
    images: [],
  };
}

function lastPartOf(url: string): string {
  const part = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // an address need not be UTF-8
  }
}

function plainOf(markdown: string): string {
  return markdown
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]{1,3}(\S[^*_`\n]*)[*_`]{1,3}/g, '$1');
}

function normalized(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
