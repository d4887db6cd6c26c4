/** The composition root: the one file that names concrete services and joins them to a run. */

import { resolve } from 'node:path';
import { resolveSettings } from '../config/resolve.ts';
import type { Secrets, Settings, SettingsInput } from '../config/schema.ts';
import { readTree } from '../config/sources.ts';
import { type BloggerError, isAbortError } from '../core/errors.ts';
import type { RunSummary } from '../core/events.ts';
import type { Clock, EventSink, Fetcher, KeyValueStore, Logger, Publisher, Random, Writer } from '../core/ports.ts';
import { emptyStats, reduceStats, summarize } from '../core/stats.ts';
import type { Brief, Entry, Priority, Tier } from '../core/types.ts';
import { JobQueue } from '../services/jobs/job-queue.ts';
import { openBatchJournal } from '../services/ledger/batch-journal.ts';
import { openLedger } from '../services/ledger/ledger.ts';
import { openSharedBudget } from '../services/ledger/shared-budget.ts';
import { createRateGate } from '../services/models/limits/rate-gate.ts';
import { createSharedGate } from '../services/models/limits/shared-gate.ts';
import { openCopyIndex } from '../services/runs/copy-index.ts';
import { lockFolder } from '../services/runs/folder-lock.ts';
import { openPostTable, type StoredPost } from '../services/runs/post-records.ts';
import { beginQueueRun, endQueueRun } from '../services/runs/queue-run.ts';
import { openRunStore, type RunStore } from '../services/runs/run-store.ts';
import { openSiteIndex, type SiteIndex } from '../services/site/site-index.ts';
import { openStateFile, type StateFile } from '../services/sqlite/open-state-file.ts';
import type { JudgeOptions } from '../stages/check/judge-draft.ts';
import type { CrawlPageReader } from '../stages/crawl/page-reader.ts';
import { PriorityCrawler } from '../stages/crawl/priority-crawler.ts';
import { type Extractor, openExtractor } from '../stages/extract/extractor.ts';
import type { PlanOptions } from '../stages/plan/plan-posts.ts';
import { createPublisher } from '../stages/publish/save-posts.ts';
import type { CapOfCall } from '../stages/write/shared-model.ts';
import { systemClock } from '../util/clock.ts';
import { Disposer } from '../util/disposer.ts';
import { createEventBus } from '../util/event-bus.ts';
import { systemRandom } from '../util/random.ts';
import { VERSION } from '../util/version.ts';
import { openPageReader } from './open-page-reader.ts';
import { openCache, openControl, sharedLimits } from './open-shared.ts';
import { openWorkers, type Workers } from './open-workers.ts';
import { openWriter, planWriting, type WorstCase, worstCaseOf } from './open-writer.ts';
import { asBloggerError, createRun, namedError, type Run, type RunControls } from './run.ts';
import { collectDetails, type RunDetails } from './run-details.ts';
import { silentLogger } from './silent-logger.ts';

export interface RuntimeOptions {
  /** Settings as in the settings file; what is absent has its default. */
  readonly settings?: SettingsInput;
  readonly secrets?: Secrets;
  /** Folder that relative paths start from. @default process.cwd() */
  readonly cwd?: string;
  /** Fires when the run should take no new work. */
  readonly stop?: AbortSignal;
  readonly onEvent?: EventSink;
  /** Receives the means to pause, resume and stop the run. */
  readonly onControls?: (controls: RunControls) => void;
  /** Priority of entries that carry none. @default 'medium' */
  readonly priority?: Priority;
  /** Take only entries of this priority. */
  readonly only?: Priority;
  /** Write all posts anew. @default false */
  readonly force?: boolean;
  /** Take only the entries that failed in the last run. @default false */
  readonly retryFailed?: boolean;
  /** Go on without lines that are not understood. @default false */
  readonly skipBadLines?: boolean;
  /** Where the list `-` comes from. @default nothing */
  readonly readStdin?: () => Promise<string>;
  readonly clock?: Clock;
  readonly random?: Random;
  /** @default silent */
  readonly logger?: Logger;
  /** With tier `batch`: wait until the vendor is done. False: submit, save what is ready, leave the rest for a later run. @default true */
  readonly waitForBatches?: boolean;
  /** What the run is called in the record of runs. @default 'generate' */
  readonly command?: string;
  /** Identity of the run. @default a new UUID */
  readonly runId?: string;
}

