export interface VendorCall {
  readonly n: number;
  readonly at: number;
  readonly vendor: 'openai' | 'gemini' | 'anthropic';
  readonly kind:
    | 'live'
    | 'batch-row'
    | 'batch-create'
    | 'batch-poll'
    | 'batch-list'
    | 'batch-cancel'
    | 'file-upload'
    | 'file-read'
    | 'refused';
  readonly model?: string;
  readonly tier?: string;
  readonly status?: number;
  /** A vendor would charge for it. */
  readonly billed: boolean;
  /** It left the server whole. */
  readonly delivered: boolean;
  readonly prompt?: string;
  readonly promptHash?: string;
  readonly batchId?: string;
  readonly rowId?: string;
  readonly shard?: string;
  readonly fault?: string;
  readonly retryCount?: number;
  readonly maxOutputTokens?: number;
  readonly usage?: Readonly<Record<string, unknown>>;
}

export interface VendorFault {
  readonly kind:
    | 'reset-before'
    | 'reset-after'
    | 'no-id'
    /** 404, of a batch or its file. */
    | 'gone'
    | 'empty-list'
    | 'redirect'
    | 'file-not-ready'
    | 'reset-mid'
    | 'hang'
    | 'status'
    | 'rate-limit'
    | 'quota'
    | 'auth'
    | 'overloaded'
    | 'html-5xx'
    | 'resource-unavailable'
    | 'error-at-200'
    | 'truncate'
    | 'empty-truncate'
    | 'refusal'
    | 'safety'
    | 'recitation'
    | 'blocked'
    | 'broken-json'
    | 'fenced'
    | 'empty'
    | 'text'
    | 'no-usage';
  /** Calls that meet it. @default 1 */
  readonly times?: number;
  /** Chance with which a call meets it. @default 1 */
  readonly chance?: number;
  /** Only prompts that hold this text. */
  readonly match?: string;
  /** @default 'live' */
  readonly on?: 'live' | 'batch-row' | 'batch-create' | 'batch-read';
  readonly vendor?: 'openai' | 'gemini' | 'anthropic';
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number;
  readonly text?: string;
}

/** What happens to the next batch that is created. */
export interface BatchPlan {
  readonly end?: 'completed' | 'expired' | 'failed' | 'cancelled';
  /** Rows that get done before it ends. @default all */
  readonly rows?: number;
  /** Rows that end as errors. */
  readonly failRows?: readonly number[] | 'all';
  /** Such as `token_limit_exceeded`, refused at once. */
  readonly code?: string;
  readonly message?: string;
  /** Absent output and error files are named by an empty string instead of null. */
  readonly emptyIds?: boolean;
  /** Nothing moves until `batches.finish()`. */
  readonly hold?: boolean;
}

export interface VendorPrompt {
  readonly system: string;
  readonly user: string;
  readonly schema: unknown;
  readonly maxOutputTokens: number;
  readonly model: string;
  readonly vendor: 'openai' | 'gemini' | 'anthropic';
}

export interface VendorServerOptions {
  /** @default a free one */
  port?: number;
  /** @default 127.0.0.1 */
  address?: string;
  seed?: number;
  latencyMs?: number | ((n: number) => number);
  /** Continuous token buckets per model; `burstMs` is how much they hold (@default 60000), `timeScale` makes a minute shorter. */
  limits?: {
    readonly requestsPerMinute?: number;
    readonly tokensPerMinute?: number;
    readonly burstMs?: number;
    readonly timeScale?: number;
  };
  /** The model's answer to a prompt. @default a post made from the source in the prompt, in the shape of the schema */
  answer?: (prompt: VendorPrompt) => unknown;
  /** Keys that are accepted. @default any */
  apiKeys?: readonly string[];
  faults?: readonly VendorFault[];
  batch?: {
    readonly durationMs?: number;
    readonly enqueuedTokenLimit?: number;
    readonly hold?: boolean;
    /** Larger files are refused with 413. */
    readonly mostFileBytes?: number;
    /** A batch ends before it is cancelled, which is then refused. */
    readonly endsOnCancel?: boolean;
  };
  /** Behave like a compatible server (Ollama, vLLM, llama.cpp, OpenRouter) instead of OpenAI. */
  compatible?: {
    readonly noUsage?: boolean;
    readonly fenced?: boolean;
    readonly reasoningContent?: boolean;
    readonly refuses?: readonly string[];
  };
  /** Every call also goes to this file, one JSON object a line. */
  logFile?: string;
}

export interface VendorServer extends AsyncDisposable {
  readonly url: string;
  readonly openaiBaseUrl: string;
  readonly geminiBaseUrl: string;
  readonly anthropicBaseUrl: string;
  readonly log: {
    readonly calls: readonly VendorCall[];
    billed(): readonly VendorCall[];
    paidTwice(): readonly { readonly promptHash: string; readonly count: number }[];
    of(kind: VendorCall['kind']): readonly VendorCall[];
  };
  readonly options: VendorServerOptions;
  fault(...faults: readonly VendorFault[]): void;
  clearFaults(): void;
  readonly batches: {
    list(): readonly {
      readonly vendor: string;
      readonly id: string;
      readonly state: string;
      readonly shard?: string;
      readonly total: number;
      readonly done: number;
      readonly failed: number;
    }[];
    script(plan: BatchPlan): void;
    /** As if it had never known a batch. */
    forget(): void;
    finish(how?: {
      readonly id?: string;
      readonly end?: 'in_progress' | 'completed' | 'expired' | 'failed' | 'cancelled';
      readonly rows?: number;
    }): void;
  };
  close(): Promise<void>;
}

export function startVendorServer(options?: VendorServerOptions): Promise<VendorServer>;
