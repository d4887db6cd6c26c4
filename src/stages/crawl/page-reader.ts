/** Turns an entry into its page. The order of the fetchers is the order of the politeness rules. */

import { LRUCache } from 'lru-cache';
import { BloggerError } from '../../core/errors.ts';
import { describeVerdict } from '../../core/policy.ts';
import type { Clock, Emit, Fetcher, KeyValueStore, PageReader, PageRenderer, Random } from '../../core/ports.ts';
import type { Entry, Page } from '../../core/types.ts';
import { plural } from '../../util/text/plural.ts';
import { admittingFetcher } from './fetchers/admitting-fetcher.ts';
import { cachedFetcher } from './fetchers/cached-fetcher.ts';
import { createChainCookies } from './fetchers/chain-cookies.ts';
import {
  type CrawlFetcher,
  type CrawlRequest,
  type CrawlResponse,
  hostOf,
  type ReadContext,
} from './fetchers/crawl-request.ts';
import { gatedFetcher } from './fetchers/gated-fetcher.ts';
import { redirectError, redirectingFetcher } from './fetchers/redirecting-fetcher.ts';
import { retryingFetcher, statusError } from './fetchers/retrying-fetcher.ts';
import { singleFlight } from './fetchers/single-flight.ts';
import { createHostGate } from './hosts/host-gate.ts';
import type { HostLimits } from './hosts/host-limits.ts';
import { readLocalFile } from './local-file.ts';
import { nextDocument } from './next-document.ts';
import { type AiPolicySetting, type AiSignal, isReserved, policyError } from './policy/ai-policy.ts';
import { createTdmrep } from './policy/tdmrep.ts';
import { createDrawing, type RenderSetting } from './render/draw-document.ts';
import { createRobots } from './robots/robots.ts';
import { mayBeReadable } from './text/media-type.ts';
import { type ReadDocument, toPage } from './to-page.ts';

export interface PageReaderSettings {
  readonly perHost: number;
  readonly delayMs: number;
  readonly maxDelayMs: number;
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Maximum time that a page is used without revalidation. */
  readonly cacheTtlMs: number;
  /** Obey robots.txt. */
  readonly robots: boolean;
  readonly aiPolicy: AiPolicySetting;
  /** When scripts of pages are run. */
  readonly render: RenderSetting;
  /** The product token; the header itself is the fetcher's. */
  readonly userAgent: string;
}

export interface PageReaderOptions {
  readonly fetcher: Fetcher;
  readonly store: KeyValueStore;
  /** Not owned; the caller closes it. */
  readonly limits: HostLimits;
  readonly settings: PageReaderSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
  /** Renders pages of scripts; absent: pages are read without scripts. */
  readonly renderer?: PageRenderer;
  /** Reads the file of a `file://` entry; absent: such entries are refused. */
  readonly readFile?: (path: string) => Promise<Uint8Array>;
}

/** A `PageReader` that takes an optional crawl context (concurrency slots, events). */
export interface CrawlPageReader extends PageReader {
  read(entry: Entry, signal: AbortSignal, context?: ReadContext): Promise<Page>;
  /** Fetches a list, sitemap, feed or picture by the same rules as a page, without its cache; statuses below 500 except 429 do not throw. */
  fetchList(request: Pick<CrawlRequest, 'url' | 'maxBytes' | 'headers'>, signal: AbortSignal): Promise<CrawlResponse>;
}

const ACCEPT = 'text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.8,*/*;q=0.1';
const ACCEPT_LIST =
  'application/rss+xml,application/atom+xml,application/feed+json,application/xml,text/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5';
const MAX_ROBOTS_REDIRECTS = 5; // RFC 9309 §2.3.1.2

