/** Builds the writer of a run: the vendor's model wrapped in its guards. */

import type { Settings } from '../config/schema.ts';
import { BloggerError } from '../core/errors.ts';
import type {
  BatchLanguageModel,
  Clock,
  Emit,
  KeyValueStore,
  LanguageModel,
  Ledger,
  Random,
  Writer,
} from '../core/ports.ts';
import type { Run } from '../run/run.ts';
import { openBatchJournal } from '../services/ledger/batch-journal.ts';
import type { SharedBudget } from '../services/ledger/shared-budget.ts';
import type { SharedClaims } from '../services/ledger/shared-claims.ts';
import type { ProviderChoice } from '../services/models/choose-provider.ts';
import { promptWatch } from '../services/models/client/prompt-watch.ts';
import { gatedModel } from '../services/models/limits/gated-model.ts';
import type { RateGate } from '../services/models/limits/rate-gate.ts';
import type { ModelOptions } from '../services/models/provider.ts';
import { providerOf } from '../services/models/providers.ts';
import type { StateFile } from '../services/sqlite/open-state-file.ts';
import { parseDeadline } from '../stages/plan/deadline.ts';
import { type PatientBatchModelOptions, patientBatchModel } from '../stages/write/batches/patient-batch-model.ts';
import { createVendorBatches, type VendorBatches } from '../stages/write/batches/vendor-batches.ts';
import { chargedModel } from '../stages/write/calls/charged-model.ts';
import { createPostBudgets } from '../stages/write/calls/post-budgets.ts';
import { retryingModel } from '../stages/write/calls/retrying-model.ts';
import { type CapOfCall, cappedModel, rememberedModel } from '../stages/write/calls/shared-model.ts';
import { type Gatherer, type GatherLiveOptions, gatherLive } from '../stages/write/gather-live.ts';
import { packedDispatch } from '../stages/write/prompt/pack-requests.ts';
import { routedWriter } from '../stages/write/routed-writer.ts';
import { createWriter } from '../stages/write/write-posts.ts';
import { BATCH_ROWS, type WritingPlan } from './plan-writing.ts';

export interface OpenWriterOptions {
  readonly settings: Settings;
  readonly plan: WritingPlan;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
  /** The state file's connection, for the journal of vendor batches. */
  readonly db: StateFile['db'];
  readonly run: Pick<Run, 'id' | 'stopping' | 'leaving' | 'signal'>;
  readonly waitForBatches: boolean;
  /** Not owned; the caller closes it. */
  readonly gate: RateGate;
  /** Set to ignore finished answers (`--force`). */
  readonly salt: string | undefined;
  /** By the brief's key: set to request an unusable answer again. */
  readonly retrySaltOf: (briefKey: string) => string | undefined;
  /** By the brief's key: its request in a vendor batch, from any run. */
  readonly idAtVendor: ReadonlyMap<string, string>;
  /** State shared between machines; absent without Redis. */
  readonly shared?: SharedWriting | undefined;
}

export interface SharedWriting {
  readonly budget: SharedBudget;
  /** Answers paid for by any machine. */
  readonly answers: KeyValueStore;
  readonly claims: SharedClaims;
  /** The cap of the run that a post is written for. */
  readonly capOf: (briefKey: string) => CapOfCall | undefined;
}

/** Retention of an answer for other machines. */
export const ANSWERS_MS = 7 * 86_400_000;

/** Requests still in a vendor batch this long before the deadline are sent live instead. */
const ESCALATE_MS = 2 * 3_600_000;

/** A run that waits for a batch tolerates a vendor outage of 15 minutes; one that only checks fails at once. */
const PATIENT_ATTEMPTS = 20;

