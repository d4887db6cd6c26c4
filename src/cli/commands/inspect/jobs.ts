import { Argument, type Command } from 'commander';
import type { CancelAtVendorOptions } from '../../../api/jobs/cancel-at-vendor.ts';
import { isFinished, type JobBook, type JobFilter, openJobs } from '../../../api/jobs/open-jobs.ts';
import { BloggerError } from '../../../core/errors.ts';
import type { JobRecord } from '../../../core/ports.ts';
import { JOB_STATUSES, type JobStatus } from '../../../core/types.ts';
import { plural } from '../../../util/text/plural.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { listenForStop } from '../../process/signals.ts';
import { jobLine, jobStory } from '../../report/job-text.ts';
import { watchJobs } from '../../report/watch-jobs.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

interface JobFlags {
  readonly run?: string;
  readonly status?: string;
  readonly kind?: string;
  readonly code?: string;
  readonly all?: boolean;
  readonly watch?: boolean;
  readonly limit: string;
  readonly json?: boolean;
}

/** Kinds of jobs that runs and workers make. */
const JOB_KINDS = ['page', 'post'] as const;
type JobKind = (typeof JOB_KINDS)[number];

const ACTIONS = ['list', 'show', 'cancel', 'retry', 'drop'] as const;
type Action = (typeof ACTIONS)[number];

/** The target of an action. */
interface Chosen {
  readonly book: JobBook;
  readonly ids: readonly string[];
  readonly filter: JobFilter;
  readonly flags: JobFlags;
  readonly io: Io;
  /** Cancels vendor batches without a waiting post, and prints them. */
  readonly endBatches: (runEnds: boolean) => Promise<void>;
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  const doing = new Argument('[action]', 'what to do with them').choices(ACTIONS).default('list');
  addSettingsFlags(command.addArgument(doing).argument('[ids...]', 'ids of jobs, or their first characters'), [
    'queue',
    'state',
  ])
    .option('--run <id>', 'jobs of one run')
    .option('--status <status>', `only ${JOB_STATUSES.join(', ')}`)
    .option('--kind <kind>', `only ${JOB_KINDS.join(' or ')}`)
    .option('--code <code>', 'only jobs that failed with this code, such as HTTP_5XX')
    .option('--all', 'cancel, retry or drop every job')
    .option('--watch', 'list: follow the jobs until all have ended')
    .option('--limit <n>', 'list: maximum number, newest first', '1000')
    .option('--json', 'one JSON object a line')
    .addHelpText('before', EXAMPLES)
    .action(async (action: Action, ids: string[], flags: JobFlags) => {
      const { settings, secrets } = await settingsOf(command, io);
      await using book = await openJobs(settings, io.cwd);
      const filter = { limit: limitOf(flags), ...statusOf(flags), ...kindOf(flags), ...runOf(flags, book) };
      const endBatches = (runEnds: boolean) => endAtVendor({ settings, secrets, cwd: io.cwd, runEnds }, io);
      exit(await ACT[action]({ book, ids, filter, flags, io, endBatches }));
    });
}

const ACT = {
  async list({ book, filter, flags, io }) {
    if (flags.watch === true) {
      using signals = listenForStop(io);
      const isKnownRun = flags.run !== undefined && book.runOf(flags.run) !== undefined;
      const isOver = () => (flags.run === undefined ? true : (book.runOf(flags.run)?.isOver ?? true));
      const hasJobs = await watchJobs(
        { list: () => book.list(filter), isOver, endsWithRun: isKnownRun, json: flags.json === true },
        io,
        signals.stop,
      );
      if (flags.json !== true) sayEnd(flags, book, hasJobs, io);
      return signals.received === undefined ? EXIT.ok : EXIT[signals.received];
    }
    const jobs = await listJobs(book, filter, flags);
    for (const job of jobs) io.stdout.write(`${flags.json === true ? jsonText(job) : jobLine(job)}\n`);
    if (jobs.length === 0) sayEnd(flags, book, false, io);
    if (jobs.length === filter.limit)
      io.stderr.write(`Only the newest ${filter.limit} are shown; --limit shows more.\n`);
    return EXIT.ok;
  },
  async show({ book, ids, flags, io }) {
    for (const job of await find(book, ids)) {
      const history = await book.history(job.id);
      io.stdout.write(flags.json === true ? `${jsonText({ ...job, history })}\n` : jobStory(job, history));
    }
    return EXIT.ok;
  },
  async cancel(chosen) {
    const { book, filter, flags } = chosen;
    const stopped = flags.run !== undefined && book.stopRun(filter.runId ?? '');
    const code = await change(
      chosen,
      'cancelled',
      (job) => !isFinished(job.status),
      (id) => book.cancel(id),
      stopped,
    );
    await chosen.endBatches(stopped);
    return code;
  },
  retry: (chosen) =>
    change(
      chosen,
      'put back',
      (job) => job.status !== 'SUCCESS' && isFinished(job.status),
      (id) => chosen.book.retry(id),
      false,
    ),
  drop: (chosen) =>
    change(
      chosen,
      'dropped',
      (job) => job.status !== 'RUNNING',
      (id) => chosen.book.drop(id),
      false,
    ),
} as const satisfies Record<Action, (chosen: Chosen) => Promise<number>>;

