import type { Clock, Emit, PageReader } from '../../core/ports.ts';
import type { Entry, Page } from '../../core/types.ts';
import { systemClock } from '../../util/clock.ts';
import { type CrawlStats, createCrawlStats } from './crawl-stats.ts';
import type { ReadContext } from './fetchers/crawl-request.ts';
import type { CrawlPageReader } from './page-reader.ts';
import { runCrawl } from './run-crawl.ts';

export interface PriorityCrawlerOptions {
  /** Reads one entry; `openPageReader` creates one with all politeness rules. */
  readonly reader: PageReader | CrawlPageReader;
  /** Maximum concurrent reads, all hosts; reads that wait for their host do not count. @default 10 */
  readonly maxConcurrent?: number;
  /** Maximum concurrent reads per host. @default 2 */
  readonly perHost?: number;
  /** Buffered pages at which crawling pauses. @default 100 */
  readonly queueSize?: number;
  /** Entries prefetched from an async source; an in-memory list is taken completely. @default 5000 */
  readonly lookAhead?: number;
  /** An entry that waited this long counts as one level higher. @default 60000 */
  readonly ageMs?: number;
  /** @default the system clock */
  readonly clock?: Clock;
  /** Receives `page:…`, `entry:fail` and `entry:skip`. @default no listener */
  readonly emit?: Emit;
}

/**
 * Reads entries by priority (HIGH, MEDIUM, LOW; FIFO within a level; no starvation) with a global and a per-host concurrency limit;
 * a slow host does not block others. Pages are yielded as they are ready; crawling pauses while the consumer does not read.
 * A failed entry is an event and a count, never an error of the iteration.
 *
 * @example
 * const crawler = new PriorityCrawler({ reader, emit: console.error });
 * for await (const page of crawler.crawl(entries)) console.log(page.finalUrl, page.bytes);
 * console.log(crawler.stats().successRate);
 */
export class PriorityCrawler {
  readonly #options: Required<PriorityCrawlerOptions>;
  readonly #stats = createCrawlStats();

  constructor(options: PriorityCrawlerOptions) {
    this.#options = {
      maxConcurrent: 10,
      perHost: 2,
      queueSize: 100,
      lookAhead: 5000,
      ageMs: 60_000,
      clock: systemClock,
      emit: () => {},
      ...options,
    };
  }

  /** Ends when all entries ended; throws the signal's reason when it fires. Leaving the loop stops the reads in flight. */
  crawl(
    entries: Iterable<Entry> | AsyncIterable<Entry>,
    signal: AbortSignal = new AbortController().signal,
  ): AsyncIterable<Page> {
    const { reader, emit } = this.#options;
    const record: Emit = (event) => {
      this.#stats.record(event);
      emit(event);
    };
    const parts = {
      read: (entry: Entry, stop: AbortSignal, context: ReadContext) => reader.read(entry, stop, context),
      emit: record,
      onPage: (page: Page) => this.#stats.addPage(page.url),
    };
    return runCrawl(entries, { ...this.#options, ...parts }, signal);
  }

  /** Statistics of this crawler so far. */
  stats(): CrawlStats {
    return this.#stats.snapshot();
  }
}
