/** Reads and extracts one page: used by workers, and by runs with workers for local files. */

import { BloggerError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { Emit } from '../core/ports.ts';
import type { Article, Entry, Page } from '../core/types.ts';
import { judgeQuality } from '../stages/extract/judge-quality.ts';
import { hashParts } from '../util/stable-hash.ts';
import type { ActiveRun } from './active-run.ts';
import type { PageAnswer } from './worker-jobs.ts';

/** `emit` receives the events of this page; its final event is also returned. */
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
  const article = await cachedArticle(page, run);
  judgeQuality(article, { minChars: run.settings.minSourceChars });
  if (seen === undefined) throw new BloggerError('A page was read without an event of its end', { code: 'BUG' });
  return { article, page: seen };
}

/** The same bytes under the same address give the same article: parsing dominates the cost of a repeated run. */
export async function cachedArticle(page: Page, run: ActiveRun): Promise<Article> {
  const key = hashParts(`${run.extractor.version}\n${page.finalUrl}\n${page.contentType}\n`, page.body);
  const known = await run.articles.get(key);
  if (known !== undefined) return { ...(known as Article), fetchedAt: page.fetchedAt, policy: page.policy }; // written by this function only; the namespace carries the extractor's version
  const article = await run.extractor.extract(page, run.stopping);
  await run.articles.set(key, article);
  return article;
}
