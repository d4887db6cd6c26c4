/** The writer of a run: which provider, at what price, with which instructions. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Secrets, Settings } from '../config/schema.ts';
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
import type { ReasoningEffort } from '../core/providers.ts';
import type { Brief, Tier } from '../core/types.ts';
import type { Run } from '../run/run.ts';
import { openBatchJournal } from '../services/ledger/batch-journal.ts';
import type { SharedBudget } from '../services/ledger/shared-budget.ts';
import { chooseProvider, type ProviderChoice } from '../services/models/choose-provider.ts';
import { estimateTokens } from '../services/models/count-tokens.ts';
import { gatedModel } from '../services/models/limits/gated-model.ts';
import type { RateGate } from '../services/models/limits/rate-gate.ts';
import { costUsd, priceOf, worstCaseUsd } from '../services/models/pricing.ts';
import type { ModelOptions } from '../services/models/provider.ts';
import { providerOf } from '../services/models/providers.ts';
import type { StateFile } from '../services/sqlite/open-state-file.ts';
import { chooseTier } from '../stages/plan/choose-tier.ts';
import { parseDeadline } from '../stages/plan/deadline.ts';
import { buildPrompt, PROMPT_VERSION, type PromptOptions } from '../stages/write/build-prompt.ts';
import { chargedModel, type Prices } from '../stages/write/calls/charged-model.ts';
import { packedDispatch } from '../stages/write/pack-requests.ts';
import { type PatientBatchModelOptions, patientBatchModel } from '../stages/write/batches/patient-batch-model.ts';
import { POST_SCHEMA } from '../stages/write/post-schema.ts';
import { retryingModel } from '../stages/write/calls/retrying-model.ts';
import { routedWriter } from '../stages/write/routed-writer.ts';
import { type CapOfCall, cappedModel, rememberedModel } from '../stages/write/calls/shared-model.ts';
import { isTemplateName, TEMPLATES } from '../stages/write/templates.ts';
import { createVendorBatches } from '../stages/write/batches/vendor-batches.ts';
import { createWriter, type WriterOptions } from '../stages/write/write-posts.ts';

/** Who writes and how: everything about a post's making that is the same for all posts of a run. */
export interface WritingPlan {
  readonly choice: ProviderChoice;
  readonly tier: Tier;
  readonly prices: Prices;
  readonly prompt: PromptOptions;
  /** What shapes an answer besides the brief; a change makes every post new. */
  readonly shape: unknown;
  readonly digest: boolean;
  /** Posts in writing at once: enough to fill every batch. */
  readonly writeConcurrency: number;
}

/** Settles provider, price and instructions. Throws `PROVIDER_KEY_MISSING`, `PRICE_UNKNOWN` or `CONFIG_INVALID`. */
export async function planWriting(
  settings: Settings,
  secrets: Secrets,
  cwd: string,
  clock: Clock,
): Promise<WritingPlan> {
  const choice = chooseProvider(settings, secrets);
  const price = await priceOf({ ...choice, overrides: settings.price }, clock.now());
  if (price === undefined && settings.maxCost !== undefined) throw priceUnknown(choice);
  const prompt = await readInstructions(settings, cwd, choice);
  const digest = providerOf(choice.provider).isFree;
  const tier = digest ? 'standard' : chooseTier(settings.tier, settings.deadline, clock.now());
  return {
    choice,
    tier,
    prompt,
    digest,
    writeConcurrency: digest ? 2 : tier === 'batch' ? SHARD.size * 8 : settings.batch.size * settings.jobs.workers,
    prices: pricesAt(price),
    shape: {
      promptVersion: PROMPT_VERSION,
      schema: POST_SCHEMA,
      provider: choice.provider,
      model: choice.model,
      template: prompt.templateText,
      style: prompt.style,
      reasoning: settings.reasoning,
    },
  };
}

/** What the calls of a model cost. */
export async function pricesOf(settings: Settings, choice: ProviderChoice, clock: Clock): Promise<Prices> {
  return pricesAt(await priceOf({ ...choice, overrides: settings.price }, clock.now()));
}

function pricesAt(price: Awaited<ReturnType<typeof priceOf>>): Prices {
  return {
    worstUsd: ({ prompt: { inputTokens, maxOutputTokens }, tier }) =>
      worstCaseUsd(price, { inputTokens, maxOutputTokens }, tier),
    costUsd: ({ usage, tier }) => costUsd(price, usage, tier),
  };
}

export interface WorstCase {
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
  /** Undefined where the price is unknown. */
  readonly worstUsd: number | undefined;
}

/** The most that the post of a brief can take and cost, without a repair. */
export function worstCaseOf(brief: Brief, { prompt: options, prices, tier, digest }: WritingPlan): WorstCase {
  if (digest) return { inputTokens: 0, maxOutputTokens: 0, worstUsd: 0 };
  const prompt = buildPrompt(brief, options);
  return {
    inputTokens: prompt.inputTokens,
    maxOutputTokens: prompt.maxOutputTokens,
    worstUsd: prices.worstUsd({ id: brief.key, prompt, tier, brief }),
  };
}

/** Output tokens set aside for thinking, by the effort that is sent. */
const REASONING_TOKENS = {
  none: 0,
  minimal: 500,
  low: 2000,
  medium: 8000,
  high: 24_000,
  xhigh: 48_000,
  max: 64_000,
} as const satisfies Record<ReasoningEffort, number>;

