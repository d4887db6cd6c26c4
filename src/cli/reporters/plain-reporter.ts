import cliProgress from 'cli-progress';
import type { RunEvent } from '../../core/events.ts';
import { busyTimeOf, doneEntries, rateOf, timeLeft } from '../../core/figures/pace.ts';
import type { Clock } from '../../core/ports.ts';
import { isFreeProvider } from '../../core/providers.ts';
import { plural } from '../../util/text/plural.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import type { Io } from '../process/io.ts';
import { formatDuration, formatUsd } from './describe.ts';
import { jobsDone, renderSummary } from './render-summary.ts';
import type { Reporter } from './reporter.ts';
import { emptyFigures, type RunFigures, reduceFigures } from './run-figures.ts';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

const INTERVAL_MS = 5000;
const READ = '{value}/{total} entries | crawled {crawled} ({cached} cached)';
const ENDED = 'skipped {skipped} | failed {failed}';
const POSTS = `${READ}{crawlRate} | written {written}{writeRate} | unchanged {unchanged} | ${ENDED} | {cost}{left}`;
const ARTICLES = `${READ}{crawlRate} | ${ENDED}{left}`;

/** Lines for logs, pipes and screen readers: one every five seconds while something changes and at each stage's end, then the summary. */
export function createPlainReporter(io: Io, clock: Clock, { bar }: { readonly bar: boolean }): Reporter {
  const { stderr } = io;
  const stop = new AbortController();
  let figures = emptyFigures(io);
  let startedAt = 0;
  let shown = '';
  let crawlEndPrinted = false;
  const show = () => {
    const line =
      figures.goal === 'serve' ? workerLine(figures) : progressLine(figures, { startedAt, now: clock.now(), bar });
    if (line !== shown) stderr.write(`${line}\n`);
    shown = line;
  };
  /** Entries that fail may be crawled again, so the crawl can end more than once; it is reported once. */
  const printCrawlEnd = () => {
    const { stats, pace } = figures;
    if (crawlEndPrinted || stats.entries === 0 || pace.crawlEnded < stats.entries) return;
    crawlEndPrinted = true;
    const took = formatDuration(busyTimeOf(pace, 'crawl', clock.now()));
    stderr.write(
      `Crawl ended: ${stats.crawled} of ${plural(stats.entries, 'page')} read, ${stats.fromCache} from the cache, in ${took}\n`,
    );
    show();
  };
  return {
    sink(event) {
      figures = reduceFigures(figures, event);
      if (event.type === 'run:start') {
        startedAt = clock.now();
        stderr.write(`${startLine(event, figures)}\n`);
        void everyInterval(clock, stop.signal, show); // ends with the signal and throws nothing
      }
      const line = noteOf(event);
      if (line !== undefined) stderr.write(`${line}\n`);
      if (event.type === 'page:end' || event.type === 'entry:fail' || event.type === 'entry:skip') printCrawlEnd();
      if (event.type === 'run:end') {
        stop.abort();
        show();
        stderr.write(`\n${renderSummary(event, figures)}`);
      }
    },
    onControls: () => {},
    close: async () => stop.abort(),
  };
}

function startLine(
  { runId, provider, model, entries, queue }: EventOf<'run:start'>,
  { argv, goal }: RunFigures,
): string {
  if (goal === 'articles') return `Run ${runId}: ${plural(entries, 'entry', 'entries')} to read`;
  const writer = terminalLine(isFreeProvider(provider) ? 'extractive (built in, no key)' : `${provider} ${model}`);
  if (queue === undefined) return `Run ${runId}: ${plural(entries, 'entry', 'entries')}, written by ${writer}`;
  const end = argv.includes('--drain') ? 'until it is empty' : 'until it is stopped (Ctrl-C)';
  return `Worker ${runId}: takes pages and posts from ${terminalLine(queue)} ${end}; posts are written by ${writer}`;
}

/** What a worker has done so far; it has no list to count against. */
function workerLine({ stats: { jobs, costKnown, spentUsd } }: RunFigures): string {
  return `${jobsDone(jobs)} | spent ${costKnown ? formatUsd(spentUsd) : 'unknown'}`;
}

async function everyInterval(clock: Clock, signal: AbortSignal, show: () => void): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(INTERVAL_MS, signal).catch(() => {}); // the loop condition ends it
    if (!signal.aborted) show();
  }
}

function noteOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'run:warning':
      return `Warning: ${terminalLine(event.message)}${event.hint === undefined ? '' : ` → ${terminalLine(event.hint)}`}`;
    case 'run:stopping':
      return `Stopping: ${terminalLine(event.reason)}`;
    case 'cache:state':
      return `Cache: ${terminalLine(event.message)}`;
    default:
      return undefined;
  }
}

interface LineOptions {
  readonly startedAt: number;
  readonly now: number;
  /** Left out for screen readers. */
  readonly bar: boolean;
}

function progressLine({ stats, pace, goal }: RunFigures, { startedAt, now, bar }: LineOptions): string {
  const figuresShown = goal === 'articles' ? ARTICLES : POSTS;
  const done = doneEntries(stats, goal);
  const left = timeLeft(stats, pace, now, goal);
  const rate = (perSecond: number | undefined) => (perSecond === undefined ? '' : ` ${perSecond.toFixed(1)}/s`);
  return cliProgress.Format.Formatter(
    {
      ...cliProgress.Presets.legacy,
      format: bar ? `{bar} ${figuresShown}` : figuresShown,
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
      crawlRate: rate(rateOf(pace, 'crawl', now)),
      written: stats.written,
      writeRate: rate(rateOf(pace, 'write', now)),
      unchanged: stats.unchanged,
      skipped: stats.skips.length,
      failed: stats.failures.length,
      cost: `spent ${stats.costKnown ? formatUsd(stats.spentUsd) : 'unknown'}`,
      left: left === undefined || left.seconds === 0 ? '' : ` | ${formatDuration(left.seconds * 1000)} left`,
    },
  );
}
