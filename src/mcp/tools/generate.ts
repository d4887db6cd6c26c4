import { z } from 'zod';
import { generate as generatePosts } from '../../api/generate.ts';
import type { RunEvent } from '../../core/events.ts';
import { defineTool } from '../tool.ts';
import { listInput, runOf } from './list-input.ts';

export const generate = defineTool({
  title: 'Write posts',
  description:
    'Writes a post from each page of the list, never spending more than `maxCostUsd`. Posts that exist and are unchanged cost nothing. Drafts wait for a person: see `review_list`.',
  input: z.object({
    ...listInput,
    maxCostUsd: z
      .number()
      .min(0)
      .max(10_000)
      .describe('Spending cap in US dollars; required. Call `plan` for an estimate.'),
  }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  async run({ maxCostUsd, ...input }, project, signal) {
    const { lists, options } = runOf(input, project, signal);
    const cap = Math.min(maxCostUsd, project.settings.maxCost ?? maxCostUsd);
    const saved: { file: string; title: string; draft: boolean }[] = [];
    const onEvent = (event: RunEvent) => {
      if (event.type === 'post:saved') saved.push({ file: event.file, title: event.title, draft: event.draft });
    };
    const settings = { ...project.settings, maxCost: cap };
    const { summary, stoppedBy, pending } = await generatePosts(lists, { ...options, settings, onEvent });
    const { posts, calls, costUsd, skips, failures } = summary;
    return {
      posts,
      saved,
      calls,
      costUsd,
      capUsd: cap,
      waitingForBatches: pending,
      skipped: skips,
      failed: failures,
      ...(stoppedBy === undefined ? {} : { stoppedBy: { code: stoppedBy.code, message: stoppedBy.message } }),
    };
  },
});
