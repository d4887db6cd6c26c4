import type { PageRecord, RunEvent } from '../core/events.ts';
import type { Entry, Failure, SourcedArticle } from '../core/types.ts';
import type { RuntimeOptions } from '../run/runtime-options.ts';
import { list } from '../run/steps/list-entries.ts';
import { crawl, extract } from '../run/steps/read-pages.ts';
import type { RunOutcome } from '../wiring/run-to-end.ts';
import { openRuntime } from '../wiring/runtime.ts';

export interface CrawlOutcome extends RunOutcome {
  /** Entries with an article. */
  readonly succeeded: number;
}

/** Reads the pages of a list and passes each entry's record to `write` as it completes. The crawl waits for the promise of `write` (backpressure). */
export async function crawlArticles(
  lists: readonly string[],
  options: RuntimeOptions,
  write: (record: PageRecord) => Promise<void>,
): Promise<CrawlOutcome> {
  const ended: PageRecord[] = [];
  const priorities = new Map<string, Entry['priority']>();
  const onEvent = (event: RunEvent) => {
    if (event.type === 'entry:fail') ended.push(failureRecord(event.failure, 'failed', priorities));
    if (event.type === 'entry:skip') ended.push(failureRecord(event.failure, 'skipped', priorities));
    options.onEvent?.(event);
  };
  await using runtime = await openRuntime({
    ...options,
    onEvent,
    goal: 'articles',
  });
  let succeeded = 0;
  const outcome = await runtime.run(async (run) => {
    const entries = await list(lists, run);
    for (const entry of entries) priorities.set(entry.url, entry.priority);
    for (const round of run.retries.rounds(entries)) {
      for await (const item of extract(crawl(round, run), run)) {
        for (const record of ended.splice(0)) await write(record);
        succeeded += 1;
        await write(articleRecord(item));
      }
      for (const record of ended.splice(0)) await write(record);
    }
  });
  return { ...outcome, succeeded };
}

function articleRecord({ entry, article, fromCache, httpStatus, ms }: SourcedArticle): PageRecord {
  return {
    v: 1,
    type: 'page',
    url: entry.url,
    finalUrl: article.finalUrl,
    canonicalUrl: article.canonicalUrl ?? null,
    status: 'ok',
    error: null,
    priority: entry.priority,
    fromCache,
    httpStatus,
    title: article.title,
    author: article.author ?? null,
    publishedAt: article.publishedAt ?? null,
    lang: article.lang,
    siteName: article.siteName ?? null,
    text: article.text,
    markdown: article.markdown,
    contentHash: article.contentHash,
    ms,
  };
}

function failureRecord(
  { url, code, message }: Failure,
  status: 'failed' | 'skipped',
  priorities: ReadonlyMap<string, Entry['priority']>,
): PageRecord {
  return {
    v: 1,
    type: 'page',
    url,
    finalUrl: null,
    canonicalUrl: null,
    status,
    error: { code, message },
    priority: priorities.get(url) ?? 'medium',
    fromCache: false,
    httpStatus: null,
    title: null,
    author: null,
    publishedAt: null,
    lang: null,
    siteName: null,
    text: null,
    markdown: null,
    contentHash: null,
    ms: null,
  };
}
