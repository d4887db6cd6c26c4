import type { Command } from 'commander';
import { BloggerError } from '../../core/errors.ts';
import type { JobRecord } from '../../core/ports.ts';
import { JOB_STATUSES, type JobStatus } from '../../core/types.ts';
import { openProject, type Project } from '../../pipeline/open-project.ts';
import { terminalLine } from '../../util/terminal-text.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { addSettingsFlags, settingsOf } from '../settings-flags.ts';

interface JobFlags {
  readonly run?: string;
  readonly status?: string;
  readonly json?: boolean;
}

const ACTIONS = ['list', 'show', 'cancel', 'retry'] as const;
type Action = (typeof ACTIONS)[number];

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command.argument('[action]', ACTIONS.join(', '), 'list').argument('[ids...]', 'ids of jobs, or their first characters'))
    .option('--run <id>', 'jobs of one run')
    .option('--status <status>', `only ${JOB_STATUSES.join(', ')}`)
    .option('--json', 'one JSON object a line')
    .addHelpText('before', EXAMPLES)
    .action(async (action: string, ids: string[], flags: JobFlags) => {
      if (!isAction(action)) throw usage(`Expected ${ACTIONS.join(', ')}, got "${action}"`);
      const { settings } = await settingsOf(command, io);
      await using project = openProject(settings, io.cwd);
      exit(ACT[action](project, ids, flags, io));
    });
}

const ACT = {
  list(project, _ids, flags, io) {
    const jobs = project.jobs.list({ limit: 100_000, ...runOf(project, flags), ...statusOf(flags) });
    for (const job of jobs) io.stdout.write(`${flags.json === true ? JSON.stringify(job) : line(job)}\n`);
    if (jobs.length === 0) io.stderr.write('No jobs.\n');
    return EXIT.ok;
  },
  show(project, ids, _flags, io) {
    for (const job of find(project, ids)) io.stdout.write(`${JSON.stringify(job, null, 2)}\n`);
    return EXIT.ok;
  },
  cancel: (project, ids, flags, io) => change(project, ids, flags, io, 'cancelled', (id) => project.jobs.cancel(id)),
  retry: (project, ids, flags, io) => change(project, ids, flags, io, 'put back', (id) => project.jobs.retry(id)),
} as const satisfies Record<Action, (project: Project, ids: readonly string[], flags: JobFlags, io: Io) => number>;

function change(project: Project, ids: readonly string[], flags: JobFlags, io: Io, what: string, act: (id: string) => boolean): number {
  if (ids.length === 0 && flags.run === undefined && flags.status === undefined) throw usage('Expected ids of jobs, --run or --status, got none');
  const jobs = ids.length > 0 ? find(project, ids) : project.jobs.list({ limit: 100_000, ...runOf(project, flags), ...statusOf(flags) });
  const changed = jobs.filter(({ id }) => act(id));
  for (const { id } of changed) io.stdout.write(`${id}\n`);
  io.stderr.write(`${changed.length} of ${jobs.length} jobs ${what}.\n`);
  return changed.length > 0 || jobs.length === 0 ? EXIT.ok : EXIT.someFailed;
}

function find(project: Project, ids: readonly string[]): JobRecord[] {
  if (ids.length === 0) throw usage('Expected the id of a job, got none');
  const all = project.jobs.list({ limit: 100_000 });
  return ids.map((id) => {
    const matching = all.filter((job) => job.id.startsWith(id));
    const [job] = matching;
    if (job === undefined)
      throw new BloggerError(`Expected the id of a job, but none begins with ${id}`, { code: 'NOT_FOUND', hint: '`blogger jobs` lists them.' });
    if (matching.length > 1) throw usage(`${id} is the beginning of ${matching.length} ids; give more characters`);
    return job;
  });
}

function line({ id, status, progress, payload, error }: JobRecord): string {
  const reason = error === undefined ? '' : ` ${error.code}: ${terminalLine(error.message)}`;
  return `${id.slice(0, 12)}  ${status.padEnd(9)} ${String(Math.round(status === 'SUCCESS' ? 100 : progress.percent)).padStart(3)} %  ${titleOf(payload)}${reason}`;
}

function titleOf(payload: unknown): string {
  const articles = (payload as { articles?: { title?: string; url?: string }[] } | null)?.articles; // a brief, where the job is a post
  return terminalLine(articles?.[0]?.title ?? articles?.[0]?.url ?? '');
}

function runOf(project: Project, { run }: JobFlags): { runId?: string } {
  return run === undefined ? {} : { runId: project.runs.get(run)?.id ?? run };
}

function statusOf({ status }: JobFlags): { status?: JobStatus } {
  if (status === undefined) return {};
  const wanted = JOB_STATUSES.find((known) => known === status.toUpperCase());
  if (wanted === undefined) throw usage(`Expected one of ${JOB_STATUSES.join(', ')}, got "${status}"`);
  return { status: wanted };
}

function isAction(text: string): text is Action {
  return (ACTIONS as readonly string[]).includes(text);
}

function usage(message: string): BloggerError {
  return new BloggerError(message, { code: 'USAGE', hint: 'See `blogger jobs --help`.' });
}

const EXAMPLES = `Examples:
  blogger jobs --status failed          what failed, and why
  blogger jobs show 3f2a                everything about one job
  blogger jobs cancel --run 7c1e        end what a run has not finished
  blogger jobs retry --status failed    put failed jobs back; the next generate takes them

`;
