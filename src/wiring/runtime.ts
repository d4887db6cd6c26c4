/** Composition root: opens the services of a run and closes them in reverse order. The `open-*.ts` files build single parts. */

import { GOALS } from '../core/goal.ts';
import type { Brief, Tier } from '../core/types.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { namedError } from '../run/run.ts';
import { type RuntimeOptions, settingsOf } from '../run/runtime-options.ts';
import type { PostEstimate } from '../stages/write/post-cost.ts';
import { systemClock } from '../util/clock.ts';
import { Disposer } from '../util/disposer.ts';
import { openActiveRun } from './open-active-run.ts';
import { openRunParts } from './open-run-parts.ts';
import { estimateOf, planWriting } from './plan-writing.ts';
import { type RunOutcome, runToEnd } from './run-to-end.ts';

export interface Runtime extends AsyncDisposable {
  /** Executes the work as one run: locks the folder, emits events and records the run. Errors before `begin` are thrown, later ones end the run. */
  run(work: (run: ActiveRun) => Promise<void>): Promise<RunOutcome>;
  readonly choice: { readonly provider: string; readonly model: string };
  readonly tier: Tier;
  /** Likely and maximum tokens and cost of a post. */
  estimate(brief: Brief): PostEstimate;
}

/** Settings of a run that writes nothing: the built-in writer needs no key. */
const NO_WRITER = { provider: 'extractive' } as const;

/** Opens everything a run needs; close it when done. Throws `CONFIG_INVALID`, `PROVIDER_KEY_MISSING`, `PRICE_UNKNOWN`, `STATE_LOCKED`, `STATE_BROKEN`, `STATE_NEWER`. */
export async function openRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const { cwd = process.cwd(), clock = systemClock, goal = 'posts' } = options;
  const settings = settingsOf(options);
  const plan = await planWriting(
    GOALS[goal].needsWriter ? settings : { ...settings, ...NO_WRITER },
    options.secrets ?? {},
    cwd,
    clock,
  );
  const disposer = new Disposer();
  try {
    const parts = await openRunParts(options, { settings, plan, disposer });
    const active = await openActiveRun(parts);
    return {
      choice: plan.choice,
      tier: plan.tier,
      estimate: (brief) => estimateOf(brief, plan),
      run: (work) => runToEnd(() => work(active), parts),
      [Symbol.asyncDispose]: () => disposer[Symbol.asyncDispose](),
    };
  } catch (error) {
    await disposer[Symbol.asyncDispose]();
    throw namedError(error);
  }
}
