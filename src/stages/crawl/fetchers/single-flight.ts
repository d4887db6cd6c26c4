import type { CrawlFetcher, CrawlResponse } from './crawl-request.ts';
import { createFlights } from './flights.ts';

/** Requests for an address that is already on its way, with the same cookies, wait for that answer instead of asking again. */
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
