import type { Brief } from '../core/types.ts';
import { openRuntime } from './runtime.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { crawl, extract, list, plan } from './steps.ts';

/** What a run would write and cost at most. */
export interface Estimate {
  readonly provider: string;
  readonly model: string;
  readonly tier: string;
  readonly posts: number;
  /** Posts that are finished and unchanged. */
  readonly unchanged: number;
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
  /** Undefined where the price is unknown. */
  readonly worstUsd: number | undefined;
  readonly titles: readonly string[];
}

/** Reads and plans the list without asking a model and without writing a post. */
export async function estimate(lists: readonly string[], options: RuntimeOptions = {}): Promise<Estimate> {
  await using runtime = await openRuntime({ ...options, command: 'dry-run' });
  const briefs: Brief[] = [];
  let unchanged = 0;
  await runtime.run(async (run) => {
    const entries = await list(lists, run);
    for await (const brief of plan(extract(crawl(entries, run), run), run)) {
      if ((await run.publisher.find(brief.key)) === undefined) briefs.push(brief);
      else unchanged += 1;
    }
  });
  const costs = briefs.map((brief) => runtime.worstCase(brief));
  const { provider, model } = runtime.choice;
  return {
    provider,
    model,
    tier: runtime.tier,
    posts: briefs.length,
    unchanged,
    inputTokens: costs.reduce((sum, { inputTokens }) => sum + inputTokens, 0),
    maxOutputTokens: costs.reduce((sum, { maxOutputTokens }) => sum + maxOutputTokens, 0),
    worstUsd: costs.reduce<number | undefined>((sum, { worstUsd }) => (sum === undefined || worstUsd === undefined ? undefined : sum + worstUsd), 0),
    titles: briefs.map(({ articles }) => articles[0].title),
  };
}
