import { BloggerError } from '../../../core/errors.ts';
import type { Clock, Random } from '../../../core/ports.ts';
import { retry } from '../../../util/async/retry.ts';
import { longestPauseMs } from '../hosts/host-gate.ts';
import { type CrawlFetcher, hostOf } from './crawl-request.ts';
import { leadsNowhere } from './redirecting-fetcher.ts';
import { readRetryAfter } from './retry-after.ts';

export interface RetryingFetcherOptions {
  readonly attempts: number;
  /** Maximum wait between two attempts, Retry-After included. */
  readonly maxDelayMs: number;
  readonly clock: Clock;
  readonly random: Random;
}

const BASE_MS = 500;
const RETRYABLE_STATUS: ReadonlySet<number> = new Set([408, 425, 429]);

/** Retries after lost connections, timeouts, 408, 425, 429 and 5xx, with full jitter and not before Retry-After; its concurrency slot is free while it waits. */
export function retryingFetcher(
  inner: CrawlFetcher,
  { attempts, maxDelayMs, clock, random }: RetryingFetcherOptions,
): CrawlFetcher {
  return {
    fetch(request, signal) {
      const { context, entry } = request;
      const parkedClock: Clock = {
        now: () => clock.now(),
        monotonic: () => clock.monotonic(),
        sleep: (ms, stop) => context.park(() => clock.sleep(ms, stop)),
      };
      return retry(
        async (attempt) => {
          const response = await inner.fetch({ ...request, attempt }, signal);
          if (isRetryableStatus(response.status))
            throw statusError(
              request.url,
              response.status,
              readRetryAfter(response.headers['retry-after'], clock.now()),
            );
          return response;
        },
        {
          attempts,
          baseMs: BASE_MS,
          capMs: maxDelayMs,
          clock: parkedClock,
          random,
          isWorthIt: ({ retryable, retryAfterMs = 0 }) =>
            retryable && retryAfterMs <= longestPauseMs({ attempts, maxDelayMs }),
          onRetry: (error, next) => {
            if (entry === undefined) return;
            context.emit({
              type: 'page:retry',
              url: entry.url,
              host: hostOf(request.url),
              ...next,
              code: error.code,
              message: error.message,
            });
          },
        },
        signal,
      );
    },
  };
}

export function statusError(url: string, status: number, retryAfterMs?: number): BloggerError {
  const words = leadsNowhere(status)
    ? `${url} answered with status ${status} and no address to go to`
    : `Expected a page from ${url}, got status ${status}`;
  return new BloggerError(words, {
    code: 'HTTP_STATUS',
    retryable: isRetryableStatus(status),
    details: { status },
    hint: hintFor(status),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function isRetryableStatus(status: number): boolean {
  return status >= 500 || RETRYABLE_STATUS.has(status);
}

function hintFor(status: number): string {
  if (status === 401 || status === 403)
    return 'The site does not give this page to crawlers; take the entry out of the list.';
  if (leadsNowhere(status)) return 'Open the address in a browser, and put the one that it leads to into the list.';
  if (status === 404 || status === 410)
    return 'The page is gone; take the entry out of the list or correct its address.';
  if (status === 429) return 'The site asks to slow down: lower crawl.perHost or raise crawl.delayMs.';
  return 'Run the same command again later; pages that were read are not asked for again.';
}
