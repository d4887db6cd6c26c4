/** A run with everything that its steps need. */

import type { Settings } from '../config/schema.ts';
import type { KeyValueStore, Ledger, Publisher, Writer } from '../core/ports.ts';
import type { Brief, Entry, ItemFacts } from '../core/types.ts';
import type { JobQueue } from '../services/jobs/job-queue.ts';
import type { SiteIndex } from '../services/site/site-index.ts';
import type { JudgeOptions } from '../stages/check/judge-draft.ts';
import type { CrawlPageReader } from '../stages/crawl/page-reader.ts';
import type { PriorityCrawler } from '../stages/crawl/priority-crawler.ts';
import type { Extractor } from '../stages/extract/extractor.ts';
import type { ListReader, SourceMemory } from '../stages/list/list-ports.ts';
import type { ReadLists } from '../stages/list/read-lists.ts';
import type { PlanOptions } from '../stages/plan/plan-posts.ts';
import type { Retries } from './retries.ts';
import type { Run } from './run.ts';
import type { RunWishes } from './runtime-options.ts';
import type { PageAnswer, PostWishes } from './worker-jobs.ts';

/** Other machines that read pages and write posts for this run. */
export interface Workers {
  readPage(entry: Entry, signal: AbortSignal): Promise<PageAnswer>;
  readonly writer: Writer;
}

/** A run with everything that its stages need. */
export interface ActiveRun extends Run {
  readonly settings: Settings;
  readonly options: RunWishes;
  readonly listReader: ListReader;
  /** Feeds and sitemaps that are read again and again. */
  readonly sources: SourceMemory;
  /** What feeds say about the pages of this run; set with its list. */
  readonly feedTexts: Map<string, ItemFacts>;
  readonly crawler: PriorityCrawler;
  readonly reader: CrawlPageReader;
  readonly extractor: Extractor;
  /** Articles by the hash of their pages. */
  readonly articles: KeyValueStore;
  readonly planOptions: PlanOptions;
  readonly jobs: Pick<JobQueue, 'add' | 'begin' | 'get' | 'retry'>;
  readonly writer: Writer;
  /** The one book of what the run pays. */
  readonly ledger: Pick<Ledger, 'callsOf'>;
  /** Other machines that read and write for this run; undefined where this process does it all. */
  readonly workers: Workers | undefined;
  /** What other runs wish of the posts that are written for them, by the brief's key. */
  readonly wishes: Map<string, PostWishes>;
  /** Posts in writing at once: enough to fill every batch. */
  readonly writeConcurrency: number;
  readonly publisher: Publisher;
  /** The blog's posts, for links between them; undefined where none are wished. */
  readonly site: SiteIndex | undefined;
  /** The file that these sources were saved in, relative to the output folder. */
  fileOfSources(sourceKey: string): string | undefined;
  readonly checkOptions: JudgeOptions;
  /** The failed entries that a person wants tried again. */
  readonly retries: Retries;
  /** Addresses that failed in the last run. */
  readonly failedBefore: ReadonlySet<string>;
  /** The posts whose requests are in a vendor's batch and that nobody cancelled. */
  briefsAtVendor(): readonly Brief[];
  /** True where a vendor's batch holds a request for another text of a post, which may be there already. */
  isAskedAnew(brief: Brief): boolean;
  /** The list is read: from here on the run counts as begun. */
  begin(entries: readonly Entry[], read?: Pick<ReadLists, 'looks' | 'failures'>): void;
}
