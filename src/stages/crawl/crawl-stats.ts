/** Statistics of a crawl, per host and total, reduced from its events. */

import type { EventBody } from '../../core/ports.ts';

export interface HostCrawlStats {
  /** Finished entries: pages, failures and skips. */
  readonly entries: number;
  readonly pages: number;
  readonly failures: number;
  readonly skips: number;
  /** Pages ÷ (pages + failures); 1 when there were neither. */
  readonly successRate: number;
  readonly cacheHits: number;
  readonly staleHits: number;
  /** Decompressed bytes of pages from the network. */
  readonly bytes: number;
  /** Requests sent for pages, retries included. */
  readonly requests: number;
  /** `retries[n]`: entries that were retried n times, n from 1. */
  readonly retries: Readonly<Record<number, number>>;
  readonly robotsRefusals: number;
  readonly policyRefusals: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Milliseconds of pages from the network; undefined before the first. */
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
}

export interface CrawlStats extends HostCrawlStats {
  readonly hosts: Readonly<Record<string, HostCrawlStats>>;
}

export interface CrawlStatsCollector {
  record(event: EventBody): void;
  /** A page was delivered; a read that turns out to be a duplicate is not counted. */
  addPage(url: string): void;
  snapshot(): CrawlStats;
}

type EventOf<T extends EventBody['type']> = Extract<EventBody, { type: T }>;

interface Tally {
  pages: number;
  failures: number;
  skips: number;
  cacheHits: number;
  staleHits: number;
  bytes: number;
  requests: number;
  retries: Record<number, number>;
  errors: Record<string, number>;
  latencies: number[];
  /** Total number of latencies so far. */
  measured: number;
}

/** Number of latest latencies kept for percentiles, to bound memory. */
const KEPT_LATENCIES = 2048;
const REFUSED_BY_ROBOTS = new Set(['ROBOTS_DENIED', 'ROBOTS_UNREACHABLE']);
const REFUSED_BY_POLICY = new Set(['POLICY_DENIED', 'POLICY_UNREACHABLE']);

export function createCrawlStats(): CrawlStatsCollector {
  const whole = emptyTally();
  const hosts = new Map<string, Tally>();
  /** Attempts of unfinished entries. */
  const tries = new Map<string, number>();

  function tallies(url: string): readonly Tally[] {
    const host = URL.canParse(url) ? new URL(url).host : '';
    let own = hosts.get(host);
    if (own === undefined) {
      own = emptyTally();
      hosts.set(host, own);
    }
    return [whole, own];
  }

  function endTries(url: string): void {
    const retried = (tries.get(url) ?? 1) - 1;
    tries.delete(url);
    if (retried > 0) for (const tally of tallies(url)) tally.retries[retried] = (tally.retries[retried] ?? 0) + 1;
  }

  function addStart({ url, attempt }: EventOf<'page:start'>): void {
    for (const tally of tallies(url)) tally.requests += 1;
    tries.set(url, Math.max(tries.get(url) ?? 1, attempt));
  }

  function addEnd(page: EventOf<'page:end'>): void {
    for (const tally of tallies(page.url)) addRead(tally, page);
    endTries(page.url);
  }

  function addFailure({ type, failure: { url, code } }: EventOf<'entry:fail'> | EventOf<'entry:skip'>): void {
    for (const tally of tallies(url)) {
      if (type === 'entry:fail') tally.failures += 1;
      else tally.skips += 1;
      tally.errors[code] = (tally.errors[code] ?? 0) + 1;
    }
    endTries(url);
  }

  return {
    record(event) {
      if (event.type === 'page:start') addStart(event);
      else if (event.type === 'page:end') addEnd(event);
      else if (event.type === 'entry:fail' || event.type === 'entry:skip') addFailure(event);
    },
    addPage(url) {
      for (const tally of tallies(url)) tally.pages += 1;
    },
    snapshot() {
      return {
        ...summarise(whole),
        hosts: Object.fromEntries(Array.from(hosts, ([host, tally]) => [host, summarise(tally)])),
      };
    },
  };
}

function addRead(tally: Tally, page: EventOf<'page:end'>): void {
  if (page.stale) tally.staleHits += 1;
  if (page.fromCache) {
    tally.cacheHits += 1;
    return;
  }
  tally.bytes += page.bytes;
  tally.latencies[tally.measured % KEPT_LATENCIES] = page.ms;
  tally.measured += 1;
}

function summarise(tally: Tally): HostCrawlStats {
  const { pages, failures, skips, cacheHits, staleHits, bytes, requests } = tally;
  const sorted = [...tally.latencies].sort((a, b) => a - b);
  const refused = (codes: ReadonlySet<string>) =>
    Object.entries(tally.errors).reduce((sum, [code, count]) => (codes.has(code) ? sum + count : sum), 0);
  return {
    entries: pages + failures + skips,
    pages,
    failures,
    skips,
    successRate: pages + failures === 0 ? 1 : pages / (pages + failures),
    cacheHits,
    staleHits,
    bytes,
    requests,
    retries: { ...tally.retries },
    robotsRefusals: refused(REFUSED_BY_ROBOTS),
    policyRefusals: refused(REFUSED_BY_POLICY),
    errors: { ...tally.errors },
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
  };
}

/** Nearest rank. */
function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

function emptyTally(): Tally {
  return {
    pages: 0,
    failures: 0,
    skips: 0,
    cacheHits: 0,
    staleHits: 0,
    bytes: 0,
    requests: 0,
    retries: {},
    errors: {},
    latencies: [],
    measured: 0,
  };
}
