import { resolve } from 'node:path';
import type { Settings } from '../config/schema.ts';
import type { ProviderName } from '../core/providers.ts';
import type { Brief } from '../core/types.ts';
import { type RuntimeOptions, settingsOf } from '../run/runtime-options.ts';
import { check, publish } from '../run/steps/finish-posts.ts';
import { write } from '../run/steps/write-posts.ts';
import { ownersOfShards } from '../services/ledger/batch-journal.ts';
import { findProvider } from '../services/models/providers.ts';
import { openExistingState } from '../services/sqlite/open-state-file.ts';
import type { RunOutcome } from '../wiring/run-to-end.ts';
import { openRuntime } from '../wiring/runtime.ts';

/**
 * Saves the posts whose vendor batches are finished; with `waitForBatches` waits for all. Crawls nothing and makes no new paid call.
 * The open batches determine the vendor; with batches of several models, one is collected and the others are reported as pending. Throws `PROVIDER_KEY_MISSING`.
 */
export async function collect(options: RuntimeOptions = {}): Promise<RunOutcome> {
  const [owner, ...others] = ownersOf(options);
  const settings = { ...options.settings, ...owner, tier: 'batch' as const };
  await using runtime = await openRuntime({ waitForBatches: false, ...options, settings, goal: 'collect' });
  const outcome = await runtime.run(async (run) => {
    const briefs = run.briefsAtVendor();
    run.begin(briefs.flatMap(({ entries }) => entries));
    for (const { provider, model } of others) {
      const hint = `Run \`blogger collect --provider ${provider} --model ${model}\` after this.`;
      run.emit({
        type: 'run:warning',
        code: 'BATCH_PENDING',
        message: `Batches of ${provider} ${model} are open, too`,
        hint,
      });
    }
    await publish(check(write(each(briefs), run), run), run);
  });
  return { ...outcome, pending: outcome.pending + others.length };
}

interface Owner {
  readonly provider: ProviderName;
  readonly model: string;
}

/** Providers and models with open batches, those of the settings first. */
function ownersOf(options: RuntimeOptions): readonly Owner[] {
  const settings = settingsOf(options);
  using state = openExistingState(resolve(options.cwd ?? process.cwd(), settings.state));
  if (state === undefined) return [];
  const owners = ownersOfShards(state.db).flatMap(({ provider, model }): Owner[] => {
    const known = findProvider(provider);
    return known?.createBatch === undefined ? [] : [{ provider: known.name, model }];
  });
  return owners.sort((a, b) => Number(isNamed(b, settings)) - Number(isNamed(a, settings)));
}

function isNamed({ provider, model }: Owner, settings: Settings): boolean {
  return (
    (settings.provider === 'auto' || settings.provider === provider) &&
    (settings.model ?? findProvider(provider)?.defaultModel) === model
  );
}

async function* each(briefs: readonly Brief[]): AsyncGenerator<Brief, void, undefined> {
  yield* briefs;
}
