import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { parse } from 'yaml';
import { BloggerError } from '../core/errors.ts';
import type { Finding } from '../core/types.ts';
import { isBesidePost, relativeLinks, type Score, type ScoredPost, scorePost } from '../stages/check/score.ts';
import { readDocument } from '../stages/extract/document/read-document.ts';
import { blocksToMarkdown, renderArticle } from '../stages/extract/render/render-article.ts';
import { nodeErrorCode } from '../util/node-errors.ts';
import { findDeadLinks } from './dead-links.ts';

export interface FileScore extends Score {
  readonly file: string;
}

interface FinishedPost extends ScoredPost {
  /** To files beside it. */
  readonly links: readonly string[];
  /** Lines of the file before the body; undefined where the body's lines are not the file's. */
  readonly linesBefore?: number;
}

/** Scores a finished post, Markdown with front matter or HTML, ours or not. Throws `NOT_FOUND` or `USAGE`. */
export async function scoreFile(file: string, cwd: string): Promise<FileScore> {
  const path = resolve(cwd, file);
  const text = await readPost(path, file);
  const { links, linesBefore, ...post } = /^\.x?html?$/i.test(extname(file))
    ? readHtmlPost(text)
    : readMarkdownPost(text, file);
  const { score, findings } = scorePost({ ...post, deadLinks: await findDeadLinks(links, path) });
  return { file, score, findings: findings.map((finding) => inFile(finding, linesBefore)) };
}

/** People look for a line in their file, not in its body. */
function inFile({ line, ...finding }: Finding, linesBefore: number | undefined): Finding {
  return line === undefined || linesBefore === undefined ? finding : { ...finding, line: line + linesBefore };
}

async function readPost(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new BloggerError(
      `Expected a Markdown or HTML file, but ${name} cannot be read (${nodeErrorCode(error) ?? 'unknown reason'})`,
      {
        code: 'NOT_FOUND',
        hint: 'Name the files to check: blogger score posts/*.md',
        cause: error,
      },
    );
  }
}

function readMarkdownPost(text: string, file: string): FinishedPost {
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(text);
  const data = parts === null ? {} : parseFrontMatter(parts[1] ?? '', file);
  const word = (...names: string[]) =>
    names.map((name) => data[name]).find((value): value is string => typeof value === 'string' && value !== '');
  const tags = data['keywords'] ?? data['tags'];
  const body = parts === null ? text : (parts[2] ?? '');
  const heading = /^#\s+(.+)$/m.exec(body)?.[1];
  const title = word('title');
  return {
    title: title ?? heading ?? '',
    description: word('description', 'summary', 'excerpt') ?? '',
    keywords: Array.isArray(data['keywords'])
      ? data['keywords'].filter((one): one is string => typeof one === 'string')
      : typeof tags === 'string'
        ? [tags]
        : [],
    links: relativeLinks(body),
    linesBefore: text.slice(0, text.length - body.length).split('\n').length - 1,
    // Without front matter the first H1 is the title.
    body: title === undefined && heading !== undefined ? body.replace(/^#\s+.+$/m, '') : body,
    ...optional('slug', word('slug') ?? basename(file, extname(file))),
    ...optional('lang', word('lang', 'language', 'locale')),
    ...optional('canonical', word('canonical', 'canonicalURL', 'canonical_url')),
  };
}

function parseFrontMatter(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = parse(text);
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  } catch (error) {
    throw new BloggerError(
      `The front matter of ${file} was expected to be YAML, but it cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : ''}`,
      {
        code: 'USAGE',
        hint: 'Mend the block between the --- lines.',
        cause: error,
      },
    );
  }
}

function readHtmlPost(html: string): FinishedPost {
  const { document, head } = readDocument(html, 'https://example.invalid/');
  const meta = (name: string) => head.metas.get(name)?.[0];
  const [heading] = document.getElementsByTagName('h1');
  const shown = heading?.textContent;
  heading?.remove(); // the title; every further one counts as too much
  const main = document.getElementsByTagName('article')[0] ?? document.getElementsByTagName('main')[0] ?? document.body;
  const links = [
    ...main.getElementsByTagName('a').map((link) => link.getAttribute('href')),
    ...main.getElementsByTagName('img').map((image) => image.getAttribute('src')),
  ];
  // Further H1s would be lowered by the Markdown renderer.
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

/** JSON that says of each thing what it is. */
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