/** How a run went. */
export interface RunOutcome {
  readonly summary: RunSummary;
  /** What ended the run before its time. */
  readonly stoppedBy?: BloggerError;
  /** Posts that wait for a vendor's batch. */
  readonly pending: number;
}

type FilledOptions = Required<Pick<RuntimeOptions, 'cwd' | 'priority' | 'force' | 'retryFailed' | 'skipBadLines' | 'readStdin'>> & Pick<RuntimeOptions, 'only'>;

/** A run with everything that its stages need. */
export interface ActiveRun extends Run {
  readonly settings: Settings;
  readonly options: FilledOptions;
  readonly fetcher: Fetcher;
  readonly crawler: PriorityCrawler;
  readonly reader: CrawlPageReader;
  readonly extractor: Extractor;
  /** Articles by the hash of their pages. */
  readonly articles: KeyValueStore;
  readonly planOptions: PlanOptions;
  readonly jobs: Pick<JobQueue, 'add' | 'begin'>;
  readonly writer: Writer;
  /** Other machines that read and write for this run; undefined where this process does it all. */
  readonly workers: Workers | undefined;
  /** The caps of posts that are written for other runs, by the brief's key. */
  readonly caps: Map<string, CapOfCall>;
  /** Posts in writing at once: enough to fill every batch. */
  readonly writeConcurrency: number;
  readonly publisher: Publisher;
  /** The blog's posts, for links between them; undefined where none are wished. */
  readonly site: SiteIndex | undefined;
  /** The file that these sources were saved in, relative to the output folder. */
  fileOfSources(sourceKey: string): string | undefined;
  readonly checkOptions: JudgeOptions;
  /** Addresses that failed in the last run. */
  readonly failedBefore: ReadonlySet<string>;
  /** The posts whose requests are in a vendor's batch. */
  briefsAtVendor(): readonly Brief[];
  /** The list is read: from here on the run counts as begun. */
  begin(entries: readonly Entry[]): void;
}

export interface Runtime extends AsyncDisposable {
  /** Does the work as one run: holds the folder, tells how it goes and keeps the record. Errors before `begin` are thrown, later ones end the run. */
  run(work: (run: ActiveRun) => Promise<void>): Promise<RunOutcome>;
  readonly choice: { readonly provider: string; readonly model: string };
  readonly tier: Tier;
  /** The most that the post of a brief can take and cost. */
  worstCase(brief: Brief): WorstCase;
}

/** Time that work in flight has after a kind stop. */
const GRACE_MS = 25_000;