/** How a followed run ended, and that there is no job where nothing else was printed. */
function sayEnd({ run: id }: JobFlags, book: JobBook, hasJobs: boolean, io: Io): void {
  const run = id === undefined ? undefined : book.runOf(id);
  if (run === undefined) {
    if (!hasJobs) io.stderr.write('No jobs.\n');
    return;
  }
  const none = hasJobs ? '' : `Run ${run.id} made no job. `;
  const { posts } = run;
  if (posts !== undefined)
    io.stderr.write(
      `${none}${hasJobs ? `Run ${run.id}` : 'It'} has ended: ${plural(posts.written, 'post')} written, ${posts.unchanged} unchanged, ${posts.skipped} skipped, ${posts.failed} failed.\n`,
    );
  else if (!hasJobs) io.stderr.write(`${none.trim()}\n`);
}

async function change(
  { book, ids, filter, flags, io }: Chosen,
  what: string,
  fits: (job: JobRecord) => boolean,
  act: (id: string) => Promise<boolean>,
  runStopped: boolean,
): Promise<number> {
  const { run, status, kind, code, all } = flags;
  if (ids.length === 0 && [run, status, kind, code, all].every((flag) => flag === undefined)) {
    throw usage('Expected ids of jobs, --run, --status, --kind, --code or --all, got none');
  }
  const jobs =
    ids.length > 0 ? await find(book, ids) : (await listJobs(book, { ...filter, limit: EVERY }, flags)).filter(fits);
  const changed: string[] = [];
  for (const { id } of jobs) if (await act(id)) changed.push(id);
  for (const id of changed) io.stdout.write(`${id}\n`);
  io.stderr.write(
    `${changed.length} of ${plural(jobs.length, 'job')} ${what}${runStopped ? '; the run takes no new work' : ''}.\n`,
  );
  return changed.length > 0 || jobs.length === 0 ? EXIT.ok : EXIT.someFailed;
}

async function endAtVendor(options: CancelAtVendorOptions, io: Io): Promise<void> {
  if (options.settings.queue !== 'local') return; // workers are notified and stop their jobs
  const cancel = await loadCancelAtVendor();
  using signals = listenForStop(io);
  for (const { id, answered, isOver } of await cancel(options, signals.stop)) {
    const state = isOver
      ? `ended; its ${answered} answers are kept`
      : 'cancellation requested; the next run uses the answers finished by then';
    io.stderr.write(`Batch ${id} at the vendor: ${state}.\n`);
  }
}

/** With all vendors, which other actions do not need. On its own because TypeScript leaves `.ts` in an import of a function that has `using`. */
async function loadCancelAtVendor() {
  return (await import('../../../api/jobs/cancel-at-vendor.ts')).cancelAtVendor;
}

const EVERY = 1_000_000;

/** Jobs that match the filter and `--code`, if given; the limit counts only these. */
async function listJobs(book: JobBook, filter: JobFilter, { code }: JobFlags): Promise<readonly JobRecord[]> {
  if (code === undefined) return await book.list(filter);
  const failed = await book.list({ ...filter, limit: EVERY });
  return failed.filter(({ error }) => error?.code === code.toUpperCase()).slice(0, filter.limit);
}

async function find(book: JobBook, ids: readonly string[]): Promise<JobRecord[]> {
  if (ids.length === 0) throw usage('Expected the id of a job, got none', '`blogger jobs` lists them.');
  return await Promise.all(
    ids.map(async (id) => {
      const matching = await book.list({ idStart: id, limit: 100 });
      const [job] = matching;
      if (job === undefined) {
        throw new BloggerError(`No job has an id that begins with ${id}`, {
          code: 'NOT_FOUND',
          hint: '`blogger jobs` lists them.',
        });
      }
      if (matching.length > 1) throw usage(`${id} matches ${plural(matching.length, 'id')}; give more characters`);
      return job;
    }),
  );
}

function runOf({ run }: JobFlags, book: JobBook): { runId?: string } {
  if (run === undefined) return {};
  const known = book.runOf(run);
  if (known === undefined && book.knowsRuns) {
    throw new BloggerError(`No run has an id that begins with "${run}"`, {
      code: 'NOT_FOUND',
      hint: '`blogger stats` lists the runs; a run in another state folder needs the same --state.',
    });
  }
  return { runId: known?.id ?? run };
}

function statusOf({ status }: JobFlags): { status?: JobStatus } {
  if (status === undefined) return {};
  const wanted = JOB_STATUSES.find((known) => known === status.toUpperCase());
  if (wanted === undefined) throw usage(`Expected one of ${JOB_STATUSES.join(', ')}, got "${status}"`);
  return { status: wanted };
}

function kindOf({ kind }: JobFlags): { kind?: JobKind } {
  if (kind === undefined) return {};
  const wanted = JOB_KINDS.find((known) => known === kind.toLowerCase());
  if (wanted === undefined) throw usage(`Expected one of ${JOB_KINDS.join(', ')} for --kind, got "${kind}"`);
  return { kind: wanted };
}

function limitOf({ limit }: JobFlags): number {
  if (/^[1-9]\d{0,8}$/.test(limit)) return Number(limit);
  throw usage(`Expected a whole number above 0 for --limit, got "${limit}"`);
}

function usage(message: string, hint = 'See `blogger jobs --help`.'): BloggerError {
  return new BloggerError(message, { code: 'USAGE', hint });
}

const EXAMPLES = `Examples:
  blogger jobs --status failed          what failed, and why
  blogger jobs --run 7c1e --watch       how a run gets on, until it is over
  blogger jobs show 3f2a                the whole story of one job
  blogger jobs cancel --run 7c1e        end a run and what it has not finished
  blogger jobs cancel --all             end everything
  blogger jobs retry --status failed    put failed jobs back; the next generate takes them
  blogger jobs drop --code NOT_FOUND    forget jobs that failed for this reason
  blogger jobs --queue redis            what waits for workers, from any machine

`;
