import { isAbortError } from '../../../core/errors.ts';
import type { CrawlFetcher, CrawlResponse } from './crawl-request.ts';

/** Requests for an address that is already on its way wait for that answer instead of asking again. */
export function singleFlight(inner: CrawlFetcher): CrawlFetcher {
  const flights = new Map<string, Promise<CrawlResponse>>();
  return {
    async fetch(request, signal) {
      for (;;) {
        const shared = flights.get(request.url);
        if (shared === undefined) break;
        try {
          return await request.context.park(() => shared);
        } catch (error) {
          if (!isAbortError(error) || signal.aborted) throw error;
          // whoever asked first gave up; we did not
        }
      }
      const flight = inner.fetch(request, signal);
      flights.set(request.url, flight);
      try {
        return await flight;
      } finally {
        flights.delete(request.url);
      }
    },
  };
}
