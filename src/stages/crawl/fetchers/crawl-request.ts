/** A request in the fetcher chain of the crawl, with its context. */

import type { Emit, FetchRequest, FetchResponse } from '../../../core/ports.ts';
import type { Entry } from '../../../core/types.ts';
import type { AiSignal } from '../policy/ai-policy.ts';
import type { ChainCookies } from './chain-cookies.ts';

/** Context that the crawler passes to one read. */
export interface ReadContext {
  readonly emit: Emit;
  /** Releases the read's concurrency slot during `wait` and takes a slot again afterwards. */
  park<T>(wait: () => Promise<T>): Promise<T>;
  /** Called with the target of a redirect before it is requested; throws `DUPLICATE` when this crawl already has the page. */
  onRedirect?(url: string): void;
}

export interface CrawlRequest extends Omit<FetchRequest, 'timeoutMs' | 'maxRedirects'> {
  readonly context: ReadContext;
  /** The entry whose page this is; absent for robots.txt and tdmrep.json. */
  readonly entry?: Entry;
  /** Cookies of the chain that this request belongs to. */
  readonly cookies?: ChainCookies;
  /** Attempt number, 1-based. */
  readonly attempt: number;
}

export interface CrawlResponse extends FetchResponse {
  readonly fromCache: boolean;
  readonly stale: boolean;
  /** Where permanent redirects (301, 308) lead, up to the first other one. */
  readonly movedTo?: string;
  /** Milliseconds since the epoch at which the origin gave or confirmed the body. */
  readonly fetchedAt: number;
  /** AI policy signals known before the page was requested. */
  readonly signals?: readonly AiSignal[];
}

export interface CrawlFetcher {
  fetch(request: CrawlRequest, signal: AbortSignal): Promise<CrawlResponse>;
}

/** Host and port: the key of limits, delays and health. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
