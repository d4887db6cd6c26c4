/** What a vendor's headers say about its limits. */

export interface LimitReport {
  readonly requests?: LimitState;
  readonly tokens?: LimitState;
}

export interface LimitState {
  /** A minute's worth. */
  readonly limit: number;
  /** What is left now, this request counted. */
  readonly remaining: number;
}

interface HeaderBag {
  get(name: string): string | null;
}

/** Reads OpenAI's `x-ratelimit-limit-requests` and Anthropic's `anthropic-ratelimit-requests-limit`, and their kin; undefined where a server sends none. */
export function readLimitHeaders(headers: HeaderBag): LimitReport | undefined {
  const requests = readState(headers, 'requests');
  const tokens = readState(headers, 'tokens');
  if (requests === undefined && tokens === undefined) return undefined;
  return { ...(requests === undefined ? {} : { requests }), ...(tokens === undefined ? {} : { tokens }) };
}

function readState(headers: HeaderBag, kind: 'requests' | 'tokens'): LimitState | undefined {
  const read = (what: 'limit' | 'remaining') => {
    const name = kind === 'tokens' ? 'input-tokens' : kind;
    return Number(
      headers.get(`x-ratelimit-${what}-${kind}`) ?? headers.get(`anthropic-ratelimit-${name}-${what}`) ?? Number.NaN,
    );
  };
  const limit = read('limit');
  const remaining = read('remaining');
  return limit > 0 && remaining >= 0 ? { limit, remaining } : undefined;
}
