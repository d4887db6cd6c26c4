/** What the product has to know of a vendor. One descriptor stands in each vendor's folder, one row in `providers.ts`. */

import type { BatchLanguageModel, LanguageModel, ModelRequest } from '../../core/ports.ts';
import type { ProviderName, ReasoningEffort } from '../../core/providers.ts';
import type { Tier } from '../../core/types.ts';
import type { LimitReport } from './limits/read-limits.ts';

/** A model at an address, with the key to it. */
export interface ModelAddress {
  readonly model: string;
  /** `none` for servers that need no key. */
  readonly apiKey: string;
  /** Absent: the vendor's own. */
  readonly baseUrl?: string | undefined;
  /** Of the environment, by variable: who is billed, and in what form the address is. */
  readonly account?: Readonly<Record<string, string | undefined>>;
}

export interface ModelOptions extends ModelAddress {
  readonly reasoning?: ReasoningEffort | undefined;
  /** Longest wait for one answer. @default by tier and server */
  readonly timeoutMs?: number | undefined;
  /** Called with what each answer's headers say about limits. */
  readonly onLimits?: ((request: ModelRequest, report: LimitReport) => void) | undefined;
}

export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What a vendor says of a model. */
export interface ModelFacts {
  /** Day from which the model does not answer any more, as YYYY-MM-DD. */
  readonly shutdownDate?: string | undefined;
}

export interface Provider {
  readonly name: ProviderName;
  /** True for the built-in writer. */
  readonly isFree: boolean;
  /** True for servers on a machine of the user's own, whose calls cost nothing. */
  readonly isLocal?: boolean;
  /** Environment variables that may hold the key, the strongest first; empty where none is needed. */
  readonly keyNames: readonly string[];
  /** Other environment variables that the vendor's tools know, such as OPENAI_PROJECT_ID. */
  readonly accountNames?: readonly string[];
  /** The setting that names another server of the vendor's API. */
  readonly baseUrlSetting?: 'baseUrl' | 'geminiBaseUrl' | 'anthropicBaseUrl';
  /** True for servers of another vendor's API: the setting for its address does not choose them. */
  readonly isPreset?: boolean;
  /** Host of the vendor itself; any other one is a server of the user's own, which needs no key. */
  readonly host?: string;
  /** Absent where only the user knows which model is there. */
  readonly defaultModel?: string;
  /** How calls can be bought here. */
  readonly tiers: readonly Tier[];
  /** The vendor's name in the price list. */
  readonly priceList?: string;
  /** True where the largest output counts against the tokens a minute when a request is admitted. */
  readonly limitCountsOutput: boolean;
  /** The effort that a model is really given, which decides how much room its thoughts need. @default the one that is set */
  readonly effortOf?: (model: string, asked: ReasoningEffort | undefined) => ReasoningEffort | undefined;
  readonly create: (options: ModelOptions) => LanguageModel;
  /** Absent where the vendor has no batches. */
  readonly createBatch?: (options: ModelOptions) => BatchLanguageModel;
  /** Asks for the model's description, which is free: the key is accepted and the model is there. Throws `PROVIDER_…` as any call would. */
  readonly check?: (address: ModelAddress, options: CheckOptions) => Promise<ModelFacts>;
}
