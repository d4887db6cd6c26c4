/** Chooses provider, model, price and instructions before a run starts. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Secrets, Settings } from '../config/schema.ts';
import { BloggerError } from '../core/errors.ts';
import type { Clock, Ledger, ModelReply } from '../core/ports.ts';
import type { ReasoningEffort } from '../core/providers.ts';
import type { Brief, Tier } from '../core/types.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { chooseProvider, type ProviderChoice } from '../services/models/choose-provider.ts';
import { estimateTokens } from '../services/models/client/count-tokens.ts';
import { costUsd, loadPrices, priceOf, worstCaseUsd } from '../services/models/pricing.ts';
import { providerOf } from '../services/models/providers.ts';
import { chooseTier } from '../stages/plan/choose-tier.ts';
import type { PriceList } from '../stages/write/calls/charged-model.ts';
import type { PostCost } from '../stages/write/calls/post-budgets.ts';
import { mostInputTokens } from '../stages/write/calls/token-bound.ts';
import { createTokenCounts } from '../stages/write/calls/token-counts.ts';
import { LONG_POST_CHARS } from '../stages/write/long-post.ts';
import { estimatePost, lookOf, type PostEstimate, postCost } from '../stages/write/post-cost.ts';
import { buildPrompt, ownInstructionBytes, type PromptOptions } from '../stages/write/prompt/build-prompt.ts';
import { POST_SCHEMA } from '../stages/write/prompt/post-schema.ts';
import { isTemplateName, TEMPLATES, templateOf } from '../stages/write/prompt/templates.ts';

/** Requests per vendor batch: within the limits of all vendors. */
export const BATCH_ROWS = 2000;

/** Writing plan: everything that is the same for all posts of a run. */
export interface WritingPlan {
  readonly choice: ProviderChoice;
  readonly tier: Tier;
  readonly prices: PriceList;
  readonly prompt: PromptOptions;
  /** Fingerprint of what affects an answer besides the brief; a change makes every post due again. */
  readonly shape: unknown;
  readonly digest: boolean;
  /** Concurrent posts: enough to fill every batch. */
  readonly writeConcurrency: number;
}

/** Chooses provider, price and instructions. Throws `PROVIDER_KEY_MISSING`, `PRICE_UNKNOWN` or `CONFIG_INVALID`. */
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
  const chosen = chooseTier(settings.tier, settings.deadline, clock.now()); // rejects an invalid deadline for any provider
  const tier = digest ? 'standard' : chosen;
  return {
    choice,
    tier,
    prompt,
    digest,
    writeConcurrency: digest ? 2 : tier === 'batch' ? BATCH_ROWS * 8 : settings.batch.size * settings.jobs.workers,
    prices: await pricesOf(settings, choice, clock),
    shape: {
      promptVersion: settings.promptVersion,
      schema: POST_SCHEMA,
      provider: choice.provider,
      model: choice.model,
      template: prompt.templateText,
      style: prompt.style,
      ...(prompt.speechLevel === undefined ? {} : { speechLevel: prompt.speechLevel }),
      reasoning: settings.reasoning,
    },
  };
}

/**
 * Prices of a model's calls, looked up when a call is reserved or settled. An answer is priced by the model that gave it: a vendor may
 * route a name to a more expensive model and bill that one.
 */
export async function pricesOf(settings: Settings, choice: ProviderChoice, clock: Clock): Promise<PriceList> {
  const lookUp = await loadPrices();
  const hasOwnPrice = Object.values(settings.price).some((value) => value !== undefined);
  const counts = createTokenCounts();
  const ownBytes = ownInstructionBytes({ version: settings.promptVersion });
  const priceAt = (model: string) => lookUp({ ...choice, model, overrides: settings.price }, clock.now());
  /** Models that answered instead of the requested one: later calls may be routed to them, too. */
  const answering = new Set([choice.model]);
  /** What a router charges more than the price list. */
  let markup = 1;
  const listedUsd = ({ model, usage, tier }: Pick<ModelReply, 'model' | 'usage' | 'tier'>) =>
    costUsd(priceAt(model) ?? priceAt(choice.model), usage, tier);
  return {
    worstUsd: ({ prompt, tier }, moreInputTokens = 0) => {
      const inputTokens = mostInputTokens(prompt, ownBytes, counts.fixedTokens(prompt)) + moreInputTokens;
      const most = { inputTokens, maxOutputTokens: prompt.maxOutputTokens };
      const costs = [...answering].flatMap((model) => worstCaseUsd(priceAt(model), most, tier) ?? []);
      return costs.length === 0 ? undefined : Math.max(...costs) * markup;
    },
    note({ prompt }, reply) {
      counts.note(prompt, reply.usage);
      answering.add(reply.model);
      const listed = listedUsd(reply) ?? 0;
      if (!hasOwnPrice && reply.billedUsd !== undefined && listed > 0)
        markup = Math.max(markup, reply.billedUsd / listed);
    },
    tokensUsd: (usage, tier) => costUsd(priceAt(choice.model), usage, tier),
    costUsd(reply) {
      const told = hasOwnPrice ? undefined : reply.billedUsd;
      // A proxy that does not know the price of a model says 0; only the biller itself can mean it.
      if (told === undefined || (told === 0 && choice.provider !== 'openrouter')) return listedUsd(reply) ?? told;
      return told;
    },
  };
}

