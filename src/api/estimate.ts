import type { Estimate } from '../core/events.ts';
import type { Brief } from '../core/types.ts';
import type { RuntimeOptions } from '../run/runtime-options.ts';
import { list } from '../run/steps/list-entries.ts';
import { crawl, extract } from '../run/steps/read-pages.ts';
import { plan, warnOfTwin } from '../run/steps/write-posts.ts';
import type { RunOutcome } from '../wiring/run-to-end.ts';
import { openRuntime, type Runtime } from '../wiring/runtime.ts';

export interface EstimateOutcome extends RunOutcome {
  readonly estimate: Estimate;
}

/** Reads and plans the list without calling a model or writing a post. */
export async function estimate(lists: readonly string[], options: RuntimeOptions = {}): Promise<EstimateOutcome> {
  await using runtime = await openRuntime({ ...options, goal: 'estimate' });
  const briefs: Brief[] = [];
  const standing = { unchanged: 0, kept: 0 };
  const outcome = await runtime.run(async (run) => {
    const entries = await list(lists, run);
    for await (const brief of plan(extract(crawl(entries, run), run), run)) {
      const { kind } = run.options.force ? ({ kind: 'due' } as const) : await run.publisher.look(brief);
      if (kind !== 'due') standing[kind] += 1;
      else {
        warnOfTwin(brief, run);
        briefs.push(brief);
      }
    }
    run.emit({ type: 'run:estimate', ...estimateOf(briefs, standing, runtime) });
  });
  return { ...outcome, estimate: estimateOf(briefs, standing, runtime) };
}

function estimateOf(
  briefs: readonly Brief[],
  standing: Pick<Estimate, 'unchanged' | 'kept'>,
  runtime: Runtime,
): Estimate {
  const costs = briefs.map((brief) => runtime.estimate(brief));
  const likelyUsd = total(costs.map((cost) => cost.likelyUsd));
  const worstUsd = total(costs.map((cost) => cost.worstUsd));
  return {
    provider: runtime.choice.provider,
    model: runtime.choice.model,
    tier: runtime.tier,
    posts: briefs.length,
    ...standing,
    inputTokens: costs.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    maxOutputTokens: costs.reduce((sum, { maxOutputTokens }) => sum + maxOutputTokens, 0),
    ...(likelyUsd === undefined ? {} : { likelyUsd }),
    ...(worstUsd === undefined ? {} : { worstUsd }),
    titles: briefs.map(({ articles }) => articles[0].title),
  };
}

/** The sum; undefined when any part is unknown. */
function total(amounts: readonly (number | undefined)[]): number | undefined {
  return amounts.reduce<number | undefined>(
    (sum, usd) => (sum === undefined || usd === undefined ? undefined : sum + usd),
    0,
  );
}
