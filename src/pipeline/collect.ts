import type { Brief } from '../core/types.ts';
import { openRuntime, type RunOutcome } from './runtime.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { check, publish, write } from './steps.ts';

/** Saves the posts whose vendor batches are finished; with `waitForBatches` waits until all are. Nothing is crawled and nothing new is paid for. */
export async function collect(options: RuntimeOptions = {}): Promise<RunOutcome> {
  await using runtime = await openRuntime({ waitForBatches: false, ...options, settings: { ...options.settings, tier: 'batch' }, command: 'collect' });
  return await runtime.run(async (run) => {
    const briefs = run.briefsAtVendor();
    run.begin(briefs.flatMap(({ entries }) => entries));
    await publish(check(write(each(briefs), run), run), run);
  });
}

async function* each(briefs: readonly Brief[]): AsyncGenerator<Brief, void, undefined> {
  yield* briefs;
}
