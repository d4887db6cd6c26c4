/** Log of a run: publishes its events, stores its statistics and its end. */

import { resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import { type BloggerError, reasonOf } from '../core/errors.ts';
import type { RunSummary } from '../core/events.ts';
import { hostRecord } from '../core/figures/host-table.ts';
import { emptyStats, isThrough, reduceStats, summarize } from '../core/figures/stats.ts';
import { GOALS, type Goal } from '../core/goal.ts';
import type { Clock, Emit, EventSink, Ledger, Logger } from '../core/ports.ts';
import { collectDetails, type RunDetails } from '../figures/run-details.ts';
import type { RunStore } from '../services/runs/run-store.ts';
import type { Disposer } from '../util/disposer.ts';
import { createEventBus } from '../util/event-bus.ts';
import { VERSION } from '../util/version.ts';

export interface RunLogOptions {
  readonly runId: string;
  readonly goal: Goal;
  readonly settings: Settings;
  /** The shared queue that the run serves. */
  readonly queue?: string | undefined;
  readonly choice: { readonly provider: string; readonly model: string };
  /** Base folder of relative paths. */
  readonly cwd: string;
  readonly runs: RunStore;
  readonly onEvent: EventSink | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly disposer: Disposer;
}

export interface RunLog {
  readonly emit: Emit;
  /** Marks the run as begun, after the list is read. */
  begin(entries: number): void;
  readonly begun: boolean;
  /** True when every entry has a result. */
  readonly isThrough: boolean;
  /** Addresses currently counted as failed. */
  readonly failed: () => readonly string[];
  /** Stores how the run ended and emits its last event. */
  end(stoppedBy: BloggerError | undefined, figures: EndFigures): Promise<RunSummary>;
}

export interface EndFigures {
  readonly cache: RunDetails['cache'];
  readonly money: Pick<ReturnType<Ledger['spent']>, 'spentUsd' | 'workUsd' | 'capUsd'>;
}

export async function openRunLog({
  runId,
  goal,
  settings,
  queue,
  choice: { provider, model },
  cwd,
  runs,
  onEvent,
  clock,
  logger,
  disposer,
}: RunLogOptions): Promise<RunLog> {
  const bus = createEventBus(clock, (error) => logger.error({ error }, 'a listener failed'));
  const { emit } = bus;
  let stats = emptyStats();
  let begun = false;
  const collector = collectDetails();
  bus.subscribe((event) => {
    stats = reduceStats(stats, event);
  });
  bus.subscribe(collector.sink);
  if (onEvent !== undefined) bus.subscribe(onEvent);
  const { tier, maxCost, metrics } = settings;
  const out = resolve(cwd, settings.out);
  const { otlpEndpoint, textfile } = metrics;
  if (otlpEndpoint !== undefined) bus.subscribe(await telemetrySink(otlpEndpoint, { clock, disposer, logger }));

  return {
    emit,
    get begun() {
      return begun;
    },
    get isThrough() {
      return isThrough(stats, goal);
    },
    failed: () => stats.failures.map(({ url }) => url),
    begin(entries) {
      begun = true;
      const writing = { provider, model, tier, out };
      runs.start({ id: runId, startedAt: clock.now(), command: GOALS[goal].command, ...writing });
      const cap = maxCost === undefined ? {} : { capUsd: maxCost };
      emit({ type: 'run:start', runId, goal, entries, ...writing, ...cap, ...(queue === undefined ? {} : { queue }) });
    },
    async end(stoppedBy, { cache, money }) {
      const reason = stoppedBy === undefined ? {} : { stoppedBy: reasonOf(stoppedBy) };
      const summary = summarize({ ...stats, endedAt: new Date(clock.now()).toISOString() }, money);
      const details: RunDetails = { ...collector.details(), hosts: hostRecord(stats.hosts), cache };
      remember(() => runs.end(runId, { at: clock.now(), summary, details, ...reason }), logger);
      if (textfile !== undefined) await writeMetrics(resolve(cwd, textfile), runs, logger);
      emit({ type: 'run:end', summary, ...reason });
      return summary;
    },
  };
}

/** A failure to store history does not change the outcome of the run. */
export function remember(write: () => void, logger: Logger): void {
  try {
    write();
  } catch (error) {
    logger.error({ error }, 'the end of the run could not be recorded');
  }
}

/** A failed metrics export does not change the outcome of the run. */
async function writeMetrics(file: string, runs: RunStore, logger: Logger): Promise<void> {
  try {
    const { writeMetricsFile } = await import('../figures/metrics-file.ts');
    await writeMetricsFile(file, runs.list({ limit: 100 }));
  } catch (error) {
    logger.error({ error, file }, 'the metrics file could not be written');
  }
}

/** Subscriber for an OpenTelemetry collector; undefined when the optional packages are not installed. */
async function telemetrySink(
  endpoint: string,
  { clock, disposer, logger }: { readonly clock: Clock; readonly disposer: Disposer; readonly logger: Logger },
): Promise<EventSink> {
  try {
    const { openTelemetry } = await import('../services/telemetry/telemetry.ts');
    return disposer.use(await openTelemetry({ endpoint, version: VERSION, clock })).sink;
  } catch (error) {
    logger.error(
      { error },
      'OpenTelemetry is not installed: npm install @opentelemetry/sdk-trace-base and its exporters',
    );
    return () => {};
  }
}
