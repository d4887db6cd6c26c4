/** Every metric that a process shows or leaves behind. docs/metrics.md, the dashboard's test and the rules' test read this table. */

export interface MetricSpec {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** `live`: at `/metrics` while a process runs. `file`: in the text file that a run leaves. */
  readonly where: 'live' | 'file';
  /** Upper bounds of a histogram. */
  readonly buckets?: readonly number[];
}

const counter = (help: string, ...labels: string[]): MetricSpec => ({ type: 'counter', help, labels, where: 'live' });
const gauge = (help: string, ...labels: string[]): MetricSpec => ({ type: 'gauge', help, labels, where: 'live' });
const left = (help: string, ...labels: string[]): MetricSpec => ({
  type: 'gauge',
  help,
  labels: [...labels, 'command'],
  where: 'file',
});

/** From a quick page to an answer that a vendor's batch held for a day. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600, 86_400];

export const METRICS = {
  blogger_build_info: gauge('Always 1; the version is in the labels', 'version', 'node'),
  blogger_run_info: gauge('1 while a run is under way; what it does is in the labels', 'goal', 'provider', 'model'),
  blogger_run_start_timestamp_seconds: gauge('Time at which the run started'),
  blogger_ready: gauge('1 when `/readyz` answers 200'),
  blogger_entries: gauge('Entries of the list of this run'),
  blogger_entries_ended_total: counter('Entries that ended without a post', 'outcome', 'code'),
  blogger_jobs: gauge('Jobs by queue and state', 'queue', 'state'),
  blogger_oldest_waiting_job_age_seconds: gauge('Age of the oldest waiting job; 0 when nothing waits', 'queue'),
  blogger_oldest_failed_job_age_seconds: gauge('Time since the oldest failed job failed; 0 without one', 'queue'),
  blogger_workers: gauge('Workers that listen on a shared queue', 'queue'),
  blogger_in_flight: gauge('Page requests and model calls of this process in flight', 'stage'),
  blogger_stage_duration_seconds: {
    type: 'histogram',
    help: 'Duration of reading a page from its host, extracting an article, or a model call',
    labels: ['stage'],
    where: 'live',
    buckets: SECONDS,
  },
  blogger_pages_total: counter('Pages read, by where they came from', 'source'),
  blogger_page_bytes_total: counter('Bytes of pages read from their hosts'),
  blogger_retries_total: counter('Requests tried again, by the reason', 'stage', 'code'),
  blogger_rate_limited_total: counter('Retries because a host or vendor asked to slow down (429)', 'by'),
  blogger_calls_total: counter('Model calls by outcome', 'provider', 'model', 'outcome'),
  blogger_call_errors_total: counter('Model calls that failed, by the reason', 'code'),
  blogger_tokens_total: counter('Tokens of paid calls; `cached_input` is a part of `input`', 'kind'),
  blogger_cost_usd_total: counter('US dollars of calls with a known price', 'tier'),
  blogger_unpriced_calls_total: counter('Paid calls whose price is unknown, missing from the cost'),
  blogger_spent_usd: gauge('US dollars spent under the cap'),
  blogger_reserved_usd: gauge('US dollars reserved for calls in flight'),
  blogger_cap_usd: gauge('The money cap; absent without one'),
  blogger_posts_total: counter('Posts by outcome', 'outcome'),
  blogger_findings_total: counter('Findings of the checks', 'rule', 'severity'),
  blogger_vendor_batches: gauge('Unfinished batches at the vendor'),
  blogger_oldest_vendor_batch_age_seconds: gauge(
    'Time since this process first saw the oldest unfinished batch; 0 without one',
  ),
  blogger_cache_reads_total: counter('Reads of the cache by tier and result', 'tier', 'result'),
  blogger_cache_entries: gauge('Entries in a cache tier', 'tier'),
  blogger_cache_bytes: gauge('Bytes in a cache tier', 'tier'),
  blogger_breaker_open: gauge('1 while the circuit breaker of a shared store is not closed', 'tier'),
  blogger_warnings_total: counter('Warnings of the run', 'code'),
  blogger_scrape_failures_total: counter('Scrapes in which the queue or the cache did not answer in time'),
  blogger_last_run_timestamp_seconds: left('Time at which the last run ended'),
  blogger_last_success_timestamp_seconds: left('Time at which the last run ended that nothing stopped or failed in'),
  blogger_last_run_stopped: left('1 when the last run was stopped before its end', 'code'),
  blogger_last_run_duration_seconds: left('Duration of the last run'),
  blogger_last_run_model_requests: left('Requests to a model in the last run'),
  blogger_last_run_cost_usd: left('US dollars that the last run spent; absent when a price is unknown'),
  blogger_last_run_posts: left('Posts of the last run by outcome', 'state'),
  blogger_last_run_tokens: left('Tokens of the last run', 'kind'),
  blogger_last_run_pages: left('Pages read in the last run by where they came from', 'from'),
  blogger_last_run_failures: left('Entries of the last run that failed, by the reason', 'code'),
} as const satisfies Record<`blogger_${string}`, MetricSpec>;

export type MetricName = keyof typeof METRICS;
