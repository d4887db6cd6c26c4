import cliProgress from 'cli-progress';
import type { RunEvent } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import { emptyStats, type RunStats, reduceStats } from '../../core/stats.ts';
import { terminalLine } from '../../util/terminal-text.ts';
import type { Io } from '../io.ts';
import type { Reporter } from './create-reporter.ts';
import { formatUsd } from './describe.ts';
import { renderSummary } from './render-summary.ts';

const INTERVAL_MS = 5000;
const FORMAT =
  '{bar} {value}/{total} entries | crawled {crawled} ({cached} cached) | written {written} | unchanged {unchanged} | skipped {skipped} | failed {failed} | {cost}';

/** Lines for logs and pipes: one every five seconds while something changes, then the summary. */
export function createPlainReporter({ stderr }: Io, clock: Clock): Reporter {
  const stop = new AbortController();
  let stats = emptyStats();
  let out = '';
  let startedAt = 0;
  let shown = '';
  const show = () => {
    const line = progressLine(stats, startedAt, clock.now());
    if (line !== shown) stderr.write(`${line}\n`);
    shown = line;
  };
  return {
    sink(event) {
      stats = reduceStats(stats, event);
      if (event.type === 'run:start') {
        ({ out } = event);
        startedAt = clock.now();
        stderr.write(
          `Run ${event.runId}: ${event.entries} entries, written by ${event.provider}${event.provider === 'extractive' ? ' (built in, no key)' : ` ${event.model}`}\n`,
        );
        void everyInterval(clock, stop.signal, show); // ends with the signal and throws nothing
      }
      const line = noteOf(event);
      if (line !== undefined) stderr.write(`${line}\n`);
      if (event.type === 'run:end') {
        stop.abort();
        show();
        stderr.write(`\n${renderSummary(event, stats, out)}`);
      }
    },
    onControls: () => {},
    close: async () => stop.abort(),
  };
}

async function everyInterval(clock: Clock, signal: AbortSignal, show: () => void): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(INTERVAL_MS, signal).catch(() => {}); // the loop's head sees the end
    if (!signal.aborted) show();
  }
}

function noteOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'run:warning':
      return `Warning: ${terminalLine(event.message)}${event.hint === undefined ? '' : ` → ${event.hint}`}`;
    case 'run:stopping':
      return `Stopping: ${terminalLine(event.reason)}`;
    case 'cache:state':
      return `Cache: ${terminalLine(event.message)}`;
    default:
      return undefined;
  }
}

function progressLine(stats: RunStats, startedAt: number, now: number): string {
  const done = stats.written + stats.unchanged + stats.skips.length + stats.failures.length;
  return cliProgress.Format.Formatter(
    {
      ...cliProgress.Presets.legacy,
      format: FORMAT,
      barsize: 20,
      barGlue: '',
      autopaddingChar: '  ',
      barCompleteString: '='.repeat(20),
      barIncompleteString: '-'.repeat(20),
      barCompleteChar: '=',
      barIncompleteChar: '-',
    } as cliProgress.Options,
    {
      progress: stats.entries === 0 ? 0 : Math.min(1, done / stats.entries),
      value: done,
      total: stats.entries,
      startTime: startedAt,
      stopTime: now,
      eta: 0,
      maxWidth: 200,
    } as unknown as cliProgress.Params,
    {
      crawled: stats.crawled,
      cached: stats.fromCache,
      written: stats.written,
      unchanged: stats.unchanged,
      skipped: stats.skips.length,
      failed: stats.failures.length,
      cost: stats.costKnown ? formatUsd(stats.spentUsd) : 'cost unknown',
    },
  );
}
