/** Reads and extracts one page with the further pages of its article. */

import { BloggerError, isAbortError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/events.ts';
import type { Emit } from '../../core/ports.ts';
import type { Article, Entry, Page } from '../../core/types.ts';
import { nextPart } from '../../stages/crawl/text/next-part.ts';
import { continues, joinArticles } from '../../stages/extract/join-articles.ts';
import { judgeQuality } from '../../stages/extract/judge-quality.ts';
import { hashParts } from '../../util/stable-hash.ts';
import type { ActiveRun } from '../active-run.ts';
import { asBloggerError } from '../run.ts';
import type { PageAnswer } from '../worker-jobs.ts';

/** Reads one page: for workers, and for local files of runs with workers. `emit` receives its events; the final event is also returned. */
export async function readWithArticle(
  entry: Entry,
  run: ActiveRun,
  emit: Emit,
  signal: AbortSignal,
): Promise<PageAnswer> {
  let seen: PageAnswer['page'] | undefined;
  const watch: Emit = (event) => {
    if (event.type === 'page:end') {
      const { type: _, ...rest } = event as Extract<RunEvent, { type: 'page:end' }>; // an event without its time
      seen = rest;
    }
    emit(event);
  };
  const page = await run.reader.read(entry, signal, { emit: watch, park: (wait) => wait() });
  const next = nextPart(page);
  const first = await cachedArticle(page, run);
  judgeQuality(first, { minChars: run.settings.minSourceChars });
  const article =
    next === undefined ? first : await withFurtherParts({ entry, article: first, next }, { run, emit, signal });
  if (seen === undefined) throw new BloggerError('A page was read without a final event', { code: 'BUG' });
  return { article, page: seen };
}

/** Cached by bytes and address, because parsing dominates the cost of a repeated run. */
export async function cachedArticle(page: Page, run: ActiveRun): Promise<Article> {
  const key = hashParts(`${run.extractor.version}\n${page.finalUrl}\n${page.contentType}\n`, page.body);
  const known = await run.articles.get(key);
  if (known !== undefined) return { ...(known as Article), fetchedAt: page.fetchedAt, policy: page.policy }; // written by this function only; the namespace carries the extractor's version
  const article = await run.extractor.extract(page, run.stopping);
  await run.articles.set(key, article);
  return article;
}

/** An article with more pages is a book or a crawler trap. */
const MAX_PARTS = 20;

export interface FirstPart {
  readonly entry: Entry;
  readonly article: Article;
  /** Address of the second part; see `nextPart`. */
  readonly next: string | undefined;
}

/** Returns the whole article. Pages in the list stay separate entries; a part that cannot be read ends the article with a warning. */
export async function withFurtherParts(
  { entry, article, next }: FirstPart,
  { run, emit, signal }: { readonly run: ActiveRun; readonly emit: Emit; readonly signal: AbortSignal },
): Promise<Article> {
  const parts: Article[] = [];
  const seen = new Set([article.finalUrl]);
  for (let url = next; url !== undefined && parts.length < MAX_PARTS - 1; ) {
    if (seen.has(url) || run.listed.has(url)) break;
    seen.add(url);
    const read = await readPart({ ...entry, url, original: url }, { run, signal }).catch((error: unknown) => {
      if (isAbortError(error)) throw error;
      const { code, message } = asBloggerError(error);
      emit({
        type: 'run:warning',
        code,
        message: `${entry.url} continues at ${url}, which cannot be read, so the article is incomplete: ${message}`,
      });
      return undefined;
    });
    if (read === undefined || !continues(article, read.article)) break;
    parts.push(read.article);
    url = read.next;
  }
  return parts.length === 0 ? article : joinArticles(article, parts);
}

async function readPart(entry: Entry, { run, signal }: { readonly run: ActiveRun; readonly signal: AbortSignal }) {
  const page = await run.reader.read(entry, signal, { emit: () => {}, park: (wait) => wait() });
  const next = nextPart(page); // before the body goes to a thread
  return { next, article: await cachedArticle(page, run) };
}
