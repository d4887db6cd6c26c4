import { Gauge, Registry } from 'prom-client';
import type { RunRecord } from '../services/runs/run-store.ts';
import { writeFileAtomic } from '../util/files.ts';

/**
 * Writes how the last run went as a Prometheus text file, for node_exporter's textfile collector; `runs` are the project's, newest first.
 * The file is replaced as a whole, so a collector never reads half of it.
 */
export async function writeMetricsFile(file: string, runs: readonly RunRecord[]): Promise<void> {
  await writeFileAtomic(file, await renderMetrics(runs));
}

/** The metrics as text in Prometheus' exposition format. */
export async function renderMetrics(runs: readonly RunRecord[]): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `blogger_${name}`, help, labelNames, registers: [registry] });
  const command = runs[0]?.command ?? 'generate';
  const ended = runs.filter((run) => run.command === command && run.endedAt !== undefined);
  const [last] = ended;
  const success = ended.find(isSuccess);
  registry.setDefaultLabels({ command });
  gauge('last_run_timestamp_seconds', 'When the last run ended').set((last?.endedAt ?? 0) / 1000);
  gauge('last_success_timestamp_seconds', 'When the last run ended that was not stopped and lost nothing').set(
    (success?.endedAt ?? 0) / 1000,
  );
  if (last?.summary === undefined) return registry.metrics();
  const { posts, calls, tokens, costUsd, durationMs, failures, crawled, fromCache } = last.summary;
  gauge('last_run_stopped', '1 when the last run was stopped before its end', ['code']).set(
    { code: last.stoppedBy?.code ?? '' },
    last.stoppedBy === undefined ? 0 : 1,
  );
  gauge('last_run_duration_seconds', 'How long the last run took').set(durationMs / 1000);
  gauge('last_run_model_requests', 'Requests to a model in the last run').set(calls);
  // An unknown cost is no zero: it is left out.
  if (costUsd !== null) gauge('last_run_cost_usd', 'US dollars that the last run spent').set(costUsd);
  setEach(gauge('last_run_posts', 'Posts of the last run, by what became of them', ['state']), 'state', posts);
  setEach(gauge('last_run_tokens', 'Tokens of the last run', ['kind']), 'kind', tokens);
  setEach(gauge('last_run_pages', 'Pages read in the last run', ['from']), 'from', {
    cache: fromCache,
    host: crawled - fromCache,
  });
  const byCode: Record<string, number> = {};
  for (const { code } of failures) byCode[code] = (byCode[code] ?? 0) + 1;
  setEach(gauge('last_run_failures', 'Entries of the last run that failed, by reason', ['code']), 'code', byCode);
  return registry.metrics();
}

function isSuccess({ summary, stoppedBy }: RunRecord): boolean {
  return summary !== undefined && stoppedBy === undefined && summary.posts.failed === 0;
}

function setEach(gauge: Gauge, label: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) gauge.set({ [label]: name }, value);
}