export function openWriter(options: OpenWriterOptions): Writer {
  const { settings, plan, ledger, clock, emit, salt, retrySaltOf, idAtVendor, shared } = options;
  const model = plan.digest ? openModel(settings, plan.choice) : paidModel(options);
  let onBlocked = () => {};
  const budgets = createPostBudgets({ ledger, stopping: options.run.stopping, onBlocked: () => onBlocked() });
  const writerOf = (gatherer: Gatherer) =>
    createWriter({
      model,
      gatherer,
      budgets,
      ledger,
      prices: plan.prices,
      prompt: plan.prompt,
      tier: plan.tier,
      digest: plan.digest,
      ...(salt === undefined ? {} : { salt }),
      idAtVendor: (key) => idAtVendor.get(key),
      retrySaltOf: ({ key }) => retrySaltOf(key),
      isAnswered: async (id) => ledger.find(id)?.reply !== undefined || (await shared?.answers.get(id)) !== undefined,
    });
  const gather = (size: number, intervalMs: number, dispatch: Pick<GatherLiveOptions, 'dispatch'> = {}) =>
    gatherLive({ model, batch: { size, intervalMs, concurrency: settings.jobs.workers }, clock, emit, ...dispatch });
  if (plan.digest) return writerOf(gather(1, 0)); // nothing to gather: send each request at once
  const overnight = () => {
    const batches = vendorBatches(options, model, () => budgets.blocked);
    onBlocked = batches.look;
    return writerOf(batches);
  };
  if (plan.tier === 'batch') return overnight();
  const { pack, size, intervalMs } = settings.batch;
  const writing = writerOf(gather(size, intervalMs, pack > 1 ? { dispatch: packedDispatch(model, ledger, pack) } : {}));
  return idAtVendor.size === 0
    ? writing
    : routedWriter({ awaiting: overnight(), writing, isAtVendor: (key) => idAtVendor.has(key) });
}

/** Order of the wrappers: retry, wait for the vendor's limits, reserve the cost locally and in the shared budget, call. */
function paidModel({ settings, plan, ledger, clock, random, emit, gate, shared }: OpenWriterOptions): LanguageModel {
  const { prices } = plan;
  const vendor = openModel(settings, plan.choice, ({ id }, report) => void gate.report(id, report)); // a report never rejects
  const capped =
    shared === undefined
      ? vendor
      : cappedModel(vendor, { budget: shared.budget, prices, capOf: ({ brief }) => shared.capOf(brief.key) });
  const charged = chargedModel(capped, { ledger, prices, clock, emit });
  const patient = retryingModel(
    gatedModel(promptWatch(charged, emit), {
      gate,
      random,
      clock,
      countsOutput: providerOf(plan.choice.provider).limitCountsOutput,
    }),
    {
      attempts: settings.jobs.attempts,
      clock,
      random,
      emit,
    },
  );
  return shared === undefined ? patient : rememberedModel(patient, { ...shared, ttlMs: ANSWERS_MS });
}

function vendorBatches(
  { settings, plan: { choice, prices, tier }, ledger, clock, random, emit, db, run, waitForBatches }: OpenWriterOptions,
  live: LanguageModel,
  blocked: () => number,
): VendorBatches {
  const { provider, model } = choice;
  return createVendorBatches({
    model: openBatchModel(settings, choice, {
      attempts: waitForBatches ? PATIENT_ATTEMPTS : settings.jobs.attempts,
      clock,
      random,
      emit,
    }),
    journal: openBatchJournal(db, { provider, model }),
    ledger,
    prices,
    clock,
    emit,
    runId: run.id,
    size: BATCH_ROWS,
    blocked,
    live,
    makesBatches: tier === 'batch',
    stopping: run.stopping,
    leaving: run.leaving,
    giveUp: run.signal,
    wait: waitForBatches,
    pollMs: settings.batch.pollMs,
    ...(settings.tier === 'auto' && settings.deadline !== undefined
      ? { escalateAt: parseDeadline(settings.deadline, clock.now()) - ESCALATE_MS }
      : {}),
  });
}

/** Vendor batch client that retries failed polls. */
export function openBatchModel(
  settings: Settings,
  { provider, ...address }: ProviderChoice,
  patience: PatientBatchModelOptions,
): BatchLanguageModel {
  const { createBatch } = providerOf(provider);
  if (createBatch === undefined)
    throw new BloggerError(`${provider} has no batches`, {
      code: 'CONFIG_INVALID',
      hint: 'Use --tier standard, or another provider.',
    });
  return patientBatchModel(
    createBatch({ ...address, reasoning: settings.reasoning, timeoutMs: settings.modelTimeout }),
    patience,
  );
}

function openModel(
  settings: Settings,
  { provider, ...address }: ProviderChoice,
  onLimits?: ModelOptions['onLimits'],
): LanguageModel {
  return providerOf(provider).create({
    ...address,
    reasoning: settings.reasoning,
    timeoutMs: settings.modelTimeout,
    onLimits,
  });
}
