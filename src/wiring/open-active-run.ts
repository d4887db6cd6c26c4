/** Opens an active run: passes each service to the stage that uses it. */

import { join, resolve } from 'node:path';
import { GOALS } from '../core/goal.ts';
import type { Illustrator, Publisher, SourceLook, Writer } from '../core/ports.ts';
import type { PostRecords } from '../core/post-records.ts';
import type { Brief, ItemFacts } from '../core/types.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { type UserOptions, userOptionsOf } from '../run/runtime-options.ts';
import { withFeedTexts } from '../run/steps/feed-texts.ts';
import type { PostOptions } from '../run/worker-jobs.ts';
import { openBatchJournal } from '../services/ledger/batch-journal.ts';
import { openCopyIndex } from '../services/runs/copy-index.ts';
import { openOwnFileTable } from '../services/runs/own-files.ts';
import { openPostTable } from '../services/runs/post-records.ts';
import { openSourceKeys } from '../services/runs/source-keys.ts';
import { openSourceTexts } from '../services/runs/source-texts.ts';
import type { SiteIndex } from '../services/site/site-index.ts';
import type { CrawlPageReader } from '../stages/crawl/page-reader.ts';
import { PriorityCrawler } from '../stages/crawl/priority-crawler.ts';
import { openExtractor } from '../stages/extract/extractor.ts';
import type { PlanOptions } from '../stages/plan/plan-posts.ts';
import { countVariants } from '../stages/plan/source-keys.ts';
import { baseOf, postOf } from '../stages/write/request-id.ts';
import { routedWriter } from '../stages/write/routed-writer.ts';
import { createFileTarget } from '../targets/files/file-target.ts';
import { VERSION } from '../util/version.ts';
import { offerAnswers } from './machines/offer-answers.ts';
import { openGate } from './machines/open-gate.ts';
import { shareWriting } from './machines/share-writing.ts';
import { openListReader } from './open-list-reader.ts';
import { openPageReader } from './open-page-reader.ts';
import type { RunParts } from './open-run-parts.ts';
import { openSite } from './open-site.ts';
import { openWriter } from './open-writer.ts';
import { thriftOf } from './plan-writing.ts';

export async function openActiveRun(parts: RunParts): Promise<ActiveRun> {
  const { options, settings, db, run, runs, retries } = parts;
  const userOptions = userOptionsOf(options);
  const { command, linksPosts } = GOALS[options.goal ?? 'posts'];
  const posts = openPostTable(db);
  const site = linksPosts ? await openSiteOf(parts, userOptions, posts) : undefined;

  const reading = openReading(parts, userOptions);
  return {
    ...run,
    settings,
    options: userOptions,
    ...reading,
    ...openPlanning(parts, posts),
    ...openWriting(parts),
    illustrator: await openIllustratorOf(parts, reading.reader),
    publisher: openPublisher(parts, userOptions, { records: posts, pages: site }),
    site,
    fileOfSources: (sourceKey) => posts.bySourceKey(sourceKey)?.post.file,
    checkOptions: { onUngrounded: settings.onUngrounded, onUnsupported: settings.onUnsupported, ...settings.check },
    retries,
    failedBefore: runs.failedIn(command),
  };
}

function openSiteOf({ settings, db, run }: RunParts, { cwd }: UserOptions, posts: PostRecords) {
  const { clock, emit } = run;
  return openSite(settings, cwd, {
    out: resolve(cwd, settings.out),
    db,
    posts: () => posts.list(),
    now: clock.now(),
    emit,
  });
}

/** Services for list, pages and articles. */
function openReading(parts: RunParts, { cwd, readStdin }: UserOptions) {
  const { settings, run, shared, sources, disposer } = parts;
  const { clock, emit } = run;
  const { maxConcurrent, perHost, queueSize } = settings.crawl;
  const reader = openReader(parts);
  const feedTexts = new Map<string, ItemFacts>();
  return {
    listReader: openListReader({ cwd, readStdin, pages: reader, clock }),
    sources,
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
  };
}

/** Services of the planner. */
function openPlanning(parts: RunParts, posts: PostRecords): Pick<ActiveRun, 'planOptions' | 'begin' | 'remember'> {
  const { options, run, log, sources } = parts;
  const groups = new Map<string, string[]>();
  const variants = new Map<string, ReadonlySet<string>>();
  // Only a run that writes posts marks feed items as taken; `crawl` and a dry run do not.
  const record = (options.goal ?? 'posts') === 'posts' ? sources.record : () => {};
  return {
    remember: record,
    planOptions: planOptionsOf(parts, posts, { groups, variants }),
    begin(entries, read) {
      const { looks = [], failures = [] } = read ?? {};
      for (const { post, url } of entries) if (post !== undefined) groups.set(post, [...(groups.get(post) ?? []), url]);
      for (const [base, wanted] of countVariants(entries, groups)) variants.set(base, wanted);
      record(looks);
      log.begin(entries.length + failures.length);
      for (const look of looks) run.emit({ type: 'source:end', ...lookEvent(look) });
      for (const failure of failures) run.emit({ type: 'entry:fail', stage: 'crawl', failure });
    },
  };
}

