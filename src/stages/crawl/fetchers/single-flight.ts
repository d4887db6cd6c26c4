import type { CrawlFetcher, CrawlResponse } from './crawl-request.ts';
import { createFlights } from './flights.ts';

/** A request for an address already in flight with the same cookies waits for that response instead of sending another request. */
export function singleFlight(inner: CrawlFetcher): CrawlFetcher {
  const flights = createFlights<CrawlResponse>();
  return {
    fetch: (request, signal) =>
      flights.share(`${request.url}\n${request.headers?.['cookie'] ?? ''}`, () => inner.fetch(request, signal), {
        park: request.context.park,
        signal,
      }),
  };
}
