import { z } from 'zod';
import { buildReport } from '../../api/report.ts';
import { openProject } from '../../wiring/open-project.ts';
import { defineTool } from '../tool.ts';

export const status = defineTool({
  title: 'Show runs, jobs and spending',
  description: 'The last runs, the jobs by state, and what was spent. Reads the state folder only.',
  input: z.object({ runs: z.number().int().min(1).max(50).default(5).describe('How many of the last runs to list') }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  async run({ runs }, { settings, cwd }) {
    await using project = openProject(settings, cwd);
    const report = await buildReport(project, {});
    const { totals, jobs, spending, failuresByCode } = report;
    const last = report.runs.slice(0, runs).map(({ id, command, startedAt, endedAt, summary, stoppedBy }) => ({
      id,
      command,
      startedAt: new Date(startedAt).toISOString(),
      endedAt: endedAt === undefined ? null : new Date(endedAt).toISOString(),
      posts: summary?.posts ?? null,
      costUsd: summary?.costUsd ?? null,
      stoppedBy: stoppedBy ?? null,
    }));
    return { runs: last, totals, jobs, spending, failuresByCode };
  },
});
