import type { Clock, Emit, PageReader } from '../../core/ports.ts';
import type { Entry, Page } from '../../core/types.ts';
import { systemClock } from '../../util/clock.ts';
import { type CrawlStats, createCrawlStats } from './crawl-stats.ts';
import type { ReadContext } from './fetchers/crawl-request.ts';
import type { CrawlPageReader } from './page-reader.ts';
import { runCrawl } from './run-crawl.ts';

export interface PriorityCrawlerOptions {
  /** Reads one entry; `openPageReader` makes one that keeps every rule of manners. */
  readonly reader: PageReader | CrawlPageReader;
  /** Reads in flight at once, all hosts; those that only wait for their host do not count. @default 10 */
  readonly maxConcurrent?: number;
  /** Reads at once of one host. @default 2 */
  readonly perHost?: number;
  /** Pages held for the reader before crawling pauses. @default 100 */
  readonly queueSize?: number;
  /** Entries taken from an async source ahead of their turn; a list in memory is seen whole. @default 5000 */
  readonly lookAhead?: number;
  /** An entry that waited this long counts as one level higher. @default 60000 */
  readonly ageMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** Hears `page:…`, `entry:fail` and `entry:skip`. @default nobody */
  readonly emit?: Emit;
}

/**
 * Reads entries by priority (HIGH, MEDIUM, LOW; first come first served inside a level; none waits for ever) with a limit for all hosts
 * and one for each, where a slow host holds up nobody else. Pages come as they are ready; crawling pauses while nobody takes them.
 * An entry that fails is an event and a count, never an error of the iteration.
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

  /** Figures of everything that this crawler has read so far. */
  stats(): CrawlStats {
    return this.#stats.snapshot();
  }
}
