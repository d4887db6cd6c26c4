/** The steps from articles to drafts: each post is a job. */

import { BloggerError } from '../../core/errors.ts';
import type { Standing } from '../../core/ports.ts';
import type { Brief, Draft, SourcedArticle } from '../../core/types.ts';
import { isFinished } from '../../services/jobs/job-state.ts';
import { cheapestFirst } from '../../stages/plan/cheapest-first.ts';
import { planBriefs } from '../../stages/plan/plan-posts.ts';
import { untranslated } from '../../stages/plan/post-language.ts';
import { readAhead } from '../../util/async/read-ahead.ts';
import type { ActiveRun } from '../active-run.ts';
import { eachInFlight, type InFlight, reportFailure } from '../in-flight.ts';
import { whileRunning } from '../run.ts';

export async function* plan(
  articles: AsyncIterable<SourcedArticle>,
  run: ActiveRun,
): AsyncGenerator<Brief, void, undefined> {
  let isWarned = false;
  for await (const brief of planBriefs(articles, run.planOptions, run.stopping)) {
    if (!isWarned) isWarned = warnUntranslated(brief, run);
    yield brief;
  }
}

/** Warns that a writer that only quotes leaves out languages that were asked for; true if it does. */
function warnUntranslated({ entries, articles: [source], lang }: Brief, { planOptions, emit }: ActiveRun): boolean {
  const left = untranslated(entries, source, planOptions);
  if (left.length === 0) return false;
  emit({
    type: 'run:warning',
    code: 'NOT_TRANSLATED',
    message: `The built-in writer cannot translate: posts stay in the language of their source, such as ${lang}, not in ${left.join(', ')}`,
    hint: 'Set a key such as OPENAI_API_KEY, or name a model provider with --provider.',
  });
  return true;
}

export async function* write(
  briefs: AsyncIterable<Brief>,
  run: ActiveRun,
): AsyncGenerator<InFlight<Draft>, void, undefined> {
  const waiting = readAhead(inOrder(takeDueBriefs(briefs, run), run), run.settings.jobs.queueSize);
  const started = whileRunning(startJobs(waiting, run), run);
  yield* eachInFlight(started, ({ brief }, signal) => run.writer.write(brief, signal), {
    stage: 'write',
    concurrency: run.writeConcurrency,
    run,
    onLeft: (brief, error) => run.writer.end(brief, { isPending: error.code === 'BATCH_PENDING' }),
  });
}

function inOrder(briefs: AsyncIterable<Brief>, { thrift, listed, clock }: ActiveRun): AsyncIterable<Brief> {
  return thrift === undefined ? briefs : cheapestFirst(briefs, { ...thrift, expected: listed.size, clock });
}

/** Adds a job for every brief that is not finished already. */
async function* takeDueBriefs(briefs: AsyncIterable<Brief>, run: ActiveRun): AsyncGenerator<Brief, void, undefined> {
  for await (const brief of whileRunning(briefs, run)) {
    const urls = brief.entries.map((entry) => entry.url);
    const title = brief.articles[0].title;
    const standing = run.options.force || run.isRewrite(brief) ? undefined : await run.publisher.look(brief);
    if (standing?.kind === 'unchanged') {
      const { title: saved, file } = standing.post;
      run.emit({ type: 'post:unchanged', key: brief.key, title: saved, file, urls });
      continue;
    }
    if (standing?.kind === 'kept') {
      reportKept(brief, standing, run);
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

/** Keeps a post that a person decided about although its sources changed: reports the new text without a paid call. */
function reportKept(brief: Brief, { post, because }: Extract<Standing, { kind: 'kept' }>, run: ActiveRun): void {
  const way = because === 'approved' ? '--update-approved' : '--force';
  const message =
    because === 'deleted'
      ? `${post.file} was deleted, so it is not written again. ${way} writes it.`
      : `The source or the settings have changed, but ${post.file} was ${because} by a person and is not rewritten. ${way} rewrites it.`;
  for (const { url, position } of brief.entries)
    run.emit({ type: 'entry:skip', stage: 'write', failure: { url, code: 'POST_KEPT', message, position } });
}

/** Warns before any paid call that the blog already has a similar post. */
export function warnOfTwin(brief: Brief, run: ActiveRun): void {
  const [{ url, title }] = brief.articles;
  const twin = run.site?.twinOf(title, fileOf(brief, run));
  if (twin === undefined) return;
  run.emit({
    type: 'run:warning',
    code: 'CLOSE_TO_EXISTING',
    message: `The post of ${url} ("${title}") will be similar to an existing one: ${twin.path} ("${twin.title}")`,
    hint: 'Take the line out of the list if one post is enough.',
  });
}

async function* startJobs(
  briefs: AsyncIterable<Brief>,
  run: ActiveRun,
): AsyncGenerator<InFlight<Brief>, void, undefined> {
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
    const cancelled = new BloggerError('The job was cancelled before it started', {
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

/** Path where the post of these sources was saved before, so that it does not link to itself. */
export function fileOf(brief: Brief, run: ActiveRun): string {
  return run.fileOfSources(brief.sourceKey) ?? '';
}
