/** One error class, one table of codes. Retryability is data, set where the cause is known. */

export interface ErrorCodeSpec {
  /** Exit code of a run that this error stops. */
  readonly exitCode: number;
  readonly retryable: boolean;
  readonly meaning: string;
}

export const ERROR_CODES = {
  USAGE: { exitCode: 2, retryable: false, meaning: 'The command line is invalid.' },
  CONFIG_INVALID: { exitCode: 2, retryable: false, meaning: 'A setting is unknown or has a wrong value.' },
  LIST_MISSING: { exitCode: 2, retryable: false, meaning: 'The list of URLs could not be read.' },
  LIST_EMPTY: { exitCode: 2, retryable: false, meaning: 'The list is empty.' },
  LIST_INVALID: { exitCode: 2, retryable: false, meaning: 'Some lines of the list cannot be parsed.' },
  OUTPUT_UNWRITABLE: { exitCode: 2, retryable: false, meaning: 'The output or state folder cannot be written.' },
  DISK_FULL: { exitCode: 5, retryable: false, meaning: 'The disk is full or a quota is reached.' },
  STATE_LOCKED: { exitCode: 75, retryable: true, meaning: 'Another run is using this project.' },
  STATE_BROKEN: { exitCode: 5, retryable: false, meaning: 'The state file is damaged or cannot be opened.' },
  STATE_NEWER: { exitCode: 5, retryable: false, meaning: 'The state file was written by a newer version of blogger.' },
  BATCH_GONE: { exitCode: 3, retryable: false, meaning: 'The vendor no longer has a batch, or its answers.' },
  BATCH_PENDING: { exitCode: 75, retryable: true, meaning: 'A vendor batch is not finished yet.' },
  STORE_UNREACHABLE: { exitCode: 5, retryable: true, meaning: 'A required store does not respond.' },
  URL_REFUSED: { exitCode: 3, retryable: false, meaning: 'The address may not be crawled with these settings.' },
  ROBOTS_DENIED: { exitCode: 3, retryable: false, meaning: 'robots.txt forbids the page.' },
  ROBOTS_UNREACHABLE: {
    exitCode: 3,
    retryable: true,
    meaning: 'robots.txt could not be read, so the host is not crawled (RFC 9309).',
  },
  POLICY_DENIED: { exitCode: 3, retryable: false, meaning: 'The site reserves its text from AI use.' },
  POLICY_UNREACHABLE: {
    exitCode: 3,
    retryable: true,
    meaning: 'The AI policy of the site could not be read, so its pages are not used.',
  },
  FETCH_FAILED: { exitCode: 3, retryable: true, meaning: 'The page could not be fetched.' },
  FETCH_TIMEOUT: { exitCode: 3, retryable: true, meaning: 'The page took too long.' },
  HTTP_STATUS: { exitCode: 3, retryable: false, meaning: 'The server answered with an error status.' },
  HOST_UNHEALTHY: {
    exitCode: 3,
    retryable: true,
    meaning:
      'The host failed too often, or asked to be left alone longer than a run waits; its remaining entries were skipped.',
  },
  TOO_LARGE: { exitCode: 3, retryable: false, meaning: 'The page is larger than allowed.' },
  TOO_MANY_REDIRECTS: { exitCode: 3, retryable: false, meaning: 'The page redirects too often or in a circle.' },
  NEEDS_BROWSER: {
    exitCode: 3,
    retryable: false,
    meaning: 'The page needs JavaScript, and no browser was found to render it.',
  },
  RENDER_FAILED: { exitCode: 3, retryable: false, meaning: 'The browser could not render the page.' },
  UNSUPPORTED_TYPE: { exitCode: 3, retryable: false, meaning: 'The document is of a type that cannot be read.' },
  EXTRACT_FAILED: { exitCode: 3, retryable: false, meaning: 'No article could be extracted from the page.' },
  NOT_AN_ARTICLE: {
    exitCode: 3,
    retryable: false,
    meaning: 'The page is not an article but an error page, consent wall, listing or paywall teaser.',
  },
  THIN_SOURCE: { exitCode: 3, retryable: false, meaning: 'The page has too little text to write from.' },
  DUPLICATE: { exitCode: 0, retryable: false, meaning: 'The same or nearly the same text is already in this run.' },
  POST_KEPT: {
    exitCode: 0,
    retryable: false,
    meaning: 'A person approved, edited, rejected or deleted the post, so it is not rewritten when its sources change.',
  },
  PROVIDER_AUTH: { exitCode: 4, retryable: false, meaning: 'The model provider refused the credentials.' },
  PROVIDER_KEY_MISSING: { exitCode: 4, retryable: false, meaning: 'No key is set for the named provider.' },
  PROVIDER_REQUEST: { exitCode: 3, retryable: false, meaning: 'The provider refused the request.' },
  PROVIDER_MODEL: {
    exitCode: 5,
    retryable: false,
    meaning: 'The provider does not know this model or gives no access to it.',
  },
  PROVIDER_ADDRESS: { exitCode: 5, retryable: false, meaning: 'No model answers at this address.' },
  PROVIDER_PAUSED: {
    exitCode: 75,
    retryable: false,
    meaning: 'The provider asks for a longer wait than a run allows; run again later.',
  },
  PROVIDER_RATE_LIMITED: { exitCode: 5, retryable: true, meaning: 'The rate limit of the provider is reached.' },
  PROVIDER_QUOTA: { exitCode: 5, retryable: false, meaning: 'The quota or credit at the provider is used up.' },
  PROVIDER_OVERLOADED: { exitCode: 5, retryable: true, meaning: 'The provider is overloaded or failing.' },
  PROVIDER_UNKNOWN_OUTCOME: {
    exitCode: 3,
    retryable: false,
    meaning: 'A call ended without an answer and may have been paid for, so it is not repeated in the same run.',
  },
  REPLY_TRUNCATED: { exitCode: 3, retryable: true, meaning: 'The answer was cut off at the output limit.' },
  REPLY_REFUSED: { exitCode: 3, retryable: false, meaning: 'The model declined to answer.' },
  REPLY_INVALID: { exitCode: 3, retryable: true, meaning: 'The answer has the wrong shape.' },
  CHECK_FAILED: { exitCode: 3, retryable: false, meaning: 'The post did not pass the checks.' },
  UNGROUNDED: {
    exitCode: 3,
    retryable: false,
    meaning: 'The post states figures, dates or quotes that are not in its sources.',
  },
  PICTURE_FAILED: {
    exitCode: 3,
    retryable: false,
    meaning: 'The picture of the post could not be made; the post is saved as a draft.',
  },
  PRICE_UNKNOWN: {
    exitCode: 2,
    retryable: false,
    meaning: 'A money cap is set but the price of the model is unknown.',
  },
  BUDGET_REACHED: { exitCode: 5, retryable: false, meaning: 'The money cap of the run is reached.' },
  JOB_CANCELLED: { exitCode: 3, retryable: false, meaning: 'The job was cancelled.' },
  JOB_REFUSED: {
    exitCode: 3,
    retryable: false,
    meaning: 'A job of the shared queue, or its answer, is not signed with the key of the project.',
  },
  QUEUE_FULL: { exitCode: 5, retryable: true, meaning: 'The job queue is full.' },
  TARGET_AUTH: { exitCode: 4, retryable: false, meaning: 'A target refused the credentials, or none are set.' },
  TARGET_REFUSED: { exitCode: 3, retryable: false, meaning: 'A target refused the request.' },
  TARGET_UNREACHABLE: {
    exitCode: 5,
    retryable: true,
    meaning: 'A target does not respond, or asks for a later retry.',
  },
  TARGET_CHANGED: { exitCode: 3, retryable: false, meaning: 'The post was changed or deleted at the target.' },
  TARGET_VOLUME: {
    exitCode: 2,
    retryable: false,
    meaning: 'A first run would send many posts to a target at once, and this was not confirmed.',
  },
  FRONT_MATTER_BROKEN: { exitCode: 2, retryable: false, meaning: 'The front matter of a post cannot be parsed.' },
  NOT_FOUND: { exitCode: 2, retryable: false, meaning: 'The named run, post, job or file does not exist.' },
  BUG: { exitCode: 1, retryable: false, meaning: 'A bug in blogger.' },
} as const satisfies Record<string, ErrorCodeSpec>;

