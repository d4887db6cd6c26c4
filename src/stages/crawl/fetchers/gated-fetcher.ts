import { BloggerError } from '../../../core/errors.ts';
import type { Clock, Fetcher } from '../../../core/ports.ts';
import type { HostGate } from '../hosts/host-gate.ts';
import { type CrawlFetcher, hostOf } from './crawl-request.ts';
import { readRetryAfter } from './retry-after.ts';

export interface GatedFetcherOptions {
  readonly gate: HostGate;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Sends a request when the limits of its host allow it, and reports the outcome to the gate. Does not follow redirects: each hop passes the gate of its own host. */
export function gatedFetcher(inner: Fetcher, { gate, timeoutMs, clock }: GatedFetcherOptions): CrawlFetcher {
  return {
    async fetch({ context, entry, attempt, ...request }, signal) {
      const host = hostOf(request.url);
      return gate.run(
        host,
        async () => {
          if (entry !== undefined)
            context.emit({ type: 'page:start', url: entry.url, host, priority: entry.priority, attempt });
          try {
            const response = await inner.fetch({ ...request, timeoutMs, maxRedirects: 0 }, signal);
            noteStatus(gate, host, response.status, readRetryAfter(response.headers['retry-after'], clock.now()));
            return { ...response, fromCache: false, stale: false, fetchedAt: clock.now() };
          } catch (error) {
            if (BloggerError.is(error) && error.retryable) gate.noteFailure(host, 'connection');
            throw error;
          }
        },
        { park: context.park, signal },
      );
    },
  };
}

function noteStatus(gate: HostGate, host: string, status: number, retryAfterMs: number | undefined): void {
  if ((status === 429 || status === 503) && retryAfterMs !== undefined) gate.hold(host, retryAfterMs);
  if (status >= 500) gate.noteFailure(host, 'status');
  else if (status !== 429) gate.noteSuccess(host);
}