/** Reads throw `ROBOTS_DENIED`, `POLICY_DENIED`, `UNSUPPORTED_TYPE`, `HTTP_STATUS`, `HOST_UNHEALTHY`, `ROBOTS_UNREACHABLE`, `POLICY_UNREACHABLE`, `TOO_MANY_REDIRECTS` and the fetcher's errors. */
export function createPageReader(options: PageReaderOptions): CrawlPageReader {
  const { settings, emit, readFile } = options;
  const { pages, lists } = politeFetchers(options);
  const alone: ReadContext = { emit, park: (wait) => wait() };
  const warnOnce = createPolicyWarning();
  const draw = createDrawing({ ...settings, renderer: options.renderer, pages });

  function request(url: string, chain: Chain, signal: AbortSignal): Promise<CrawlResponse> {
    const { maxBytes } = settings;
    if (url.startsWith('file:')) return readLocalFile(url, { readFile, maxBytes, clock: options.clock });
    return pages.fetch({ url, ...chain, attempt: 1, maxBytes, headers: { accept: ACCEPT }, wantsBody }, signal);
  }

  /** The document at the end of redirects, `Refresh` and frames; each hop passes robots, limits and policy like a redirect. */
  async function readDocument(entry: Entry, chain: Chain, signal: AbortSignal): Promise<ReadDocument> {
    const seen = new Set<string>();
    let ms = 0;
    for (let url = withoutFragment(entry.url); ; ) {
      seen.add(url);
      const response = await request(url, chain, signal);
      ms += response.ms;
      refuseStatus(response);
      const document = await toPage(entry, response, settings);
      const { page, signs } = document;
      if (!page.policy.allowed) throw policyError(page.finalUrl, page.policy);
      const next = signs === undefined ? undefined : nextDocument(signs, page.finalUrl, response.headers);
      if (next === undefined || seen.has(next)) return await drawn(document, { ...response, ms }, signal);
      if (seen.size > settings.maxRedirects)
        throw redirectError(
          `${entry.url} leads on more than ${plural(settings.maxRedirects, 'time')}, last to ${next}`,
        );
      chain.context.onRedirect?.(next);
      url = next;
    }
  }

  /** The document rendered by its scripts, with its AI policy checked again. */
  async function drawn(document: ReadDocument, response: CrawlResponse, signal: AbortSignal): Promise<ReadDocument> {
    const answer = await draw(document, response, signal);
    if (answer === undefined) return { ...document, page: { ...document.page, ms: response.ms } };
    const { page, ...rest } = await toPage(document.page.entry, answer, settings);
    if (!page.policy.allowed) throw policyError(page.finalUrl, page.policy);
    return { page: { ...page, bytes: document.page.bytes }, ...rest };
  }

  return {
    fetchList: (list, signal) =>
      lists.fetch({ ...list, context: alone, attempt: 1, headers: { accept: ACCEPT_LIST, ...list.headers } }, signal),
    async read(entry, signal, context = alone) {
      const chain = { entry, context, cookies: createChainCookies() };
      const { page, signals } = await readDocument(entry, chain, signal);
      if (settings.aiPolicy === 'warn') warnOnce(page, signals, context.emit);
      context.emit({ type: 'page:end', ...pageEvent(page) });
      return page;
    },
  };
}

type Chain = Required<Pick<CrawlRequest, 'entry' | 'context' | 'cookies'>>;

/** Throws `HTTP_STATUS` for an error status, and `FETCH_FAILED` for a partial page. */
function refuseStatus({ status, finalUrl, headers, body }: CrawlResponse): void {
  if (status < 200 || status > 299) throw statusError(finalUrl, status);
  if (status !== 206) return;
  const [, from, total] = /^bytes\s+(\d+)-\d+\/(\d+)/i.exec(headers['content-range'] ?? '') ?? [];
  if (Number(from) === 0 && Number(total) <= body.byteLength) return;
  throw new BloggerError(`${finalUrl} sent a part of the page only (status 206, ${headers['content-range'] ?? ''})`, {
    code: 'FETCH_FAILED',
  });
}

/** From inside out: host gate, retries, cache, single flight, admission (robots.txt, AI policy), redirects. */
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
    // A list is read for its addresses only; the AI policy is checked for each page.
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
  const warned = new LRUCache<string, true>({ max: 5000 });
  return ({ finalUrl, policy }, signals, emit) => {
    const host = hostOf(finalUrl);
    if (!isReserved(signals) || warned.has(host)) return;
    warned.set(host, true);
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