export type ErrorCode = keyof typeof ERROR_CODES;

const BRAND = Symbol.for('ai-seo-blogger.error');

export interface BloggerErrorOptions {
  readonly code: ErrorCode;
  /** What the user can do about it. */
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** Overrides the table when the cause is known more precisely. */
  readonly retryable?: boolean;
  /** Milliseconds to wait before a retry, when the server stated them. */
  readonly retryAfterMs?: number;
}

/** The only error class that blogger throws on purpose. `message` says what happened and why, `hint` what to do. */
export class BloggerError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly [BRAND] = true;

  constructor(message: string, options: BloggerErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'BloggerError';
    this.code = options.code;
    this.hint = options.hint;
    this.details = options.details ?? {};
    this.retryable = options.retryable ?? ERROR_CODES[options.code].retryable;
    this.retryAfterMs = options.retryAfterMs;
  }

  get exitCode(): number {
    return ERROR_CODES[this.code].exitCode;
  }

  /** True for errors of any loaded copy of this library. */
  static is(value: unknown): value is BloggerError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** True for the error that an aborted signal throws; it is rethrown unchanged, never wrapped or retried. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The part of an error that is stored and shown: code, message and hint, and whether a retry helps where the code alone does not tell. */
export function reasonOf({ code, message, hint, retryable }: BloggerError): {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly retryable?: boolean;
} {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(retryable === ERROR_CODES[code].retryable ? {} : { retryable }),
  };
}
