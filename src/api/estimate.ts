import type { Estimate } from '../core/events.ts';
import type { Brief } from '../core/types.ts';
import type { RuntimeOptions } from '../run/runtime-options.ts';
import { crawl, extract, list, plan, warnOfTwin } from '../run/steps.ts';
import { openRuntime, type RunOutcome, type Runtime } from '../wiring/runtime.ts';

export interface EstimateOutcome extends RunOutcome {
  readonly estimate: Estimate;
}

/** Reads and plans the list without asking a model and without writing a post. */
export async function estimate(lists: readonly string[], options: RuntimeOptions = {}): Promise<EstimateOutcome> {
  await using runtime = await openRuntime({ ...options, goal: 'estimate' });
  const briefs: Brief[] = [];
  let unchanged = 0;
  const outcome = await runtime.run(async (run) => {
    const entries = await list(lists, run);
    for await (const brief of plan(extract(crawl(entries, run), run), run)) {
      if (!run.options.force && (await run.publisher.find(brief)) !== undefined) unchanged += 1;
      else {
        warnOfTwin(brief, run);
        briefs.push(brief);
      }
    }
    run.emit({ type: 'run:estimate', ...estimateOf(briefs, unchanged, runtime) });
  });
  return { ...outcome, estimate: estimateOf(briefs, unchanged, runtime) };
}

function estimateOf(briefs: readonly Brief[], unchanged: number, { choice, tier, worstCase }: Runtime): Estimate {
  const costs = briefs.map((brief) => worstCase(brief));
  const worstUsd = costs.reduce<number | undefined>(
    (sum, cost) => (sum === undefined || cost.worstUsd === undefined ? undefined : sum + cost.worstUsd),
    0,
  );
  return {
    provider: choice.provider,
    model: choice.model,
    tier,
    posts: briefs.length,
    unchanged,
    inputTokens: costs.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    maxOutputTokens: costs.reduce((sum, { maxOutputTokens }) => sum + maxOutputTokens, 0),
    ...(worstUsd === undefined ? {} : { worstUsd }),
    titles: briefs.map(({ articles }) => articles[0].title),
  };
}