async function readInstructions(
  settings: Settings,
  cwd: string,
  { provider, model }: ProviderChoice,
): Promise<PromptOptions> {
  const { template, styleFile } = settings;
  const sent = providerOf(provider).effortOf?.(model, settings.reasoning) ?? settings.reasoning;
  // A model that is asked for no effort may think a little all the same.
  const reasoning = sent === 'none' && settings.reasoning === undefined ? 'minimal' : (sent ?? 'minimal');
  const templateText = isTemplateName(template) ? TEMPLATES[template] : await readText(template, 'template', cwd);
  const style = styleFile === undefined ? {} : { style: await readText(styleFile, 'styleFile', cwd) };
  return { templateText, ...style, reasoningTokens: REASONING_TOKENS[reasoning], estimateTokens };
}

async function readText(file: string, setting: string, cwd: string): Promise<string> {
  try {
    return (await readFile(resolve(cwd, file), 'utf8')).trim();
  } catch (error) {
    const known =
      setting === 'template' ? ` (${Object.keys(TEMPLATES).join(', ')}) or the path of a file` : ' the path of a file';
    throw new BloggerError(`${setting} was expected to be${known}, but ${file} cannot be read`, {
      code: 'CONFIG_INVALID',
      hint: `Check ${setting}.`,
      cause: error,
    });
  }
}

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
  /** Borrowed; whoever opened it closes it. */
  readonly gate: RateGate;
  /** Set where finished answers are not to be used again. */
  readonly salt: string | undefined;
  /** By a brief's key: set where an answer that could not be used is to be asked for again. */
  readonly retrySaltOf: (briefKey: string) => string | undefined;
  /** By a brief's key: the request of it that is in a vendor's batch already, whatever run put it there. */
  readonly idAtVendor: ReadonlyMap<string, string>;
  /** What machines share; absent without Redis. */
  readonly shared?: SharedWriting | undefined;
}

export interface SharedWriting {
  readonly budget: SharedBudget;
  /** Answers that any machine paid for. */
  readonly answers: KeyValueStore;
  /** The cap of the run that a post is written for. */
  readonly capOf: (briefKey: string) => CapOfCall | undefined;
}

/** How long an answer is kept for other machines. */
const ANSWERS_MS = 7 * 86_400_000;

/** What is still at the vendor this long before the deadline is written live. */
const ESCALATE_MS = 2 * 3_600_000;

/** A run that waits for a batch outlasts a quarter of an hour without the vendor; one that only looks in comes again anyway. */
const PATIENT_ATTEMPTS = 20;

/** A shard of a vendor's batch: within both vendors' limits, gathered until no more posts come. */
const SHARD = { size: 2000, intervalMs: 600_000 } as const;

export function openWriter(options: OpenWriterOptions): Writer {
  const { settings, plan, ledger, clock, emit, salt, retrySaltOf, idAtVendor, shared } = options;
  const model = plan.digest ? openModel(settings, plan.choice) : paidModel(options);
  const writerOf = (
    gathered: { readonly size: number; readonly intervalMs: number },
    dispatch: Pick<WriterOptions, 'dispatch' | 'repairsLive'>,
  ) =>
    createWriter({
      model,
      ledger,
      clock,
      emit,
      prices: plan.prices,
      prompt: plan.prompt,
      tier: plan.tier,
      digest: plan.digest,
      batch: { size: gathered.size, intervalMs: gathered.intervalMs, concurrency: settings.jobs.workers },
      ...dispatch,
      ...(salt === undefined ? {} : { salt }),
      idAtVendor: (key) => idAtVendor.get(key),
      retrySaltOf: ({ key }) => retrySaltOf(key),
      isAnswered: async (id) => ledger.find(id)?.reply !== undefined || (await shared?.answers.get(id)) !== undefined,
    });
  if (plan.digest) return writerOf({ size: 1, intervalMs: 0 }, {}); // it has nothing to gather: a batch of one leaves at once
  const overnight = () => writerOf(SHARD, { dispatch: vendorBatches(options, model), repairsLive: true });
  if (plan.tier === 'batch') return overnight();
  const { pack } = settings.batch;
  const writing = writerOf(settings.batch, pack > 1 ? { dispatch: packedDispatch(model, ledger, pack) } : {});
  return idAtVendor.size === 0
    ? writing
    : routedWriter({ awaiting: overnight(), writing, isAtVendor: (key) => idAtVendor.has(key) });
}

/** The order of the wrappers is the order of the guards: try again, wait for the vendor's limits, set the money aside here and for all, call. */
function paidModel({ settings, plan, ledger, clock, random, emit, gate, shared }: OpenWriterOptions): LanguageModel {
  const { prices } = plan;
  const vendor = openModel(settings, plan.choice, ({ id }, report) => void gate.report(id, report)); // a report never rejects
  const capped =
    shared === undefined
      ? vendor
      : cappedModel(vendor, { budget: shared.budget, prices, capOf: ({ brief }) => shared.capOf(brief.key) });
  const charged = chargedModel(capped, { ledger, prices, clock, emit });
  const patient = retryingModel(
    gatedModel(charged, { gate, random, clock, countsOutput: providerOf(plan.choice.provider).limitCountsOutput }),
    {
      attempts: settings.jobs.attempts,
      clock,
      random,
      emit,
    },
  );
  return shared === undefined ? patient : rememberedModel(patient, shared.answers, ANSWERS_MS);
}

function vendorBatches(
  { settings, plan: { choice, prices, tier }, ledger, clock, random, emit, db, run, waitForBatches }: OpenWriterOptions,
  live: LanguageModel,
): ReturnType<typeof createVendorBatches> {
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

/** The vendor's batches, looked at again where a look failed. */
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

function priceUnknown({ provider, model }: ProviderChoice): BloggerError {
  return new BloggerError(
    `maxCost is set, but the price of ${provider}'s ${model} is not known, so the cap cannot be kept`,
    {
      code: 'PRICE_UNKNOWN',
      hint: 'Set price.input and price.output (US dollars for a million tokens), or leave maxCost out.',
    },
  );
}
