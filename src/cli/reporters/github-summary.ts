import { appendFile } from 'node:fs/promises';
import type { RunOutcome } from '../../pipeline/runtime.ts';
import type { Io } from '../io.ts';
import { formatDuration, formatUsd } from './describe.ts';

/** In GitHub Actions the job's page shows how the run went. */
export async function appendGithubSummary({ summary, stoppedBy }: RunOutcome, { env }: Pick<Io, 'env'>): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  const { posts } = summary;
  const cell = (text: string) => text.replace(/[|\n\r<>]/g, ' ');
  const lines = [
    '## blogger',
    '',
    '| written | unchanged | skipped | failed | requests | cost | time |',
    '|---|---|---|---|---|---|---|',
    `| ${posts.written} | ${posts.unchanged} | ${posts.skipped} | ${posts.failed} | ${summary.calls} | ${formatUsd(summary.costUsd)} | ${formatDuration(summary.durationMs)} |`,
    ...(stoppedBy === undefined ? [] : ['', `Stopped: ${cell(stoppedBy.message)}`]),
    ...(summary.failures.length === 0
      ? []
      : [
          '',
          '| failed | reason |',
          '|---|---|',
          ...summary.failures.slice(0, 50).map(({ url, code, message }) => `| ${cell(url)} | ${code}: ${cell(message)} |`),
        ]),
    '',
  ];
  await appendFile(file, `${lines.join('\n')}\n`);
}
