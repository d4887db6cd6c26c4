import { BloggerError } from '../../core/errors.ts';
import type { Article, Page } from '../../core/types.ts';
import { contentHashOf } from './content-hash.ts';
import { stripInvisible } from './document/invisible-characters.ts';
import { readDocument } from './document/read-document.ts';
import { recognizePage } from './kind/page-kind.ts';
import { viewPage } from './kind/view-page.ts';
import { detectLanguage } from './language.ts';
import type { LinkedData } from './linked-data.ts';
import { findMainText } from './main-text.ts';
import { readLicences } from './metadata/licence-statements.ts';
import { licensedPictures } from './metadata/licensed-pictures.ts';
import { decoded } from './metadata/one-line.ts';
import { readHints, readMetadata } from './metadata.ts';
import { readPlainDocument } from './plain-document.ts';
import type { Block } from './render/block.ts';
import {
  blocksToMarkdown,
  blocksToText,
  proseOf,
  type RenderedArticle,
  renderArticle,
} from './render/render-article.ts';

/** The part of a page that extraction reads: plain data, so that it can go to a worker. */
export interface ExtractablePage
  extends Pick<Page, 'url' | 'finalUrl' | 'canonicalUrl' | 'contentType' | 'fetchedAt' | 'policy'> {
  /** Text, or bytes of text in UTF-8. */
  readonly body: string | Uint8Array;
}

/** The article of a page. Pure. Throws `EXTRACT_FAILED` if the page has no text for no known reason. */
export function extractArticle(page: ExtractablePage): Article {
  const body = typeof page.body === 'string' ? page.body : new TextDecoder().decode(page.body);
  const read =
    page.contentType === 'text/plain' || page.contentType === 'text/markdown'
      ? readPlainText(body, page)
      : readHtml(body, page);
  if (read.text.trim() === '' && read.takenFor === undefined) {
    throw new BloggerError('The page holds no text', {
      code: 'EXTRACT_FAILED',
      hint: 'Pages that are drawn by scripts hold no text; look for a printable or AMP version.',
    });
  }
  return {
    url: page.url,
    finalUrl: page.finalUrl,
    ...(page.canonicalUrl === undefined ? {} : { canonicalUrl: page.canonicalUrl }),
    ...read,
    contentHash: contentHashOf(read.text),
    fetchedAt: page.fetchedAt,
    policy: page.policy,
  };
}

type ReadArticle = Omit<Article, 'url' | 'finalUrl' | 'contentHash' | 'fetchedAt' | 'policy'>;

function readHtml(body: string, { url, finalUrl }: Pick<ExtractablePage, 'url' | 'finalUrl'>): ReadArticle {
  const { document, head } = readDocument(body, finalUrl);
  const hints = readHints(document, head);
  const licences = readLicences(body, document, head);
  const { root, facts, kept } = findMainText(document, head, { url: finalUrl, articleBody: hints.linked.articleBody });
  const rendered: RenderedArticle =
    root === undefined ? { blocks: [], links: [], images: [] } : renderArticle(root, head.baseUrl);
  const lang = detectLanguage(proseOf(rendered.blocks), head.lang ?? head.metas.get('og:locale')?.[0]);
  const metadata = readMetadata(head, hints, { url: finalUrl, lang });
  const blocks = withoutTitle(rendered.blocks, metadata.title);
  const shown = { text: blocksToText(blocks), markdown: blocksToMarkdown(blocks) };
  const { text, markdown } = rescued(shown, hints.linked);
  const { publishedAt, author } = metadata;
  const view = viewPage({ html: body, url, finalUrl, head, facts, kept, publishedAt, author });
  const takenFor = text === shown.text ? recognizePage(view) : undefined;
  const { links, images } = rendered;
  const { leadImage, siteName } = metadata;
  const pictures =
    licences === undefined ? [] : licensedPictures(licences, { images, leadImage, author, siteName, url: finalUrl });
  return {
    ...metadata,
    lang,
    text,
    markdown,
    links,
    images,
    ...(pictures.length === 0 ? {} : { pictures }),
    ...(takenFor === undefined ? {} : { takenFor }),
  };
}

/** The title is above the text, so headings at the start that repeat it, in any script, are removed. */
function withoutTitle(blocks: readonly Block[], title: string): readonly Block[] {
  const first = blocks.findIndex(({ kind, text }) => kind !== 'heading' || lettersOf(text) !== lettersOf(title));
  return first <= 0 ? blocks : blocks.slice(first);
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Some pages draw their text by script and have all of it in their JSON-LD. Text that the owner sells is not taken from there. */
function rescued(
  read: { text: string; markdown: string },
  { articleBody: body, isFree }: LinkedData,
): { text: string; markdown: string } {
  if (body === undefined || isFree === false || body.length < read.text.length * 1.5 || body.length < 400) return read;
  const text = stripInvisible(decoded(body.replace(/<\/(?:p|div|h\d|li)>|<br\s?\/?>/gi, '\n\n')))
    .replace(/\n{2,}/g, '\n\n')
    .trim();
  return { text, markdown: text };
}

function readPlainText(
  body: string,
  { contentType, finalUrl }: Pick<ExtractablePage, 'contentType' | 'finalUrl'>,
): ReadArticle {
  const isMarkdown = contentType === 'text/markdown' || /\.(?:md|markdown|mdx)$/i.test(new URL(finalUrl).pathname);
  const { title, author, publishedAt, description, lang, markdown, text, prose, links, images } = readPlainDocument(
    body,
    { isMarkdown, baseUrl: finalUrl },
  );
  return {
    title: title ?? lastPartOf(finalUrl),
    ...(author === undefined ? {} : { author }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(description === undefined ? {} : { description }),
    lang: detectLanguage(prose, lang),
    text,
    markdown,
    links,
    images,
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