/** Likely and maximum tokens and cost of a post, including a repair and the sections of a long post. */
export function estimateOf(brief: Brief, { prompt, prices, tier, digest }: WritingPlan): PostEstimate {
  if (digest) return { inputTokens: 0, maxOutputTokens: 0, likelyUsd: 0, worstUsd: 0 };
  return estimatePost(brief, buildPrompt(brief, prompt), {
    prices,
    tier,
    reasoningTokens: prompt.reasoningTokens,
    ...lookOf(brief, prompt),
  });
}

/** Costs that order posts under a cap; undefined if the list's order is kept. */
export function thriftOf({ order }: Settings, plan: WritingPlan, ledger: Pick<Ledger, 'spent'>): ActiveRun['thrift'] {
  const { capUsd } = ledger.spent();
  if (capUsd === undefined || order === 'list' || plan.digest) return undefined;
  return {
    costOf: (brief) => estimateOf(brief, plan).likelyUsd,
    leftUsd: () => capUsd - ledger.spent().workUsd,
  };
}

/** Maximum cost of the post of a brief without any paid call yet. */
export function costOf(brief: Brief, { prompt, prices, tier, digest }: WritingPlan): PostCost {
  if (digest) return { draftUsd: 0, wholeUsd: 0 };
  const isLong = brief.length >= LONG_POST_CHARS;
  return postCost(brief, buildPrompt(brief, prompt), {
    prices,
    tier,
    isLong,
    isPaid: () => false,
    ...lookOf(brief, prompt),
  });
}

/** Model checks that a post may need: one, and another after a repair. */
function looksOf({ check }: Settings): number {
  return check.by === 'rules' ? 0 : 2;
}

/** Output tokens reserved for reasoning, by effort. */
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
  // A model may reason a little even at effort `none`.
  const reasoning = sent === 'none' && settings.reasoning === undefined ? 'minimal' : (sent ?? 'minimal');
  const { promptVersion: version } = settings;
  const templateText = isTemplateName(template)
    ? templateOf(template, version)
    : await readText(template, 'template', cwd);
  const style = styleFile === undefined ? {} : { style: await readText(styleFile, 'styleFile', cwd) };
  const speech = settings.speechLevel === undefined || version === '2' ? {} : { speechLevel: settings.speechLevel };
  return {
    version,
    templateText,
    ...style,
    ...speech,
    reasoningTokens: REASONING_TOKENS[reasoning],
    estimateTokens,
    looks: looksOf(settings),
  };
}

async function readText(file: string, setting: string, cwd: string): Promise<string> {
  try {
    return (await readFile(resolve(cwd, file), 'utf8')).trim();
  } catch (error) {
    const known =
      setting === 'template' ? ` (${Object.keys(TEMPLATES).join(', ')}) or the path of a file` : ' the path of a file';
    throw new BloggerError(`${setting} must be${known}; ${file} cannot be read`, {
      code: 'CONFIG_INVALID',
      hint: `Check ${setting}.`,
      cause: error,
    });
  }
}

function priceUnknown({ provider, model }: ProviderChoice): BloggerError {
  return new BloggerError(
    `maxCost is set, but the price of ${provider}'s ${model} is unknown, so the cap cannot be enforced`,
    {
      code: 'PRICE_UNKNOWN',
      hint: 'Set price.input and price.output (US dollars for a million tokens), or leave maxCost out.',
    },
  );
}
