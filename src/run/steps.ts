/** The seven pipeline steps; each connects one stage to the services of the run. */

import { BloggerError, isAbortError, reasonOf } from '../core/errors.ts';
import { describeVerdict } from '../core/policy.ts';
import type { Standing } from '../core/ports.ts';
import type { Article, Brief, CheckedDraft, Draft, Entry, Page, SourcedArticle } from '../core/types.ts';
import { isFinished } from '../services/jobs/job-state.ts';
import { isOnPurpose } from '../stages/crawl/run-crawl.ts';
import { nextPart } from '../stages/crawl/text/next-part.ts';
import { judgeQuality } from '../stages/extract/judge-quality.ts';
import type { MergedLine } from '../stages/list/dedupe.ts';
import { readLists } from '../stages/list/read/read-lists.ts';
import { planBriefs } from '../stages/plan/plan-posts.ts';
import { mapConcurrent } from '../util/async/map-concurrent.ts';
import { readAhead } from '../util/async/read-ahead.ts';
import type { ActiveRun, Workers } from './active-run.ts';
import { checkAndRepair } from './check-and-repair.ts';
import { describeUse, feedPage, isHostTrouble } from './feed-texts.ts';
import { eachInHand, type InHand, reportFailure } from './in-hand.ts';
import { cachedArticle, readWithArticle, withFurtherParts } from './read-article.ts';
import { withGroups } from './retries.ts';
import { asBloggerError, whileRunning } from './run.ts';
import type { PageAnswer } from './worker-jobs.ts';

export async function list(lists: readonly string[], run: ActiveRun): Promise<readonly Entry[]> {
  const { settings, options, emit } = run;
  const { newest, perFeed, maxItems } = settings.feeds;
  const merged: MergedLine[] = [];
  const read = await readLists(
    {
      lists: lists.length === 0 ? [settings.urls] : lists,
      cwd: options.cwd,
      priority: options.priority,
      keywords: settings.keywords,
      skipBadLines: options.skipBadLines,
      languages: run.settings.languages,
      reader: run.listReader,
      memory: run.sources,
      limits: { newest, perFeed, maxItems, since: options.since },
      now: run.clock.now(),
      onProblem: ({ position, message }) =>
        emit({ type: 'run:warning', code: 'LIST_INVALID', message: `${position.file}:${position.line}: ${message}` }),
      onNote: (message) => emit({ type: 'run:warning', code: 'LIST_INVALID', message }),
      onMerged: (line) => merged.push(line),
      ...(options.only === undefined ? {} : { only: options.only }),
    },
    run.stopping,
  );
  reportMerged(merged, run);
  const chosen = options.retryFailed ? withGroups(read.entries, run.failedBefore) : read.entries;
  for (const [url, facts] of read.facts) run.feedTexts.set(url, facts);
  for (const { url } of chosen) run.listed.add(url);
  run.begin(chosen, read);
  return chosen;
}

/** Maximum number of repeated lines listed one by one, so that other messages stay visible. */
const NAMED_MERGES = 50;

function reportMerged(merged: readonly MergedLine[], { emit }: ActiveRun): void {
  for (const { entry, into, why } of merged.slice(0, NAMED_MERGES)) {
    emit({
      type: 'run:warning',
      code: 'DUPLICATE',
      message: `${lineOf(entry)} is merged into ${lineOf(into)}, ${into.original}: ${why}`,
    });
  }
  const more = merged.length - NAMED_MERGES;
  if (more > 0)
    emit({ type: 'run:warning', code: 'DUPLICATE', message: `${more} more lines repeat earlier ones and are merged` });
}

function lineOf({ position: { file, line } }: Entry): string {
  return `${file}:${line}`;
}

export function crawl(entries: readonly Entry[], run: ActiveRun): AsyncIterable<Page> {
  run.extractor.expect(entries.length);
  return whileRunning(run.crawler.crawl(entries, run.stopping), run);
}

