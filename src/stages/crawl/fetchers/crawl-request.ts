/** What goes through the chain of fetchers inside the crawl: a request that knows who waits for it. */

import type { Emit, FetchRequest, FetchResponse } from '../../../core/ports.ts';
import type { Entry } from '../../../core/types.ts';
import type { AiSignal } from '../policy/ai-policy.ts';
import type { ChainCookies } from './chain-cookies.ts';

/** What a crawler lends to one read. */
export interface ReadContext {
  readonly emit: Emit;
  /** Gives the read's place among the requests in flight to another one while `wait` lasts, and takes a place again after it. */
  park<T>(wait: () => Promise<T>): Promise<T>;
  /** Told where a redirect leads before that is asked for; throws `DUPLICATE` where the page is in this crawl already. */
  onRedirect?(url: string): void;
}

export interface CrawlRequest extends Omit<FetchRequest, 'timeoutMs' | 'maxRedirects'> {
  readonly context: ReadContext;
  /** The entry whose page this is; absent for robots.txt and tdmrep.json. */
  readonly entry?: Entry;
  /** Cookies of the chain that this request belongs to. */
  readonly cookies?: ChainCookies;
  /** Which try this is, 1-based. */
  readonly attempt: number;
}

export interface CrawlResponse extends FetchResponse {
  readonly fromCache: boolean;
  readonly stale: boolean;
  /** Milliseconds since the epoch at which the origin gave or confirmed the body. */
  readonly fetchedAt: number;
  /** What the site said of AI use before the page was asked for. */
  readonly signals?: readonly AiSignal[];
}

export interface CrawlFetcher {
  fetch(request: CrawlRequest, signal: AbortSignal): Promise<CrawlResponse>;
}

/** Host and port: what limits, delays and health are counted by. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