/** Opens everything a run needs; close it when done. Throws `CONFIG_INVALID`, `PROVIDER_KEY_MISSING`, `PRICE_UNKNOWN`, `STATE_LOCKED`, `STATE_BROKEN`. */
export async function openRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const { cwd = process.cwd(), clock = systemClock, random = systemRandom, logger = silentLogger, command = 'generate', runId = random.uuid() } = options;
  const settings = resolveOptions(options.settings ?? {});
  const plan = await planWriting(settings, options.secrets ?? {}, cwd, clock);
  const disposer = new Disposer();
  try {
    const { db } = disposer.use(openStateFile(resolve(cwd, settings.state)));
    disposer.use(lockFolder(db, runId, clock));
    const bus = createEventBus(clock, (error) => logger.error({ error }, 'a listener failed'));
    let stats = emptyStats();
    bus.subscribe((event) => {
      stats = reduceStats(stats, event);
    });
    const collector = collectDetails();
    bus.subscribe(collector.sink);
    if (options.onEvent !== undefined) bus.subscribe(options.onEvent);
    const { emit } = bus;
    if (settings.metrics.otlpEndpoint !== undefined) bus.subscribe(await telemetrySink(settings.metrics.otlpEndpoint, { clock, disposer, logger }));
    const run = disposer.use(createRun({ id: runId, emit, clock, random, logger, stop: options.stop ?? new AbortController().signal, graceMs: GRACE_MS }));
    const cache = await openCache(settings, { db, clock, emit, disposer, logger });
    const jobs = disposer.use(new JobQueue({ db, leaseMs: settings.jobs.leaseMs, clock, random }));
    const runs = openRunStore(db);
    const ledger = openLedger({
      db,
      runId,
      clock,
      capUsd: settings.maxCost,
      onChange: ({ spentUsd, reservedUsd, capUsd }) => emit({ type: 'money:change', spentUsd, reservedUsd, ...(capUsd === undefined ? {} : { capUsd }) }),
    });
    const reader = disposer.use(
      openPageReader({
        settings: {
          ...settings.crawl,
          cacheTtlMs: settings.cache.ttl * 1000,
          robots: settings.robots,
          aiPolicy: settings.aiPolicy,
          userAgent: settings.userAgent,
        },
        allowPrivate: settings.allowPrivate,
        contactUrl: settings.contactUrl,
        store: cache.namespace('pages'),
        ...(await sharedLimits(settings, { clock, emit, disposer })),
        clock,
        random,
        emit,
      }),
    );
    const extractor = disposer.use(openExtractor());
    const control = await openControl(settings, { disposer, logger });
    const localGate = createRateGate({ ...settings.limits, clock });
    const vendorPrefix = `${settings.cache.prefix}${plan.choice.provider}:${plan.choice.model}:`;
    const gate = disposer.use(
      control === undefined ? localGate : createSharedGate({ ...settings.limits, redis: control, prefix: vendorPrefix, local: localGate, clock }),
    );
    const caps = new Map<string, CapOfCall>();
    const salt = options.force === true ? runId : undefined;
    const queueRun = settings.queue === 'redis' ? beginQueueRun(db, clock.now(), () => random.uuid()) : undefined;
    const workers = queueRun === undefined ? undefined : await openWorkers({ settings, run: queueRun, shape: plan.shape, salt, clock, emit, disposer });
    const { maxConcurrent, perHost, queueSize } = settings.crawl;
    const force = options.force ?? false;
    const posts = openPostTable(db);
    const groupSizes = new Map<string, number>();
    const out = resolve(cwd, settings.out);
    let begun = false;

    const active: ActiveRun = Object.create(
      run,
      Object.getOwnPropertyDescriptors({
        settings,
        options: { cwd, priority: 'medium', force, retryFailed: false, skipBadLines: false, readStdin: async () => '', ...withoutUndefined(options) },
        fetcher: reader.fetcher,
        crawler: new PriorityCrawler({ reader, maxConcurrent, perHost, queueSize, clock, emit }),
        extractor,
        articles: cache.namespace('articles'),
        planOptions: {
          lang: settings.lang,
          length: settings.length,
          tone: settings.tone,
          template: settings.template,
          duplicates: settings.duplicates,
          shape: plan.shape,
          groupSizes,
          copies: openCopyIndex(db),
          emit,
          ...(settings.audience === undefined ? {} : { audience: settings.audience }),
        },
        jobs,
        reader,
        caps,
        workers,
        writer:
          workers?.writer ??
          openWriter({
            gate,
            settings,
            plan,
            ledger,
            clock,
            random,
            emit,
            db,
            runId,
            stopping: run.stopping,
            waitForBatches: options.waitForBatches ?? true,
            salt,
            shared:
              control === undefined
                ? undefined
                : {
                    budget: openSharedBudget({ redis: control, prefix: settings.cache.prefix, clock }),
                    answers: cache.namespace('answers'),
                    capOf: (key) => caps.get(key),
                  },
          }),
        writeConcurrency: workers === undefined ? plan.writeConcurrency : settings.jobs.queueSize,
        publisher: createPublisher({
          out,
          format: settings.format,
          preset: settings.frontMatter,
          slug: settings.slug,
          internalLinks: settings.internalLinks,
          reviewPages: settings.reviewPages,
          force,
          lang: settings.lang === 'auto' ? 'en' : settings.lang,
          generator: `blogger ${VERSION}`,
          runId,
          records: posts,
          clock,
          ...(settings.siteUrl === undefined ? {} : { siteUrl: settings.siteUrl }),
        }),
        site: await openSite(settings, cwd, { out, db, posts: posts.list() }),
        fileOfSources: (sourceKey: string) => posts.bySourceKey(sourceKey)?.post.file,
        checkOptions: { onUngrounded: settings.onUngrounded, ...settings.check },
        failedBefore: runs.failedIn(command),
        briefsAtVendor() {
          const ids = openBatchJournal(db, plan.choice)
            .open()
            .flatMap(({ requestIds }) => requestIds);
          return ids.flatMap((id) => (jobs.get(id)?.payload as Brief | undefined) ?? []); // added by the step `write`, whose payload is the brief
        },
        begin(entries: readonly Entry[]) {
          begun = true;
          for (const { post } of entries) if (post !== undefined) groupSizes.set(post, (groupSizes.get(post) ?? 0) + 1);
          const { provider, model } = plan.choice;
          runs.start({ id: runId, startedAt: clock.now(), command, provider, model, tier: settings.tier, out });
          emit({
            type: 'run:start',
            runId,
            entries: entries.length,
            provider,
            model,
            tier: settings.tier,
            out,
            ...(settings.maxCost === undefined ? {} : { capUsd: settings.maxCost }),
          });
        },
      }),
    );

    return {
      choice: plan.choice,
      tier: plan.tier,
      worstCase: (brief) => worstCaseOf(brief, plan),
      async run(work) {
        options.onControls?.(run.controls);
        let bug: unknown;
        try {
          await work(active);
        } catch (error) {
          if (!begun) throw namedError(error);
          if (!(run.stopping.aborted && isAbortError(error))) bug = error;
        }
        if (queueRun !== undefined && bug === undefined && !run.stopping.aborted) endQueueRun(db);
        const stoppedBy = bug === undefined ? run.stoppedBy : asBloggerError(bug);
        const reason = stoppedBy === undefined ? undefined : { code: stoppedBy.code, message: stoppedBy.message };
        const summary = summarize({ ...stats, endedAt: new Date(clock.now()).toISOString() });
        const tiers = (await cache.stats()).tiers;
        record(() => {
          const details: RunDetails = { ...collector.details(), hosts: stats.hosts, cache: tiers };
          runs.end(runId, { at: clock.now(), summary, details, ...(reason === undefined ? {} : { stoppedBy: reason }) });
          jobs.prune(settings.jobs.keep);
        }, logger);
        if (settings.metrics.textfile !== undefined) await writeMetrics(resolve(cwd, settings.metrics.textfile), runs, logger);
        emit({ type: 'run:end', summary, ...(reason === undefined ? {} : { stoppedBy: reason }) });
        return { summary, pending: run.pending, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
      },
      [Symbol.asyncDispose]: () => disposer[Symbol.asyncDispose](),
    };
  } catch (error) {
    await disposer[Symbol.asyncDispose]();
    throw namedError(error);
  }
}