export async function* extract(
  pages: AsyncIterable<Page>,
  run: ActiveRun,
): AsyncGenerator<SourcedArticle, void, undefined> {
  const results = mapConcurrent(pages, (page) => extractOne(page, run), { concurrency: run.extractor.concurrency });
  for await (const result of results) if (result !== undefined) yield result;
}

async function extractOne(page: Page, run: ActiveRun): Promise<SourcedArticle | undefined> {
  const startedAt = run.clock.monotonic();
  try {
    const article = await readArticle(page, run);
    run.emit({
      type: 'article:end',
      url: page.url,
      title: article.title,
      lang: article.lang,
      chars: article.text.length,
      ms: run.clock.monotonic() - startedAt,
    });
    return { entry: page.entry, article, fromCache: page.fromCache, httpStatus: page.httpStatus, ms: page.ms };
  } catch (error) {
    if (isAbortError(error)) throw error;
    const reason = reasonOf(asBloggerError(error));
    const failure = { url: page.url, ...reason, position: page.entry.position };
    run.emit({ type: isOnPurpose(reason.code) ? 'entry:skip' : 'entry:fail', stage: 'extract', failure });
    return undefined;
  }
}

/** Replaces a page with too little text (for example one rendered by scripts) by the full text of its feed, if there is one. */
async function readArticle(page: Page, run: ActiveRun): Promise<Article> {
  const next = nextPart(page); // before the body goes to a thread
  const { entry, policy } = page;
  try {
    const article = await cachedArticle(page, run);
    judgeQuality(article, { minChars: run.settings.minSourceChars });
    if (next === undefined) return article;
    return await withFurtherParts({ entry, article, next }, { run, emit: run.emit, signal: run.stopping });
  } catch (error) {
    return await fromFeed(entry, { error, policy }, run);
  }
}

/** The article of the feed's own text where the page gave too little; throws the page's error where the feed has none. */
async function fromFeed(
  entry: Entry,
  { error, policy }: { readonly error: unknown; readonly policy: Page['policy'] | undefined },
  run: ActiveRun,
): Promise<Article> {
  const isThin = BloggerError.is(error) && (error.code === 'THIN_SOURCE' || error.code === 'EXTRACT_FAILED');
  const hasFailed = policy === undefined && isHostTrouble(error);
  const { clock, settings } = run;
  const page =
    isThin || hasFailed ? feedPage(entry, run.feedTexts, { clock, aiPolicy: settings.aiPolicy, policy }) : undefined;
  if (page === undefined) throw error;
  const article = await cachedArticle(page, run);
  judgeQuality(article, { minChars: settings.minSourceChars });
  run.emit({ type: 'run:warning', code: 'FEED_TEXT', message: describeUse(entry.url, error) });
  return article;
}

/** The feeds are known to the run alone: a worker that finds too little text reports an error. */
async function readFromFeed(entry: Entry, error: unknown, run: ActiveRun): Promise<PageAnswer> {
  const article = await fromFeed(entry, { error, policy: undefined }, run);
  const { url } = entry;
  const policy = describeVerdict(article.policy);
  const page = {
    url,
    host: new URL(url).host,
    finalUrl: url,
    httpStatus: 200,
    bytes: 0,
    ms: 0,
    fromCache: false,
    stale: false,
    policy,
  };
  return { article, page };
}

