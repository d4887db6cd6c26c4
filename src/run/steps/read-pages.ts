/** The steps from entries to articles, in this process or by workers. */

import { BloggerError, isAbortError, reasonOf } from '../../core/errors.ts';
import { describeVerdict } from '../../core/policy.ts';
import type { Article, Entry, Page, SourcedArticle } from '../../core/types.ts';
import { isOnPurpose } from '../../stages/crawl/run-crawl.ts';
import { nextPart } from '../../stages/crawl/text/next-part.ts';
import { judgeQuality } from '../../stages/extract/judge-quality.ts';
import { mapConcurrent } from '../../util/async/map-concurrent.ts';
import type { ActiveRun, Workers } from '../active-run.ts';
import { asBloggerError, whileRunning } from '../run.ts';
import type { PageAnswer } from '../worker-jobs.ts';
import { describeUse, feedPage, isHostTrouble } from './feed-texts.ts';
import { cachedArticle, readWithArticle, withFurtherParts } from './read-article.ts';

export function crawl(entries: readonly Entry[], run: ActiveRun): AsyncIterable<Page> {
  run.extractor.expect(entries.length);
  return whileRunning(run.crawler.crawl(entries, run.stopping), run);
}

export async function* extract(
  pages: AsyncIterable<Page>,
  run: ActiveRun,
): AsyncGenerator<SourcedArticle, void, undefined> {
  const results = mapConcurrent(pages, (page) => extractOne(page, run), { concurrency: run.extractor.concurrency });
  for await (const result of results) if (result !== undefined) yield result;
}

async function extractOne(page: Page, run: ActiveRun): Promise<SourcedArticle | undefined> {
  const startedAt = run.clock.monotonic();
  try {
    const article = await readArticle(page, run);
    emitArticle(page.url, article, run.clock.monotonic() - startedAt, run);
    return { entry: page.entry, article, fromCache: page.fromCache, httpStatus: page.httpStatus, ms: page.ms };
  } catch (error) {
    return reportUnread(page.entry, error, 'extract', run);
  }
}

/** Extracts an article; a page with too little text (for example one rendered by scripts) is replaced by the full text of its feed, if any. */
async function readArticle(page: Page, run: ActiveRun): Promise<Article> {
  const next = nextPart(page); // before the body goes to a thread
  const { entry, policy } = page;
  try {
    const article = await cachedArticle(page, run);
    judgeQuality(article, { minChars: run.settings.minSourceChars });
    if (next === undefined) return article;
    return await withFurtherParts({ entry, article, next }, { run, emit: run.emit, signal: run.stopping });
  } catch (error) {
    return await fromFeed(entry, { error, policy }, run);
  }
}

/** The article from the feed's text, if the page had too little; throws the page's error if the feed has none. */
async function fromFeed(
  entry: Entry,
  { error, policy }: { readonly error: unknown; readonly policy: Page['policy'] | undefined },
  run: ActiveRun,
): Promise<Article> {
  const isThin = BloggerError.is(error) && (error.code === 'THIN_SOURCE' || error.code === 'EXTRACT_FAILED');
  const hasFailed = policy === undefined && isHostTrouble(error);
  const { clock, settings } = run;
  const page =
    isThin || hasFailed ? feedPage(entry, run.feedTexts, { clock, aiPolicy: settings.aiPolicy, policy }) : undefined;
  if (page === undefined) throw error;
  const article = await cachedArticle(page, run);
  judgeQuality(article, { minChars: settings.minSourceChars });
  run.emit({ type: 'run:warning', code: 'FEED_TEXT', message: describeUse(entry.url, error) });
  return article;
}

/** Handles a worker's error about too little text: only the run knows the feeds. */
async function readFromFeed(entry: Entry, error: unknown, run: ActiveRun): Promise<PageAnswer> {
  const article = await fromFeed(entry, { error, policy: undefined }, run);
  const { url } = entry;
  const policy = describeVerdict(article.policy);
  const page = {
    url,
    host: new URL(url).host,
    finalUrl: url,
    httpStatus: 200,
    bytes: 0,
    ms: 0,
    fromCache: false,
    stale: false,
    policy,
  };
  return { article, page };
}

/** Crawls and extracts through queue workers, with as many pages in flight as the queue may hold. */
export async function* readByWorkers(
  entries: readonly Entry[],
  workers: Workers,
  run: ActiveRun,
): AsyncGenerator<SourcedArticle, void, undefined> {
  const read = async (entry: Entry): Promise<SourcedArticle | undefined> => {
    try {
      // Local files are read here: workers have other disks and accept web addresses only.
      const isLocal = entry.url.startsWith('file:');
      const { article, page } = await (isLocal
        ? readWithArticle(entry, run, () => {}, run.stopping)
        : workers.readPage(entry, run.stopping).catch((error: unknown) => readFromFeed(entry, error, run)));
      run.emit({ type: 'page:end', ...page });
      emitArticle(entry.url, article, page.ms, run);
      return { entry, article, fromCache: page.fromCache, httpStatus: page.httpStatus, ms: page.ms };
    } catch (error) {
      return reportUnread(entry, error, 'crawl', run);
    }
  };
  const results = whileRunning(mapConcurrent(entries, read, { concurrency: run.settings.crawl.queueSize }), run);
  for await (const result of results) if (result !== undefined) yield result;
}

function emitArticle(url: string, { title, lang, text }: Article, ms: number, run: ActiveRun): void {
  run.emit({ type: 'article:end', url, title, lang, chars: text.length, ms });
}

/** Reports an entry without an article; throws an abort. */
function reportUnread({ url, position }: Entry, error: unknown, stage: 'crawl' | 'extract', run: ActiveRun): undefined {
  if (isAbortError(error)) throw error;
  const reason = reasonOf(asBloggerError(error));
  const type = isOnPurpose(reason.code) ? 'entry:skip' : 'entry:fail';
  run.emit({ type, stage, failure: { url, ...reason, position } });
}
