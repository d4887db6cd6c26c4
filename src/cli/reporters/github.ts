/** GitHub Actions: job summary, annotations of failures at their lines of the list, outputs for later steps. */

import { appendFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { BloggerError } from '../../core/errors.ts';
import type { ListPosition } from '../../core/types.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import type { RunOutcome } from '../../wiring/run-to-end.ts';
import type { Io } from '../process/io.ts';
import { formatDuration, formatUsd } from './describe.ts';

type GithubIo = Pick<Io, 'env' | 'cwd' | 'stderr'>;

/** GitHub shows at most ten annotations per step; the rest is in the summary. */
const MAX_ANNOTATIONS = 10;
const MAX_ROWS = 50;

export async function reportToGithub({ summary, stoppedBy }: RunOutcome, io: GithubIo): Promise<void> {
  await append(
    io.env['GITHUB_STEP_SUMMARY'],
    summaryPage({ summary, ...(stoppedBy === undefined ? {} : { stoppedBy }) }),
  );
  await append(io.env['GITHUB_OUTPUT'], outputs(summary));
  if (stoppedBy !== undefined) annotate([{ title: stoppedBy.code, message: stoppedBy.message }], io);
  annotate(
    summary.failures.map(({ code, message, url, position }) => ({
      title: code,
      message: `${url}: ${message}`,
      position,
    })),
    io,
  );
}

/** Reports why a run did not begin; bad lines of a list as annotations. */
export function annotateError(error: unknown, io: GithubIo): void {
  if (!BloggerError.is(error)) return;
  const problems = error.details['problems'] as
    | readonly { readonly position: ListPosition; readonly message: string }[]
    | undefined; // details of `LIST_INVALID`
  annotate(
    problems?.map(({ position, message }) => ({ title: error.code, message, position })) ?? [
      { title: error.code, message: error.message },
    ],
    io,
  );
}

interface Annotation {
  readonly title: string;
  readonly message: string;
  readonly position?: ListPosition | undefined;
}

/** On stderr, where GitHub reads commands as well: stdout carries results only. */
function annotate(annotations: readonly Annotation[], { env, cwd, stderr }: GithubIo): void {
  if (env['GITHUB_ACTIONS'] !== 'true') return;
  for (const { title, message, position } of annotations.slice(0, MAX_ANNOTATIONS)) {
    const place =
      position === undefined || /^<|^https?:/.test(position.file)
        ? {}
        : { file: pathOf(position.file, cwd, env), line: String(position.line) };
    stderr.command('error', { ...place, title }, message);
  }
}

/** Relative to the repository, as annotations require. */
function pathOf(file: string, cwd: string, env: Io['env']): string {
  const workspace = env['GITHUB_WORKSPACE'];
  const path = workspace === undefined ? file : relative(workspace, resolve(cwd, file));
  return isAbsolute(path) || path.startsWith('..') ? file : path;
}

function outputs({ runId, posts, costUsd }: RunOutcome['summary']): string {
  const values = { 'run-id': runId, ...posts, 'cost-usd': costUsd ?? '' };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function summaryPage({ summary, stoppedBy }: Pick<RunOutcome, 'summary' | 'stoppedBy'>): string {
  const { posts, failures } = summary;
  const rows = failures
    .slice(0, MAX_ROWS)
    .map(({ url, code, message }) => `| ${cell(url)} | ${code}: ${cell(message)} |`);
  const more = failures.length > rows.length ? ['', `… and ${failures.length - rows.length} more`] : [];
  const lines = [
    '## blogger',
    '',
    '| written | unchanged | skipped | failed | requests | cost | time |',
    '|---|---|---|---|---|---|---|',
    `| ${posts.written} | ${posts.unchanged} | ${posts.skipped} | ${posts.failed} | ${summary.calls} | ${formatUsd(summary.costUsd)} | ${formatDuration(summary.durationMs)} |`,
    ...(stoppedBy === undefined ? [] : ['', `Stopped: ${cell(stoppedBy.message)}`]),
    ...(rows.length === 0 ? [] : ['', '| failed | reason |', '|---|---|', ...rows, ...more]),
  ];
  return `${lines.join('\n')}\n\n`;
}

/** Text within a table of Markdown: no markup, no link text, no picture; addresses stay. */
function cell(text: string): string {
  return terminalLine(text).replace(/[\\`*_{}[\]<>|#!~]/g, '\\$&');
}

async function append(file: string | undefined, text: string): Promise<void> {
  if (file !== undefined && file !== '') await appendFile(file, text);
}
