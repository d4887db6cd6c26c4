/** blogger as a library. Each part works alone; `generate` joins them. */

export { collect } from './api/collect.ts';
export { type CrawlOutcome, crawlArticles } from './api/crawl-articles.ts';
export { type EstimateOutcome, estimate } from './api/estimate.ts';
export { type GenerateOptions, generate } from './api/generate.ts';
export { work } from './api/work.ts';
export { readSecrets } from './config/load.ts';
export type { Secrets, Settings, SettingsInput } from './config/schema.ts';
export { BloggerError, type BloggerErrorOptions, ERROR_CODES, type ErrorCode } from './core/errors.ts';
export type { Estimate, EventLine, PageRecord, RunEvent, RunEventType, RunSummary, Stage } from './core/events.ts';
export { hostRecord } from './core/figures/host-table.ts';
export { emptyStats, type HostStats, type RunStats, reduceStats, summarize } from './core/figures/stats.ts';
export type * from './core/ports.ts';
export type * from './core/types.ts';
export type { RunControls } from './run/run.ts';
export type { RuntimeOptions } from './run/runtime-options.ts';
export { Cache, type CacheOptions, type CacheStats, type MakeOptions } from './services/cache/cache.ts';
export { type OpenSharedStore, openSharedStore, type SharedStoreOptions } from './services/cache/open-shared-store.ts';
export type { SharedStore } from './services/cache/shared-tier.ts';
export type { TierStats } from './services/cache/tier.ts';
export { JobQueue, type JobQueueOptions } from './services/jobs/local/job-queue.ts';
export { openPostgresBackend } from './services/jobs/shared/postgres-backend.ts';
export { openRedisBackend } from './services/jobs/shared/redis-backend.ts';
export {
  openSharedJobQueue,
  type SharedJobQueue,
  type SharedJobQueueOptions,
} from './services/jobs/shared/shared-job-queue.ts';
export { openStateFile, type StateFile, type StateFileOptions } from './services/sqlite/open-state-file.ts';
export type { CrawlStats } from './stages/crawl/crawl-stats.ts';
export type { HostLimits } from './stages/crawl/hosts/host-limits.ts';
export type { CrawlPageReader, PageReaderSettings } from './stages/crawl/page-reader.ts';
export { PriorityCrawler, type PriorityCrawlerOptions } from './stages/crawl/priority-crawler.ts';
export { type ExtractablePage, extractArticle } from './stages/extract/extract-article.ts';
export {
  type ListProblem,
  type ListSource,
  type ParsedList,
  type ParseListOptions,
  parseList,
} from './stages/list/read/parse-list.ts';
export {
  type Batch,
  type BatchItem,
  BatchProcessor,
  type BatchProcessorOptions,
  type BatchStats,
} from './stages/write/batch-processor.ts';
export { type OpenPageReader, type OpenPageReaderOptions, openPageReader } from './wiring/open-page-reader.ts';
export type { RunOutcome } from './wiring/run-to-end.ts';