/** The writer with its jobs and ledger. */
function openWriting(parts: RunParts) {
  const { settings, plan, ledger, shared, jobs, workers } = parts;
  const postOptions = new Map<string, PostOptions>();
  const atVendor = requestsAtVendor(parts);
  return {
    jobs,
    ledger,
    writer: openRunWriter(parts, { postOptions, atVendor }),
    workers,
    roster: shared.control?.control.roster,
    postOptions,
    // Requests that wait for a vendor do not count against the concurrency limit.
    writeConcurrency: atVendor.size + (workers === undefined ? plan.writeConcurrency : settings.jobs.queueSize),
    thrift: thriftOf(settings, plan, parts.ledger),
    isRewrite: ({ key }: Brief) => (atVendor.get(key) ?? key) !== key,
    briefsAtVendor() {
      const wanted = [...atVendor.keys()].map((key) => jobs.get(key)).filter((job) => job?.status !== 'CANCELLED');
      return wanted.flatMap((job) => (job?.payload as Brief | undefined) ?? []); // added by the step `write`, whose payload is the brief
    },
  };
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
  return {
    lang,
    translates: !plan.digest,
    length,
    tone,
    template,
    categories,
    duplicates,
    ...(audience === undefined ? {} : { audience }),
    ...wanted,
    shape: plan.shape,
    copies: openCopyIndex(db),
    sourceKeys: openSourceKeys(db, (key) => posts.bySourceKey(key) !== undefined),
    emit,
    clock,
  };
}

interface WriterParts {
  readonly postOptions: ReadonlyMap<string, PostOptions>;
  readonly atVendor: ReadonlyMap<string, string>;
}

/** Waits for this folder's batches in this process, also if other machines write the posts. */
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

/** The writer of this process, under the shared limits and cap if there is a shared store. */
function openLocalWriter(parts: RunParts, { postOptions, atVendor }: WriterParts): Writer {
  const { options, settings, plan, db, run, ledger, salt, retrySalt, disposer } = parts;
  const { clock, random, emit } = run;
  const gate = disposer.use(openGate(settings, plan.choice, { control: parts.shared.control, clock, emit }));
  const shared = shareWriting(parts.shared, { capOf: (key) => postOptions.get(key)?.cap, clock });
  const { control } = parts.shared;
  if (options.goal === 'serve' && shared !== undefined && control !== undefined)
    void offerAnswers({ db, answers: shared.answers, ...control, clock, disposer }); // never rejects
  const { waitForBatches = true } = options;
  const retrySaltOf = (key: string) => postOptions.get(key)?.retrySalt ?? retrySalt;
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

/** Opened before any paid call: a missing package ends the run. */
async function openIllustratorOf(
  { settings, options }: RunParts,
  reader: CrawlPageReader,
): Promise<Illustrator | undefined> {
  if (settings.images === 'none' || (options.goal ?? 'posts') !== 'posts') return undefined;
  const { openCards } = await import('../services/pictures/open-illustrator.ts');
  const cards = openCards({ siteName: settings.siteName });
  if (settings.images === 'card') return cards;
  const { openSourcePictures } = await import('../services/pictures/source-picture.ts');
  const headers = { accept: 'image/webp,image/png,image/jpeg' };
  return openSourcePictures({
    fetch: (url, limits, signal) => reader.fetchList({ url, ...limits, headers }, signal),
    otherwise: cards,
  });
}

function openPublisher(
  { settings, db, run: { id: runId, clock, emit } }: RunParts,
  { cwd, force, updateApproved }: UserOptions,
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
    texts: openSourceTexts(db),
    clock,
    emit,
    images: settings.images,
    pictureFolder: join(resolve(cwd, settings.state), 'pictures'),
    ...(reviewPages && format === 'html' ? { reviewFolder: join(resolve(cwd, settings.state), 'review') } : {}),
    ...(siteUrl === undefined ? {} : { siteUrl }),
    ...(siteName === undefined ? {} : { siteName }),
    ...(author === undefined ? {} : { author }),
  });
}
