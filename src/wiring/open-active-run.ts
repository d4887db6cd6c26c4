/** Opens an active run: connects each service to the stage that uses it. */

import { join, resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import { GOALS } from '../core/goal.ts';
import type { Ledger, Publisher, Writer } from '../core/ports.ts';
import type { PostRecords } from '../core/post-records.ts';
import type { Brief, Entry, ItemFacts } from '../core/types.ts';
import type { ActiveRun, Workers } from '../run/active-run.ts';
import { withFeedTexts } from '../run/feed-texts.ts';
import type { Retries } from '../run/retries.ts';
import type { Run } from '../run/run.ts';
import type { RunLog } from '../run/run-log.ts';
import { type RuntimeOptions, type RunWishes, wishesOf } from '../run/runtime-options.ts';
import type { PostWishes } from '../run/worker-jobs.ts';
import type { JobQueue } from '../services/jobs/job-queue.ts';
import { openBatchJournal } from '../services/ledger/batch-journal.ts';
import { openSharedBudget } from '../services/ledger/shared-budget.ts';
import { openCopyIndex } from '../services/runs/copy-index.ts';
import { openOwnFileTable } from '../services/runs/own-files.ts';
import { openPostTable } from '../services/runs/post-records.ts';
import type { RunStore } from '../services/runs/run-store.ts';
import { openSourceKeys } from '../services/runs/source-keys.ts';
import type { SiteIndex } from '../services/site/site-index.ts';
import type { SourceTable } from '../services/sources/source-table.ts';
import type { StateFile } from '../services/sqlite/open-state-file.ts';
import { PriorityCrawler } from '../stages/crawl/priority-crawler.ts';
import { openExtractor } from '../stages/extract/extractor.ts';
import type { SourceLook } from '../stages/list/list-ports.ts';
import type { PlanOptions } from '../stages/plan/plan-posts.ts';
import { countVariants } from '../stages/plan/source-keys.ts';
import { baseOf, postOf } from '../stages/write/request-id.ts';
import { routedWriter } from '../stages/write/routed-writer.ts';
import { createFileTarget } from '../targets/files/file-target.ts';
import type { Disposer } from '../util/disposer.ts';
import { VERSION } from '../util/version.ts';
import { openGate, type Shared } from './machines/open-shared.ts';
import { openListReader } from './open-list-reader.ts';
import { openPageReader } from './open-page-reader.ts';
import { openSite } from './open-site.ts';
import { openWriter } from './open-writer.ts';
import type { WritingPlan } from './plan-writing.ts';

/** Opened and owned by the runtime; lent to the run. */
export interface RunParts {
  readonly options: RuntimeOptions;
  readonly settings: Settings;
  readonly plan: WritingPlan;
  readonly db: StateFile['db'];
  readonly run: Run;
  /** Ledger of all payments of the run. */
  readonly ledger: Ledger;
  readonly log: RunLog;
  readonly runs: RunStore;
  /** The cache, and the state shared with other machines. */
  readonly shared: Shared;
  readonly jobs: JobQueue;
  readonly workers: Workers | undefined;
  readonly retries: Retries;
  readonly sources: SourceTable;
  /** Set to ignore finished answers (`--force`). */
  readonly salt: string | undefined;
  /** Set to request unusable answers again. */
  readonly retrySalt: string | undefined;
  readonly disposer: Disposer;
}

export async function openActiveRun(parts: RunParts): Promise<ActiveRun> {
  const { options, settings, plan, db, run, log, runs, shared, jobs, workers, retries, disposer } = parts;
  const wishes = wishesOf(options);
  const { clock, emit } = run;
  const reader = openReader(parts);
  const feedTexts = new Map<string, ItemFacts>();
  const posts = openPostTable(db);
  const wishesOfPosts = new Map<string, PostWishes>();
  const groups = new Map<string, string[]>();
  const variants = new Map<string, ReadonlySet<string>>();
  const atVendor = requestsAtVendor(parts);
  const { maxConcurrent, perHost, queueSize } = settings.crawl;
  const out = resolve(wishes.cwd, settings.out);
  const site = !GOALS[options.goal ?? 'posts'].linksPosts
    ? undefined
    : await openSite(settings, wishes.cwd, { out, db, posts: () => posts.list(), now: clock.now(), emit });

  const rooms = {
    settings,
    options: wishes,
    listReader: openListReader({ cwd: wishes.cwd, readStdin: wishes.readStdin, pages: reader }),
    sources: parts.sources,
    feedTexts,
    listed: new Set<string>(),
    crawler: new PriorityCrawler({
      reader: withFeedTexts(reader, feedTexts, { clock, aiPolicy: settings.aiPolicy }),
      maxConcurrent,
      perHost,
      queueSize,
      clock,
      emit,
    }),
    reader,
    extractor: disposer.use(openExtractor()),
    articles: shared.cache.namespace('articles'),
    planOptions: planOptionsOf(parts, posts, { groups, variants }),
    jobs,
    ledger: parts.ledger,
    writer: openRunWriter(parts, { wishes: wishesOfPosts, atVendor }),
    workers,
    roster: shared.control?.control.roster,
    wishes: wishesOfPosts,
    // Requests that wait for a vendor do not count against the concurrency limit.
    writeConcurrency: atVendor.size + (workers === undefined ? plan.writeConcurrency : settings.jobs.queueSize),
    publisher: openPublisher(parts, wishes, { records: posts, pages: site }),
    site,
    fileOfSources: (sourceKey: string) => posts.bySourceKey(sourceKey)?.post.file,
    checkOptions: {
      onUngrounded: settings.onUngrounded,
      onUnsupported: settings.onUnsupported,
      ...settings.check,
    },
    retries,
    failedBefore: runs.failedIn(GOALS[options.goal ?? 'posts'].command),
    isAskedAnew: ({ key }: Brief) => (atVendor.get(key) ?? key) !== key,
    briefsAtVendor() {
      const wanted = [...atVendor.keys()].map((key) => jobs.get(key)).filter((job) => job?.status !== 'CANCELLED');
      return wanted.flatMap((job) => (job?.payload as Brief | undefined) ?? []); // added by the step `write`, whose payload is the brief
    },
    begin(entries: readonly Entry[], read?: Parameters<ActiveRun['begin']>[1]) {
      for (const { post, url } of entries) if (post !== undefined) groups.set(post, [...(groups.get(post) ?? []), url]);
      for (const [base, wanted] of countVariants(entries, groups)) variants.set(base, wanted);
      // Only a run that writes posts marks feed items as taken; `crawl` and a dry run do not.
      if ((options.goal ?? 'posts') === 'posts') parts.sources.record(read?.looks ?? []);
      log.begin(entries.length + (read?.failures.length ?? 0));
      for (const look of read?.looks ?? []) emit({ type: 'source:end', ...lookEvent(look) });
      for (const failure of read?.failures ?? []) emit({ type: 'entry:fail', stage: 'crawl', failure });
    },
  };
  // Copies descriptors, not values: the getters change during the run.
  return Object.create(run, Object.getOwnPropertyDescriptors(rooms));
}

function lookEvent({ url, outcome }: SourceLook) {
  return { url, outcome: outcome.kind, taken: outcome.kind === 'read' ? outcome.taken.length : 0 };
}

/** The first request of each post with a request in a vendor's batch, by the key of the post. */
function requestsAtVendor({ db, plan }: RunParts): ReadonlyMap<string, string> {
  const ids = openBatchJournal(db, plan.choice)
    .open()
    .flatMap(({ requestIds }) => requestIds);
  return new Map(ids.map((id) => [postOf(id), baseOf(id)]));
}

function openReader({ settings, shared: { cache, limits }, run: { clock, random, emit }, disposer }: RunParts) {
  const { crawl, robots, aiPolicy, render, browser, userAgent, allowPrivate, contactUrl } = settings;
  return disposer.use(
    openPageReader({
      settings: { ...crawl, cacheTtlMs: settings.cache.ttl * 1000, robots, aiPolicy, render, userAgent },
      allowPrivate,
      browser,
      contactUrl,
      store: cache.namespace('pages'),
      ...(limits === undefined ? {} : { limits }),
      clock,
      random,
      emit,
    }),
  );
}

function planOptionsOf(
  { settings, plan, db, run: { emit, clock } }: RunParts,
  posts: PostRecords,
  wanted: Pick<PlanOptions, 'groups' | 'variants'>,
): PlanOptions {
  const { lang, length, tone, template, categories, duplicates, audience } = settings;
  const wishes = {
    lang,
    length,
    tone,
    template,
    categories,
    duplicates,
    ...(audience === undefined ? {} : { audience }),
  };
  return {
    ...wishes,
    ...wanted,
    shape: plan.shape,
    copies: openCopyIndex(db),
    sourceKeys: openSourceKeys(db, (key) => posts.bySourceKey(key) !== undefined),
    emit,
    clock,
  };
}

interface WriterParts {
  readonly wishes: ReadonlyMap<string, PostWishes>;
  readonly atVendor: ReadonlyMap<string, string>;
}

/** Waits here for the batches of this folder, whichever machine writes the posts. */
function openRunWriter(parts: RunParts, writerParts: WriterParts): Writer {
  const { workers } = parts;
  if (workers === undefined) return openLocalWriter(parts, writerParts);
  const { atVendor } = writerParts;
  if (atVendor.size === 0) return workers.writer;
  return routedWriter({
    awaiting: openLocalWriter(parts, writerParts),
    writing: workers.writer,
    isAtVendor: (key) => atVendor.has(key),
  });
}

/** The writer of this process, with the limits and the money cap of all machines where they share a store. */
function openLocalWriter(parts: RunParts, { wishes, atVendor }: WriterParts): Writer {
  const { options, settings, plan, db, run, ledger, salt, retrySalt, disposer } = parts;
  const { cache, control } = parts.shared;
  const { clock, random, emit } = run;
  const gate = disposer.use(openGate(settings, plan.choice, { control, clock, emit }));
  const shared =
    control === undefined
      ? undefined
      : {
          budget: openSharedBudget({ control: control.control, clock }),
          answers: cache.namespace('answers'),
          capOf: (key: string) => wishes.get(key)?.cap,
        };
  const { waitForBatches = true } = options;
  const retrySaltOf = (key: string) => wishes.get(key)?.retrySalt ?? retrySalt;
  return openWriter({
    gate,
    settings,
    plan,
    ledger,
    clock,
    random,
    emit,
    db,
    run,
    waitForBatches,
    salt,
    retrySaltOf,
    idAtVendor: atVendor,
    shared,
  });
}

function openPublisher(
  { settings, db, run: { id: runId, clock, emit } }: RunParts,
  { cwd, force, updateApproved }: RunWishes,
  { records, pages }: { readonly records: PostRecords; readonly pages: SiteIndex | undefined },
): Publisher {
  const { format, frontMatter: preset, slug, internalLinks, reviewPages, siteUrl, siteName, author } = settings;
  return createFileTarget({
    out: resolve(cwd, settings.out),
    cwd,
    format,
    preset,
    slug,
    internalLinks,
    disclosure: settings.disclosure,
    timeZone: settings.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    force,
    updateApproved,
    lang: settings.lang === 'auto' ? 'en' : settings.lang,
    generator: `blogger ${VERSION}`,
    runId,
    records,
    pages,
    files: openOwnFileTable(db, cwd),
    clock,
    emit,
    ...(reviewPages && format === 'html' ? { reviewFolder: join(resolve(cwd, settings.state), 'review') } : {}),
    ...(siteUrl === undefined ? {} : { siteUrl }),
    ...(siteName === undefined ? {} : { siteName }),
    ...(author === undefined ? {} : { author }),
  });
}
