import type { Settings } from '../config/schema.ts';
import type { RosterStore } from '../core/ports/shared-control.ts';
import type { Illustrator, KeyValueStore, Ledger, Publisher, SourceLook, Writer } from '../core/ports.ts';
import type { Brief, Entry, ItemFacts } from '../core/types.ts';
import type { JobQueue } from '../services/jobs/local/job-queue.ts';
import type { SiteIndex } from '../services/site/site-index.ts';
import type { JudgeOptions } from '../stages/check/judge-draft.ts';
import type { CrawlPageReader } from '../stages/crawl/page-reader.ts';
import type { PriorityCrawler } from '../stages/crawl/priority-crawler.ts';
import type { Extractor } from '../stages/extract/extractor.ts';
import type { ListReader, SourceMemory } from '../stages/list/list-ports.ts';
import type { ReadLists } from '../stages/list/read/read-lists.ts';
import type { CheapestFirstOptions } from '../stages/plan/cheapest-first.ts';
import type { PlanOptions } from '../stages/plan/plan-posts.ts';
import type { Retries } from './retries.ts';
import type { Run } from './run.ts';
import type { UserOptions } from './runtime-options.ts';
import type { PageAnswer, PostOptions } from './worker-jobs.ts';

/** Worker machines that read pages and write posts for this run. */
export interface Workers {
  readPage(entry: Entry, signal: AbortSignal): Promise<PageAnswer>;
  readonly writer: Writer;
}

/** An active run: the services that its stages use. */
export interface ActiveRun extends Run {
  readonly settings: Settings;
  readonly options: UserOptions;
  readonly listReader: ListReader;
  /** Watched feeds and sitemaps. */
  readonly sources: SourceMemory;
  /** Feed metadata of the pages of this run; set when the list is read. */
  readonly feedTexts: Map<string, ItemFacts>;
  /** Addresses of the entries of this run; these pages are never read as further parts of an article. Empty on workers. */
  readonly listed: Set<string>;
  readonly crawler: PriorityCrawler;
  readonly reader: CrawlPageReader;
  readonly extractor: Extractor;
  /** Cached articles, by the hash of their page. */
  readonly articles: KeyValueStore;
  readonly planOptions: PlanOptions;
  readonly jobs: Pick<JobQueue, 'add' | 'begin' | 'get' | 'retry'>;
  readonly writer: Writer;
  /** Ledger of all payments of the run. */
  readonly ledger: Pick<Ledger, 'callsOf'>;
  /** List of workers in the shared store; undefined if the store has none. */
  readonly roster: RosterStore | undefined;
  /** Worker machines that read and write for this run; undefined when this process does all the work. */
  readonly workers: Workers | undefined;
  /** Writing options of posts requested by other runs, by the brief's key. */
  readonly postOptions: Map<string, PostOptions>;
  /** Concurrent posts: enough to fill every batch. */
  readonly writeConcurrency: number;
  /** Undefined if posts have no pictures. */
  readonly illustrator: Illustrator | undefined;
  /** Costs that order posts under a cap; undefined without a cap, or with `order: list`. */
  readonly thrift: Pick<CheapestFirstOptions, 'costOf' | 'leftUsd'> | undefined;
  readonly publisher: Publisher;
  /** Index of the blog's posts, for internal links; undefined when links are off. */
  readonly site: SiteIndex | undefined;
  /** The file of the post made from these sources, relative to the output folder. */
  fileOfSources(sourceKey: string): string | undefined;
  readonly checkOptions: JudgeOptions;
  /** Failed entries that the user wants to retry. */
  readonly retries: Retries;
  /** Addresses that failed in the last run. */
  readonly failedBefore: ReadonlySet<string>;
  /** Posts with a request in a vendor batch that was not cancelled. */
  briefsAtVendor(): readonly Brief[];
  /** True when a vendor batch holds a request for a new text of a post that may already exist. */
  isRewrite(brief: Brief): boolean;
  /** Stores what looks at watched sources found. */
  remember(looks: readonly SourceLook[]): void;
  /** Marks the run as begun, after the list is read. */
  begin(entries: readonly Entry[], read?: Pick<ReadLists, 'looks' | 'failures'>): void;
}
