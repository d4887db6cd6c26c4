import { z } from 'zod';
import { BloggerError } from '../../../core/errors.ts';
import type { Clock, KeyValueStore } from '../../../core/ports.ts';
import type { CrawlFetcher, CrawlResponse } from './crawl-request.ts';
import { conditionalHeaders, readCacheRules } from './freshness.ts';

export interface CachedFetcherOptions {
  readonly store: KeyValueStore;
  /** Maximum time that a response is used without revalidation. */
  readonly ttlMs: number;
  readonly clock: Clock;
}

const storedSchema = z.object({
  url: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  fetchedAt: z.number(),
});
type Stored = z.infer<typeof storedSchema>;

/** Retention of expired copies, for conditional requests or while the host is down. */
const KEEP_EXPIRED_MS = 30 * 24 * 3_600_000;
const KEPT_HEADERS = new Set(
  'content-type etag last-modified cache-control expires date age location link x-robots-tag content-usage content-signal tdm-reservation tdm-policy'.split(
    ' ',
  ),
);

/** HTTP cache: serves fresh responses from the store, revalidates stale ones, and serves the expired copy when the host does not respond. */
export function cachedFetcher(inner: CrawlFetcher, { store, ttlMs, clock }: CachedFetcherOptions): CrawlFetcher {
  /** Stores a cacheable response; any other response deletes the stored copy. `headers`: all response headers, including those that are not stored. */
  async function keep(
    url: string,
    answer: Stored,
    before: Stored | undefined,
    headers: Stored['headers'] = answer.headers,
  ): Promise<void> {
    const { store: mayStore, freshMs } = readCacheRules(answer.status, headers, ttlMs);
    if (mayStore) await store.set(keyOf(url), answer, { ttlMs: freshMs, staleMs: KEEP_EXPIRED_MS });
    else if (before !== undefined && answer.status < 500) await store.delete(keyOf(url));
  }

  return {
    async fetch(request, signal) {
      const stored = storedSchema.safeParse(await store.get(keyOf(request.url), { stale: true })).data;
      if (stored === undefined) {
        const response = await inner.fetch(request, signal);
        await keep(request.url, toStored(response), stored, { ...response.headers });
        return response;
      }
      const rules = readCacheRules(stored.status, stored.headers, ttlMs);
      if (clock.now() < stored.fetchedAt + rules.freshMs) return fromStored(stored, { stale: false, ms: 0 });
      try {
        const response = await inner.fetch(
          { ...request, headers: { ...request.headers, ...conditionalHeaders(stored.headers) } },
          signal,
        );
        if (response.status === 304) {
          const confirmed: Stored = {
            ...stored,
            headers: { ...stored.headers, ...keptHeaders(response.headers) },
            fetchedAt: response.fetchedAt,
          };
          await keep(request.url, confirmed, stored);
          return fromStored(confirmed, { stale: false, ms: response.ms });
        }
        await keep(request.url, toStored(response), stored, { ...response.headers });
        return response;
      } catch (error) {
        if (!rules.mayServeStale || !isHostTrouble(error)) throw error;
        return fromStored(stored, { stale: true, ms: 0 });
      }
    },
  };
}

/** True when the host did not respond or returned a server error; a status such as 404 is a valid response. */
function isHostTrouble(error: unknown): boolean {
  return BloggerError.is(error) && (error.retryable || error.code === 'HOST_UNHEALTHY');
}

function keyOf(url: string): string {
  return `page:1:${url}`;
}

function toStored({ finalUrl, status, headers, body, fetchedAt }: CrawlResponse): Stored {
  const bytes = new Uint8Array(body.buffer, body.byteOffset, body.byteLength); // a Buffer has its own JSON form
  return { url: finalUrl, status, headers: keptHeaders(headers), body: bytes, fetchedAt };
}

function fromStored({ url, ...stored }: Stored, how: { readonly stale: boolean; readonly ms: number }): CrawlResponse {
  return { ...stored, ...how, url, finalUrl: url, fromCache: true };
}

function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.has(name)));
}
