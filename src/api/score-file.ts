import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { BloggerError } from '../core/errors.ts';
import { describeFront } from '../core/post-front.ts';
import type { Finding } from '../core/types.ts';
import { isBesidePost, relativeLinks } from '../stages/check/score/links.ts';
import { type Score, scorePost } from '../stages/check/score/score-post.ts';
import type { ScoredPost } from '../stages/check/score/scored-post.ts';
import { readDocument } from '../stages/extract/document/read-document.ts';
import { blocksToMarkdown, renderArticle } from '../stages/extract/render/render-article.ts';
import { nodeErrorCode, systemReason } from '../util/files/node-errors.ts';
import { readFrontMatter } from '../util/front/front-matter.ts';
import { brokenFront } from './broken-front.ts';
import { findDeadLinks } from './dead-links.ts';

export interface FileScore extends Score {
  readonly file: string;
}

interface FinishedPost extends ScoredPost {
  /** Relative links. */
  readonly links: readonly string[];
  /** Lines of the file before the body; undefined when body lines do not map to file lines. */
  readonly linesBefore?: number;
}

const POST_ENDING = /\.(?:md|markdown|mdx|x?html?|json)(?:\.draft)?$/i;
const SCORE_HINT = 'Name the files to check: blogger score posts/*.md';

/** Scores a finished post, Markdown with front matter or HTML, written by blogger or not. Throws `NOT_FOUND`, `USAGE` or `FRONT_MATTER_BROKEN`. */
export async function scoreFile(file: string, cwd: string): Promise<FileScore> {
  const path = resolve(cwd, file);
  const text = await readPost(path, file);
  if (!POST_ENDING.test(file))
    throw new BloggerError(`Expected a Markdown or HTML file, but ${file} is neither by its name`, {
      code: 'USAGE',
      hint: SCORE_HINT,
    });
  const { links, linesBefore, ...post } = /^\.x?html?$/i.test(extname(file))
    ? readHtmlPost(text)
    : await readMarkdownPost(text, file);
  const { score, findings } = scorePost({ ...post, deadLinks: await findDeadLinks(links, path) });
  return { file, score, findings: findings.map((finding) => inFile(finding, linesBefore)) };
}

/** Converts body line numbers to file line numbers. */
function inFile({ line, ...finding }: Finding, linesBefore: number | undefined): Finding {
  return line === undefined || linesBefore === undefined ? finding : { ...finding, line: line + linesBefore };
}

async function readPost(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = nodeErrorCode(error) ?? 'unknown reason';
    // A shell hands a pattern on as it is when no file matches.
    const why = code === 'ENOENT' && /[*?]/.test(name) ? 'no file matches' : systemReason(code, 'file');
    throw new BloggerError(`Expected a Markdown or HTML file, but ${name} cannot be read (${why})`, {
      code: 'NOT_FOUND',
      hint: code === 'EISDIR' ? `Name its files: blogger score ${join(name, '*.md')}` : SCORE_HINT,
      cause: error,
    });
  }
}

async function readMarkdownPost(text: string, file: string): Promise<FinishedPost> {
  const { data, body: whole, problem, linesBefore, syntax } = readFrontMatter(text);
  if (problem !== undefined) throw brokenFront(file, problem);
  const front = describeFront(data);
  const isJsonPost = syntax === 'json' && whole.trim() === '' && typeof data['body'] === 'string';
  const body = isJsonPost ? String(data['body']) : whole;
  const first = await firstTitle(body);
  return {
    title: front.title ?? first?.text ?? '',
    description: front.description ?? '',
    keywords: Array.isArray(data['keywords'])
      ? data['keywords'].filter((one): one is string => typeof one === 'string')
      : typeof data['keywords'] === 'string'
        ? [data['keywords']]
        : typeof data['tags'] === 'string'
          ? [data['tags']]
          : [],
    links: relativeLinks(body),
    ...(isJsonPost ? {} : { linesBefore }),
    // Without front matter the first H1 is the title.
    body: front.title === undefined && first !== undefined ? withoutLine(body, first.line) : body,
    ...optional('slug', front.slug ?? basename(file, extname(file))),
    ...optional('lang', front.lang),
    ...optional('canonical', front.canonical),
  };
}

/** The first heading of the highest level, found by a parser, so code blocks are ignored. */
async function firstTitle(body: string): Promise<{ readonly text: string; readonly line: number } | undefined> {
  const { boundedMarkdown, headingsOf, parseBounded } = await import('../util/text/markdown.ts');
  return headingsOf(parseBounded(boundedMarkdown(body))).find(({ depth }) => depth === 1);
}

function withoutLine(text: string, line: number): string {
  return text
    .split('\n')
    .map((one, index) => (index === line - 1 ? '' : one))
    .join('\n');
}

function readHtmlPost(html: string): FinishedPost {
  const { document, head } = readDocument(html, 'https://example.invalid/');
  const meta = (name: string) => head.metas.get(name)?.[0];
  const [heading] = document.getElementsByTagName('h1');
  const shown = heading?.textContent;
  heading?.remove(); // the title; any further H1 is a fault
  const main = document.getElementsByTagName('article')[0] ?? document.getElementsByTagName('main')[0] ?? document.body;
  const links = [
    ...main.getElementsByTagName('a').map((link) => link.getAttribute('href')),
    ...main.getElementsByTagName('img').map((image) => image.getAttribute('src')),
  ];
  // The Markdown renderer would demote further H1s.
  const extra = document.getElementsByTagName('h1').map((element) => `# ${element.textContent.trim()}`);
  return {
    title: head.title === '' ? (shown ?? '') : head.title,
    description: meta('description') ?? '',
    keywords: (meta('keywords') ?? '')
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
    body: [blocksToMarkdown(renderArticle(main, head.baseUrl).blocks), ...extra].join('\n\n'),
    structuredDataValid: head.jsonLd.every(isLinkedData),
    links: [...new Set(links.flatMap((link) => (link === null ? [] : [link.trim()])))].filter(isBesidePost),
    ...optional('lang', head.lang),
    ...optional('canonical', head.canonical ?? meta('og:url')),
  };
}

/** JSON-LD: objects with an `@type`. */
function isLinkedData(text: string): boolean {
  try {
    const data: unknown = JSON.parse(text);
    return [data]
      .flat()
      .every(
        (one) => typeof one === 'object' && one !== null && '@context' in one && ('@type' in one || '@graph' in one),
      );
  } catch {
    return false;
  }
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: string });
}
