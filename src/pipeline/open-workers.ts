/** The side that asks: pages are read and posts written by `blogger worker` machines, through the queue. */

import type { Settings } from '../config/schema.ts';
import type { Clock, Emit, Writer } from '../core/ports.ts';
import type { Brief, Draft, Entry } from '../core/types.ts';
import { openRemoteQueue } from '../services/jobs/remote-queue.ts';
import type { QueueRun } from '../services/runs/queue-run.ts';
import type { Disposer } from '../util/disposer.ts';
import { hashText, stableHash } from '../util/stable-hash.ts';
import type { PageAnswer, PageJob, PostAnswer, PostJob } from './worker-jobs.ts';
import { queueOptions } from './worker-jobs.ts';

export interface Workers {
  readPage(entry: Entry, signal: AbortSignal): Promise<PageAnswer>;
  readonly writer: Writer;
}

export interface OpenWorkersOptions {
  readonly settings: Settings;
  readonly run: QueueRun;
  /** What shapes an answer; a worker whose own differs refuses the job. */
  readonly shape: unknown;
  /** Set where finished answers are not to be used again. */
  readonly salt: string | undefined;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly disposer: Disposer;
}

export async function openWorkers({ settings, run, shape, salt, clock, emit, disposer }: OpenWorkersOptions): Promise<Workers> {
  const pages = disposer.use(await openRemoteQueue({ ...queueOptions(settings, 'pages'), clock }));
  const posts = disposer.use(await openRemoteQueue({ ...queueOptions(settings, 'posts'), clock }));
  const budget = settings.maxCost === undefined ? {} : { cap: { runId: `${run.projectId}-${run.startedAt}`, capUsd: settings.maxCost } };
  const common = { shape: stableHash(shape), ...budget };
  let spentUsd = 0;

  async function askForDraft(what: string, brief: Brief, job: PostJob, signal: AbortSignal): Promise<Draft> {
    const startedAt = clock.now();
    const { content, provenance, digest } = (await posts.ask(`${what}-${anew(brief).key}`, job, { priority: brief.priority, signal })) as PostAnswer; // what `serve` answers
    if (digest) return { brief, content, provenance, digest };
    const { provider, model, tier, usage, costUsd } = provenance;
    emit({ type: 'call:start', key: brief.key, provider, model, tier });
    emit({
      type: 'call:end',
      key: brief.key,
      tier,
      usage,
      finishReason: 'stop',
      ms: clock.now() - startedAt,
      reused: false,
      ...(costUsd === undefined ? {} : { costUsd }),
    });
    spentUsd += costUsd ?? 0;
    emit({ type: 'money:change', spentUsd, reservedUsd: 0, ...(settings.maxCost === undefined ? {} : { capUsd: settings.maxCost }) });
    return { brief, content, provenance, digest };
  }

  /** Under its own key a post is asked for and paid for anew, whoever writes it. */
  const anew = (brief: Brief): Brief => (salt === undefined ? brief : { ...brief, key: `${brief.key}-${salt}` });
  return {
    async readPage(entry, signal) {
      const job: PageJob = { entry };
      const id = `${run.projectId}-${hashText(entry.url).slice(0, 40)}`;
      return (await pages.ask(id, job, { priority: entry.priority, notBefore: run.startedAt, signal })) as PageAnswer; // what `serve` answers
    },
    writer: {
      write: (brief, signal) => askForDraft('write', brief, { ...common, do: 'write', brief: anew(brief) }, signal),
      flush() {},
      repair: (draft, problems, signal) =>
        askForDraft(
          `repair-${stableHash([draft.content, problems]).slice(0, 16)}`,
          draft.brief,
          { ...common, do: 'repair', draft: { ...draft, brief: anew(draft.brief) }, problems },
          signal,
        ),
    },
  };
}
