/** Turns an entry into its page. The order of the wrappers is the order of the manners. */

import { describeVerdict } from '../../core/policy.ts';
import type { Clock, Emit, Fetcher, KeyValueStore, PageReader, Random } from '../../core/ports.ts';
import type { Entry, Page } from '../../core/types.ts';
import { admittingFetcher } from './fetchers/admitting-fetcher.ts';
import { cachedFetcher } from './fetchers/cached-fetcher.ts';
import {
  type CrawlFetcher,
  type CrawlRequest,
  type CrawlResponse,
  hostOf,
  type ReadContext,
} from './fetchers/crawl-request.ts';
import { gatedFetcher } from './fetchers/gated-fetcher.ts';
import { redirectingFetcher } from './fetchers/redirecting-fetcher.ts';
import { retryingFetcher, statusError } from './fetchers/retrying-fetcher.ts';
import { singleFlight } from './fetchers/single-flight.ts';
import { createHostGate } from './hosts/host-gate.ts';
import type { HostLimits } from './hosts/host-limits.ts';
import { readLocalFile } from './local-file.ts';
import { type AiPolicySetting, type AiSignal, isReserved, policyError } from './policy/ai-policy.ts';
import { createTdmrep } from './policy/tdmrep.ts';
import { createRobots } from './robots/robots.ts';
import { mayBeReadable } from './text/media-type.ts';
import { toPage } from './to-page.ts';

export interface PageReaderSettings {
  readonly perHost: number;
  readonly delayMs: number;
  readonly maxDelayMs: number;
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Longest time that a page is used without asking its host again. */
  readonly cacheTtlMs: number;
  /** robots.txt is obeyed. */
  readonly robots: boolean;
  readonly aiPolicy: AiPolicySetting;
  /** The product token; the header itself is the fetcher's. */
  readonly userAgent: string;
}

export interface PageReaderOptions {
  readonly fetcher: Fetcher;
  readonly store: KeyValueStore;
  /** Borrowed; whoever opened them closes them. */
  readonly limits: HostLimits;
  readonly settings: PageReaderSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
  /** Reads the file of a `file://` entry; absent: such entries are refused. */
  readonly readFile?: (path: string) => Promise<Uint8Array>;
}

/** A `PageReader` that a crawler can lend a place and an ear to; without them it works alone. */
export interface CrawlPageReader extends PageReader {
  read(entry: Entry, signal: AbortSignal, context?: ReadContext): Promise<Page>;
  /** Fetches a list, sitemap or feed by the same rules as a page, without its cache; any status below 500 but 429 is an answer. */
  fetchList(request: Pick<CrawlRequest, 'url' | 'maxBytes' | 'headers'>, signal: AbortSignal): Promise<CrawlResponse>;
}

const ACCEPT = 'text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.8,*/*;q=0.1';
const ACCEPT_LIST =
  'application/rss+xml,application/atom+xml,application/feed+json,application/xml,text/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5';
const MAX_ROBOTS_REDIRECTS = 5; // RFC 9309 §2.3.1.2

/** Reads throw `ROBOTS_DENIED`, `POLICY_DENIED`, `UNSUPPORTED_TYPE`, `HTTP_STATUS`, `HOST_UNHEALTHY`, `ROBOTS_UNREACHABLE`, `POLICY_UNREACHABLE`, `TOO_MANY_REDIRECTS` and what the fetcher throws. */
export function createPageReader(options: PageReaderOptions): CrawlPageReader {
  const { settings, emit, readFile } = options;
  const { pages, lists } = politeFetchers(options);
  const alone: ReadContext = { emit, park: (wait) => wait() };
  const warnOnce = createPolicyWarning();

  function request(entry: Entry, signal: AbortSignal, context: ReadContext): Promise<CrawlResponse> {
    const { maxBytes } = settings;
    if (entry.url.startsWith('file:')) return readLocalFile(entry.url, { readFile, maxBytes, clock: options.clock });
    return pages.fetch(
      { url: withoutFragment(entry.url), context, entry, attempt: 1, maxBytes, headers: { accept: ACCEPT }, wantsBody },
      signal,
    );
  }

  return {
    fetchList: (list, signal) =>
      lists.fetch({ ...list, context: alone, attempt: 1, headers: { accept: ACCEPT_LIST, ...list.headers } }, signal),
    async read(entry, signal, context = alone) {
      const response = await request(entry, signal, context);
      if (response.status < 200 || response.status > 299) throw statusError(response.finalUrl, response.status);
      const { page, signals } = toPage(entry, response, settings);
      if (!page.policy.allowed) throw policyError(page.finalUrl, page.policy);
      if (settings.aiPolicy === 'warn') warnOnce(page, signals, context.emit);
      context.emit({ type: 'page:end', ...pageEvent(page) });
      return page;
    },
  };
}

/** One request leaves by the gate; around it the tries; around them the store, the sharing, the site's own word, and the redirects. */
function politeFetchers({ fetcher, store, limits, settings, clock, random }: PageReaderOptions): {
  readonly pages: CrawlFetcher;
  readonly lists: CrawlFetcher;
} {
  const gate = createHostGate({ ...settings, limits, clock });
  const polite = retryingFetcher(gatedFetcher(fetcher, { ...settings, gate, clock }), { ...settings, clock, random });
  const wellKnown = redirectingFetcher(polite, { maxRedirects: MAX_ROBOTS_REDIRECTS });
  const site = {
    robots: createRobots({
      fetcher: wellKnown,
      store,
      gate,
      clock,
      userAgent: settings.userAgent,
      obey: settings.robots,
    }),
    tdmrep: createTdmrep({ fetcher: wellKnown, store, clock }),
  };
  const kept = singleFlight(cachedFetcher(polite, { store, ttlMs: settings.cacheTtlMs, clock }));
  const obeyRobots = settings.robots;
  return {
    pages: redirectingFetcher(admittingFetcher(kept, { ...site, obeyRobots, aiPolicy: settings.aiPolicy }), settings),
    // A list is read for its addresses: what a site says of AI use is judged for each page.
    lists: redirectingFetcher(admittingFetcher(polite, { ...site, obeyRobots, aiPolicy: 'ignore' }), settings),
  };
}

/** Fragments are never sent; the page keeps its own (see `toPage`). */
function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

function wantsBody({
  status,
  headers,
}: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}): boolean {
  return status >= 200 && status < 300 && mayBeReadable(headers['content-type']);
}

function createPolicyWarning(): (page: Page, signals: readonly AiSignal[], emit: Emit) => void {
  const warned = new Set<string>();
  return ({ finalUrl, policy }, signals, emit) => {
    const host = hostOf(finalUrl);
    if (!isReserved(signals) || warned.has(host)) return;
    warned.add(host);
    emit({
      type: 'run:warning',
      code: 'POLICY_DENIED',
      message: `${host} reserves its text from AI use (${policy.source ?? ''}); it is used all the same`,
      hint: 'Set aiPolicy to respect (--ai-policy respect) to leave such pages out.',
    });
  };
}

function pageEvent({ url, finalUrl, httpStatus, bytes, ms, fromCache, stale = false, policy }: Page) {
  return {
    url,
    host: hostOf(finalUrl),
    finalUrl,
    httpStatus,
    bytes,
    ms,
    fromCache,
    stale,
    policy: describeVerdict(policy),
  };
}
