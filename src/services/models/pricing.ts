import type { ModelPrice } from '@pydantic/genai-prices';
import type { ProviderName } from '../../core/providers.ts';
import { TIER_SHARES, type Tier, type Usage } from '../../core/types.ts';
import type { Provider } from './provider.ts';
import { providerOf } from './providers.ts';

/** US dollars for a million tokens. */
export interface TokenRates {
  readonly input: number;
  readonly cachedInput: number;
  /** Writing to the prompt cache; absent where it costs as much as input. */
  readonly cacheWrite?: number;
  readonly output: number;
}

/** Prices of one model at one date, standard tier. */
export interface Price extends TokenRates {
  /** Rates of the whole call once its prompt has more tokens than `from`. */
  readonly longContext?: TokenRates & { readonly from: number };
}

export interface PriceOptions {
  readonly provider: ProviderName;
  readonly model: string;
  /** Where the model is served, when it is not the vendor itself. */
  readonly baseUrl?: string | undefined;
  /** From the settings; each one wins over the list. */
  readonly overrides?: {
    readonly input?: number | undefined;
    readonly cachedInput?: number | undefined;
    readonly output?: number | undefined;
  };
}

const FREE: Price = { input: 0, cachedInput: 0, output: 0 };

/** The price of a model at a date (milliseconds since the epoch). */
export type PriceList = (options: PriceOptions, at: number) => Price | undefined;

/** Loads the list once; looking up a price is then immediate. */
export async function loadPrices(): Promise<PriceList> {
  const list = await import('@pydantic/genai-prices');
  return (options, at) => lookUp(options, at, list);
}

/**
 * Price of a model at a date (milliseconds since the epoch), from the dated list of @pydantic/genai-prices and the settings' overrides.
 * Undefined means unknown, never free; only the built-in writer is free.
 */
export async function priceOf(options: PriceOptions, at: number): Promise<Price | undefined> {
  return (await loadPrices())(options, at);
}

type Listed = typeof import('@pydantic/genai-prices');

function lookUp(
  { provider, model, baseUrl, overrides = {} }: PriceOptions,
  at: number,
  list: Listed,
): Price | undefined {
  const { isFree, isLocal = false }: Provider = providerOf(provider);
  if (isFree || (isLocal && overrides.input === undefined && overrides.output === undefined)) return FREE;
  if (overrides.input !== undefined && overrides.output !== undefined)
    return complete({ ...overrides, input: overrides.input, output: overrides.output });
  const listed = listedPrice({ provider, model, baseUrl }, at, list);
  if (listed === undefined) return undefined;
  const { longContext, ...rates } = listed;
  const input = overrides.input ?? rates.input;
  const changed = Object.values(overrides).some((value) => value !== undefined);
  const base = {
    ...rates,
    input,
    cachedInput: overrides.cachedInput ?? Math.min(rates.cachedInput, input),
    output: overrides.output ?? rates.output,
  };
  return changed || longContext === undefined ? base : { ...base, longContext };
}

function complete({
  input,
  cachedInput,
  output,
}: {
  readonly input: number;
  readonly cachedInput?: number | undefined;
  readonly output: number;
}): Price {
  return { input, cachedInput: cachedInput ?? input, output };
}

function listedPrice(
  { provider, model, baseUrl }: Pick<PriceOptions, 'provider' | 'model' | 'baseUrl'>,
  at: number,
  { calcPrice, findProvider }: Listed,
): Price | undefined {
  const host = baseUrl === undefined ? undefined : findProvider({ providerApiUrl: baseUrl })?.id;
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, {
    providerId: host ?? providerOf(provider).priceList ?? provider,
    timestamp: new Date(at),
  });
  return found === null ? undefined : toPrice(found.model_price);
}

function toPrice(listed: ModelPrice): Price | undefined {
  const base = ratesAt(listed, 0);
  if (base === undefined) return undefined;
  const starts = Object.values(listed).flatMap((value) =>
    typeof value === 'object' ? value.tiers.map(({ start }) => start) : [],
  );
  if (starts.length === 0) return base;
  const from = Math.min(...starts);
  const long = ratesAt(listed, Number.POSITIVE_INFINITY);
  return long === undefined ? base : { ...base, longContext: { ...long, from } };
}

function ratesAt(listed: ModelPrice, tokens: number): TokenRates | undefined {
  const rate = (name: string) => {
    const value = listed[name];
    if (value === undefined || typeof value === 'number') return value;
    return value.tiers.filter(({ start }) => tokens > start).at(-1)?.price ?? value.base;
  };
  const input = rate('input_mtok');
  const output = rate('output_mtok');
  if (input === undefined || output === undefined) return undefined;
  const cacheWrite = rate('cache_write_mtok');
  return {
    input,
    cachedInput: rate('cache_read_mtok') ?? input,
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
    output,
  };
}

/** What an answer cost in US dollars, by its usage and the tier that was served; undefined when price or usage is unknown. */
export function costUsd(price: Price | undefined, usage: Usage | undefined, tier: Tier): number | undefined {
  if (price === undefined) return undefined;
  if (usage === undefined) return isGratis(price) ? 0 : undefined;
  const rates = price.longContext !== undefined && usage.input > price.longContext.from ? price.longContext : price;
  const written = usage.cacheWriteInput ?? 0;
  const plain = Math.max(0, usage.input - usage.cachedInput - written);
  const micro =
    plain * rates.input +
    usage.cachedInput * rates.cachedInput +
    written * (rates.cacheWrite ?? rates.input) +
    usage.output * rates.output;
  return (micro * TIER_SHARES[tier]) / 1_000_000;
}

function isGratis({ input, output }: Price): boolean {
  return input === 0 && output === 0;
}

/**
 * The most that a call can cost: nothing cached, every input token written to the cache, the whole output used.
 * Flex counts in full, since a server may serve standard in its place and charges by what it served; a batch is a batch.
 */
export function worstCaseUsd(
  price: Price | undefined,
  { inputTokens, maxOutputTokens }: { readonly inputTokens: number; readonly maxOutputTokens: number },
  tier: Tier,
): number | undefined {
  if (price === undefined) return undefined;
  const rates = price.longContext !== undefined && inputTokens > price.longContext.from ? price.longContext : price;
  const highestRate = Math.max(rates.input, rates.cacheWrite ?? 0);
  return (
    ((inputTokens * highestRate + maxOutputTokens * rates.output) * (tier === 'batch' ? TIER_SHARES.batch : 1)) /
    1_000_000
  );
}
