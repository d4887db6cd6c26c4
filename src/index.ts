/** blogger as a library. Each part works alone; `generate` joins them. */

export { readSecrets } from './config/load.ts';
export type { Secrets, Settings, SettingsInput } from './config/schema.ts';
export { BloggerError, type BloggerErrorOptions, ERROR_CODES, type ErrorCode } from './core/errors.ts';
export type { RunEvent, RunEventType, RunSummary } from './core/events.ts';
export type * from './core/ports.ts';
export { emptyStats, type RunStats, reduceStats, summarize } from './core/stats.ts';
export type * from './core/types.ts';
export { collect } from './pipeline/collect.ts';
export { crawlArticles, type PageRecord } from './pipeline/crawl-articles.ts';
export { type Estimate, estimate } from './pipeline/estimate.ts';
export { type GenerateOptions, generate } from './pipeline/generate.ts';
export { type OpenPageReader, type OpenPageReaderOptions, openPageReader } from './pipeline/open-page-reader.ts';
export type { RunControls } from './pipeline/run.ts';
export type { RunOutcome } from './pipeline/runtime.ts';
export type { RuntimeOptions } from './pipeline/runtime-options.ts';
export { work } from './pipeline/work.ts';
export { Cache, type CacheOptions, type CacheStats } from './services/cache/cache.ts';
export type { TierStats } from './services/cache/tier.ts';
export { type JobHandler, JobQueue, type JobQueueOptions, type WorkOptions } from './services/jobs/job-queue.ts';
export type { JobFilter } from './services/jobs/job-table.ts';
export { type OpenRedisOptions, openRedis, type RedisClient } from './services/redis/open-redis.ts';
export { openStateFile, type StateFile, type StateFileOptions } from './services/sqlite/open-state-file.ts';
export type { CrawlStats } from './stages/crawl/crawl-stats.ts';
export { PriorityCrawler, type PriorityCrawlerOptions } from './stages/crawl/priority-crawler.ts';
export { type ExtractablePage, extractArticle } from './stages/extract/extract-article.ts';
export { parseList } from './stages/list/parse-list.ts';
export { type Batch, type BatchItem, BatchProcessor, type BatchProcessorOptions, type BatchStats } from './stages/write/batch-processor.ts';
