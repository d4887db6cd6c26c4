import { z } from 'zod';
import { estimate } from '../../api/estimate.ts';
import { defineTool } from '../tool.ts';
import { listInput, runOf } from './list-input.ts';

export const plan = defineTool({
  title: 'Plan posts and their price',
  description:
    'Reads and plans the list without calling a model: how many posts would be written, by which model, and what they cost at most. Costs nothing. Call it before `generate`.',
  input: z.object(listInput),
  annotations: { readOnlyHint: true, openWorldHint: true },
  async run(input, project, signal) {
    const { lists, options } = runOf(input, project, signal);
    const { estimate: plan, summary } = await estimate(lists, options);
    return { plan, skipped: summary.skips, failed: summary.failures };
  },
});
