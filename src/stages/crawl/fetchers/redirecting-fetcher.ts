import { BloggerError } from '../../../core/errors.ts';
import type { CrawlFetcher } from './crawl-request.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Follows redirects hop by hop, so that each one passes the limits, the robots rules and the cache of the host it leads to. */
export function redirectingFetcher(
  inner: CrawlFetcher,
  { maxRedirects }: { readonly maxRedirects: number },
): CrawlFetcher {
  return {
    async fetch(request, signal) {
      const seen = new Set<string>([request.url]);
      let url = request.url;
      let ms = 0;
      for (;;) {
        const response = await inner.fetch({ ...request, url }, signal);
        ms += response.ms;
        const { location } = response.headers;
        if (!REDIRECTS.has(response.status) || location === undefined) return { ...response, url: request.url, ms };
        url = nextUrl(location, url);
        if (seen.has(url)) throw redirectError(`${request.url} redirects in a circle, back to ${url}`);
        if (seen.size > maxRedirects)
          throw redirectError(`${request.url} redirects more than ${maxRedirects} times, last to ${url}`);
        if (request.entry !== undefined) request.context.onRedirect?.(url);
        seen.add(url);
      }
    },
  };
}

function nextUrl(location: string, base: string): string {
  if (!URL.canParse(location, base)) throw redirectError(`${base} redirects to ${location}, which is no address`);
  const url = new URL(location, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw redirectError(`${base} redirects to ${url.protocol}, which is not crawled`);
  url.hash = '';
  return url.href;
}

function redirectError(message: string): BloggerError {
  return new BloggerError(message, {
    code: 'TOO_MANY_REDIRECTS',
    hint: 'Put the final address into the list, or raise crawl.maxRedirects (--max-redirects).',
  });
}
