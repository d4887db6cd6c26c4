import type { JobMoment } from '../../api/jobs/open-jobs.ts';
import type { JobRecord } from '../../core/ports.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import { formatUsd } from '../reporters/describe.ts';

/** A job as one line of a list. */
export function jobLine(job: JobRecord): string {
  const { id, status, progress, error } = job;
  const percent = String(Math.round(status === 'SUCCESS' ? 100 : progress.percent)).padStart(3);
  const reason = error === undefined ? '' : ` ${error.code}: ${terminalLine(error.message)}`;
  return `${id.slice(0, 12)}  ${status.padEnd(9)} ${percent} %  ${titleOf(job)}${reason}`;
}

/** Details of a job: payload, result and state history. */
export function jobStory(job: JobRecord, history: readonly JobMoment[]): string {
  const { title, urls } = subjectOf(job);
  const { file, provenance, costUsd = provenance?.costUsd } = (job.result ?? {}) as ResultLike; // result of a post; other kinds have none of these members
  const facts: readonly (readonly [name: string, value: string | undefined])[] = [
    ['Job', job.id],
    [held(job).entry === undefined ? 'Post' : 'Page', title],
    ...urls.map((url) => ['Source', url] as const),
    ['Status', `${job.status}${job.cancelRequested ? ', cancellation requested' : ''}`],
    [
      'Progress',
      `${Math.round(job.status === 'SUCCESS' ? 100 : job.progress.percent)} %${job.status === 'RUNNING' && job.progress.message !== '' ? `, ${job.progress.message}` : ''}`,
    ],
    ['Attempts', `${job.attempts} of ${job.maxAttempts}`],
    ['Priority', job.priority],
    ['Run', job.runId],
    ['Worker', job.worker],
    ['File', file],
    ['Cost', costUsd === undefined || costUsd === null ? undefined : formatUsd(costUsd)],
    ['Error', job.error === undefined ? undefined : `${job.error.code}: ${job.error.message}`],
    ['To do', job.error?.hint],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : `${name.padEnd(9)} ${terminalLine(value)}`,
  );
  const moments = history.map(({ at, status, attempts, worker, error }) => {
    const who = worker === undefined ? '' : `  attempt ${attempts} by ${worker}`;
    const why = error === undefined ? '' : `  ${error.code}: ${error.message}`;
    return terminalLine(`  ${new Date(at).toISOString()}  ${status.padEnd(9)}${who}${why}`).trimEnd();
  });
  return `${[...lines, ...(moments.length === 0 ? [] : ['History', ...moments])].join('\n')}\n\n`;
}

export function titleOf(job: JobRecord): string {
  const { title, urls } = subjectOf(job);
  return terminalLine(title ?? urls[0] ?? '');
}

/** The result of a post in the local queue, or of a worker in the shared queue. */
interface ResultLike {
  readonly file?: string;
  readonly costUsd?: number | null;
  readonly provenance?: { readonly costUsd?: number };
}

interface BriefLike {
  readonly articles?: readonly { readonly title?: string; readonly url?: string }[];
}

interface PayloadLike extends BriefLike {
  readonly brief?: BriefLike;
  readonly draft?: { readonly brief?: BriefLike };
  readonly entry?: { readonly url?: string };
}

/** The payload is a post's brief in the local queue; in the shared queues it contains the brief or the page's entry. */
function held({ payload }: JobRecord): PayloadLike {
  return (payload ?? {}) as PayloadLike; // other kinds have none of these members
}

function subjectOf(job: JobRecord): { readonly title: string | undefined; readonly urls: readonly string[] } {
  const { articles: own, brief, draft, entry } = held(job);
  const articles = own ?? brief?.articles ?? draft?.brief?.articles ?? [];
  if (entry?.url !== undefined) return { title: undefined, urls: [entry.url] };
  return { title: articles[0]?.title, urls: articles.flatMap(({ url }) => url ?? []) };
}