/** Crawls and extracts through queue workers, with as many pages in flight as the queue may hold. */
export async function* readByWorkers(
  entries: readonly Entry[],
  workers: Workers,
  run: ActiveRun,
): AsyncGenerator<SourcedArticle, void, undefined> {
  const read = async (entry: Entry): Promise<SourcedArticle | undefined> => {
    try {
      // Local files are read here: workers have other disks and accept web addresses only.
      const isLocal = entry.url.startsWith('file:');
      const { article, page } = await (isLocal
        ? readWithArticle(entry, run, () => {}, run.stopping)
        : workers.readPage(entry, run.stopping).catch((error: unknown) => readFromFeed(entry, error, run)));
      run.emit({ type: 'page:end', ...page });
      run.emit({
        type: 'article:end',
        url: entry.url,
        title: article.title,
        lang: article.lang,
        chars: article.text.length,
        ms: page.ms,
      });
      return { entry, article, fromCache: page.fromCache, httpStatus: page.httpStatus, ms: page.ms };
    } catch (error) {
      if (isAbortError(error)) throw error;
      const reason = reasonOf(asBloggerError(error));
      const failure = { url: entry.url, ...reason, position: entry.position };
      run.emit({ type: isOnPurpose(reason.code) ? 'entry:skip' : 'entry:fail', stage: 'crawl', failure });
      return undefined;
    }
  };
  const results = whileRunning(mapConcurrent(entries, read, { concurrency: run.settings.crawl.queueSize }), run);
  for await (const result of results) if (result !== undefined) yield result;
}

export function plan(articles: AsyncIterable<SourcedArticle>, run: ActiveRun): AsyncIterable<Brief> {
  return planBriefs(articles, run.planOptions, run.stopping);
}

export async function* write(
  briefs: AsyncIterable<Brief>,
  run: ActiveRun,
): AsyncGenerator<InHand<Draft>, void, undefined> {
  const waiting = readAhead(takeUp(briefs, run), run.settings.jobs.queueSize);
  const inHand = whileRunning(beginJobs(waiting, run), run);
  yield* eachInHand(inHand, ({ brief }, signal) => run.writer.write(brief, signal), {
    stage: 'write',
    concurrency: run.writeConcurrency,
    run,
    onLeft: (brief, error) => run.writer.end(brief, { isPending: error.code === 'BATCH_PENDING' }),
  });
}

/** Adds a job for every brief that is not finished already. */
async function* takeUp(briefs: AsyncIterable<Brief>, run: ActiveRun): AsyncGenerator<Brief, void, undefined> {
  for await (const brief of whileRunning(briefs, run)) {
    const urls = brief.entries.map((entry) => entry.url);
    const title = brief.articles[0].title;
    const standing = run.options.force || run.isAskedAnew(brief) ? undefined : await run.publisher.look(brief);
    if (standing?.kind === 'unchanged') {
      const { title: saved, file } = standing.post;
      run.emit({ type: 'post:unchanged', key: brief.key, title: saved, file, urls });
      continue;
    }
    if (standing?.kind === 'kept') {
      tellKept(brief, standing, run);
      continue;
    }
    warnOfTwin(brief, run);
    const known = await run.jobs.add({
      id: brief.key,
      kind: 'post',
      runId: run.id,
      priority: brief.priority,
      payload: brief,
      maxAttempts: 1,
    }); // calls are retried at a lower level; a failed job is retried by the next run
    if (isFinished(known.status)) run.jobs.retry(brief.key);
    run.emit({ type: 'job:add', key: brief.key, title, urls, priority: brief.priority });
    yield brief;
  }
}

/** Keeps a post that a person decided about when its sources change: a new text is offered, and nothing is paid for it. */
function tellKept(brief: Brief, { post, because }: Extract<Standing, { kind: 'kept' }>, run: ActiveRun): void {
  const way = { approved: '--update-approved', edited: '--force', rejected: '--force', deleted: '--force' }[because];
  const message = `The source has changed, but ${post.file} was ${because} by a person, so it stays as it is. ${way} takes a new text.`;
  for (const { url, position } of brief.entries)
    run.emit({ type: 'entry:skip', stage: 'write', failure: { url, code: 'POST_KEPT', message, position } });
}

/** Warns, before anything is paid for, that the blog already has a similar post. */
export function warnOfTwin(brief: Brief, run: ActiveRun): void {
  const [{ url, title }] = brief.articles;
  const twin = run.site?.twinOf(title, fileOf(brief, run));
  if (twin === undefined) return;
  run.emit({
    type: 'run:warning',
    code: 'CLOSE_TO_EXISTING',
    message: `The post of ${url} ("${title}") will be close to one that is there: ${twin.path} ("${twin.title}")`,
    hint: 'Take the line out of the list if one post is enough.',
  });
}

