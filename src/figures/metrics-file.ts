import { createMetricRegistry } from '../services/metrics/metric-registry.ts';
import type { MetricName } from '../services/metrics/metric-table.ts';
import type { RunRecord } from '../services/runs/run-store.ts';
import { writeFileAtomic } from '../util/files/files.ts';

/**
 * Writes how the last run went as a Prometheus text file, for node_exporter's textfile collector; `runs` are the project's, newest first.
 * The file is replaced as a whole, so a collector never reads half of it.
 */
export async function writeMetricsFile(file: string, runs: readonly RunRecord[]): Promise<void> {
  await writeFileAtomic(file, await renderMetrics(runs));
}

/** The metrics as text in Prometheus' exposition format. */
export async function renderMetrics(runs: readonly RunRecord[]): Promise<string> {
  const command = runs[0]?.command ?? 'generate';
  const metrics = createMetricRegistry('file', { command });
  const ended = runs.filter((run) => run.command === command && run.endedAt !== undefined);
  const [last] = ended;
  const success = ended.find(isSuccess);
  metrics.set('blogger_last_run_timestamp_seconds', (last?.endedAt ?? 0) / 1000);
  metrics.set('blogger_last_success_timestamp_seconds', (success?.endedAt ?? 0) / 1000);
  if (last?.summary === undefined) return metrics.render();
  const { posts, calls, tokens, costUsd, durationMs, failures, crawled, fromCache } = last.summary;
  const setEach = (name: MetricName, label: string, values: Readonly<Record<string, number>>) => {
    for (const [key, value] of Object.entries(values)) metrics.set(name, value, { [label]: key });
  };
  metrics.set('blogger_last_run_stopped', Number(last.stoppedBy !== undefined), { code: last.stoppedBy?.code ?? '' });
  metrics.set('blogger_last_run_duration_seconds', durationMs / 1000);
  metrics.set('blogger_last_run_model_requests', calls);
  // An unknown cost is not 0: it is left out.
  if (costUsd !== null) metrics.set('blogger_last_run_cost_usd', costUsd);
  setEach('blogger_last_run_posts', 'state', posts);
  setEach('blogger_last_run_tokens', 'kind', tokens);
  setEach('blogger_last_run_pages', 'from', { cache: fromCache, host: crawled - fromCache });
  const byCode: Record<string, number> = {};
  for (const { code } of failures) byCode[code] = (byCode[code] ?? 0) + 1;
  setEach('blogger_last_run_failures', 'code', byCode);
  return metrics.render();
}

function isSuccess({ summary, stoppedBy }: RunRecord): boolean {
  return summary !== undefined && stoppedBy === undefined && summary.posts.failed === 0;
}