/** Settings given by a program; files may not hold passwords, programs may. */
function resolveOptions({ redisUrl, ...rest }: SettingsInput): Settings {
  const { settings } = resolveSettings(readTree(rest, 'options'));
  return redisUrl === undefined ? settings : { ...settings, redisUrl };
}

/** The posts that are there: Markdown files by what is in them, others by what is remembered. */
async function openSite(
  { internalLinks, site, format }: Settings,
  cwd: string,
  { out, db, posts }: { readonly out: string; readonly db: StateFile['db']; readonly posts: readonly StoredPost[] },
): Promise<SiteIndex | undefined> {
  if (internalLinks === 'off') return undefined;
  const remembered = posts.filter(({ post }) => format !== 'md' && post.file.endsWith(`.${format}`));
  return await openSiteIndex({
    site: site === undefined ? undefined : resolve(cwd, site),
    out,
    db,
    posts: remembered.map(({ post: { file, title, draft } }) => ({ path: file, title, text: '', draft })),
  });
}

/** What is only remembered may fail without changing how the run ended: a full disk stopped it already. */
function record(write: () => void, logger: Logger): void {
  try {
    write();
  } catch (error) {
    logger.error({ error }, 'the end of the run could not be recorded');
  }
}

/** Figures for others may not change how a run ends. */
async function writeMetrics(file: string, runs: RunStore, logger: Logger): Promise<void> {
  try {
    const { writeMetricsFile } = await import('./metrics-file.ts');
    await writeMetricsFile(file, runs.list({ limit: 100 }));
  } catch (error) {
    logger.error({ error, file }, 'the metrics file could not be written');
  }
}

/** A listener for a collector; without the optional packages a run goes on without it. */
async function telemetrySink(
  endpoint: string,
  { clock, disposer, logger }: { readonly clock: Clock; readonly disposer: Disposer; readonly logger: Logger },
): Promise<EventSink> {
  try {
    const { openTelemetry } = await import('../services/telemetry/telemetry.ts');
    return disposer.use(await openTelemetry({ endpoint, version: VERSION, clock })).sink;
  } catch (error) {
    logger.error({ error }, 'OpenTelemetry is not installed: npm install @opentelemetry/sdk-trace-base and its exporters');
    return () => {};
  }
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;
}
