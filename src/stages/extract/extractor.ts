import type { Article, Page } from '../../core/types.ts';
import { extractArticle } from './extract-article.ts';

export interface Extractor {
  /** Calls in flight that make sense. */
  readonly concurrency: number;
  /** Changes when the same page may give another article; part of the cache key. */
  readonly version: string;
  extract(page: Page, signal: AbortSignal): Promise<Article>;
}

/** Articles of pages, one after the other on this thread: the guard bounds what one page can cost. Throws `EXTRACT_FAILED`. */
export function createExtractor(): Extractor {
  return {
    concurrency: 2,
    version: '1',
    async extract(page, signal) {
      signal.throwIfAborted();
      // Gives timers and sockets their turn between two pages.
      await new Promise((resolve) => setImmediate(resolve));
      return extractArticle(page);
    },
  };
}