async function* beginJobs(
  briefs: AsyncIterable<Brief>,
  run: ActiveRun,
): AsyncGenerator<InHand<Brief>, void, undefined> {
  try {
    for await (const brief of briefs) {
      const lease = await run.jobs.begin(brief.key);
      const title = brief.articles[0].title;
      if (lease === undefined) {
        skipTaken(brief, run);
        continue;
      }
      run.emit({ type: 'job:status', key: brief.key, status: 'RUNNING', title });
      lease.progress(10, 'writing');
      yield { brief, lease, value: brief };
    }
  } finally {
    run.writer.flush(); // also when stopping, or pending requests would never be sent
  }
}

function skipTaken(brief: Brief, run: ActiveRun): void {
  if (run.jobs.get(brief.key)?.status === 'CANCELLED') {
    const cancelled = new BloggerError('The job was cancelled before it was begun', {
      code: 'JOB_CANCELLED',
      hint: 'Run the same command again.',
    });
    reportFailure(brief, cancelled, 'write', run);
    return;
  }
  for (const entry of brief.entries) {
    const failure = {
      url: entry.url,
      code: 'STATE_LOCKED',
      message: 'Another worker is writing this post.',
      position: entry.position,
    };
    run.emit({ type: 'entry:skip', stage: 'write', failure });
  }
}

export function check(drafts: AsyncIterable<InHand<Draft>>, run: ActiveRun): AsyncIterable<InHand<CheckedDraft>> {
  return eachInHand(
    drafts,
    async ({ value, lease, brief }, signal) => {
      lease.progress(70, 'checking');
      const checked = await checkAndRepair(value, run, signal);
      run.writer.end(brief);
      run.emit({
        type: 'check:end',
        key: brief.key,
        findings: checked.findings,
        holdAsDraft: checked.holdAsDraft,
        ...(checked.score === undefined ? {} : { score: checked.score }),
      });
      return checked;
    },
    {
      stage: 'check',
      concurrency: run.writeConcurrency,
      run,
      onLeft: (brief, error) => run.writer.end(brief, { isPending: error.code === 'BATCH_PENDING' }),
    },
  );
}

export async function publish(checked: AsyncIterable<InHand<CheckedDraft>>, run: ActiveRun): Promise<void> {
  const posts = eachInHand(
    checked,
    async ({ value, lease, brief }, signal) => {
      lease.progress(90, 'saving');
      const { title, description, tags } = value.draft.content;
      const related =
        run.settings.internalLinks === 'off'
          ? []
          : (run.site?.related([title, ...tags].join('\n'), fileOf(brief, run)) ?? []);
      const post = await run.publisher.publish({ ...value, related }, signal);
      run.site?.add({
        path: post.file,
        address: post.address,
        title: post.title,
        text: [description, ...tags].join('\n'),
        draft: post.draft,
      });
      await lease.succeed({ file: post.file, title: post.title, costUsd: post.costUsd ?? null });
      run.emit({ type: 'job:status', key: brief.key, status: 'SUCCESS', title: post.title });
      return post;
    },
    { stage: 'publish', concurrency: 4, run },
  );
  for await (const { value: post } of posts) {
    run.emit({
      type: 'post:saved',
      key: post.key,
      title: post.title,
      file: post.file,
      urls: post.urls,
      draft: post.draft,
      ...(post.costUsd === undefined ? {} : { costUsd: post.costUsd }),
      ...(post.score === undefined ? {} : { score: post.score }),
    });
  }
  await run.publisher.finish();
}

/** Path where the post of these sources was saved before, so that it does not link to itself. */
function fileOf(brief: Brief, run: ActiveRun): string {
  return run.fileOfSources(brief.sourceKey) ?? '';
}
