import { BloggerError } from '../../../core/errors.ts';
import { plural } from '../../../util/text/plural.ts';
import { createChainCookies } from './chain-cookies.ts';
import type { CrawlFetcher } from './crawl-request.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);

/**
 * Follows redirects hop by hop, so that each one passes the limits, the robots rules and the cache of the host it leads to. A cookie that a
 * hop sets is sent on the next ones; an address may come twice in a chain when the cookies differ.
 */
export function redirectingFetcher(
  inner: CrawlFetcher,
  { maxRedirects }: { readonly maxRedirects: number },
): CrawlFetcher {
  return {
    async fetch(request, signal) {
      const cookies = request.cookies ?? createChainCookies();
      const seen = new Set<string>();
      let url = request.url;
      let ms = 0;
      let movedTo: string | undefined;
      let isMoved = true;
      for (;;) {
        const cookie = cookies.headerFor(url);
        const step = `${url}\n${cookie}`;
        if (seen.has(step)) throw redirectError(`${request.url} redirects in a circle, back to ${url}`);
        if (seen.size > maxRedirects)
          throw redirectError(`${request.url} redirects more than ${plural(maxRedirects, 'time')}, last to ${url}`);
        seen.add(step);
        const headers = cookie === '' ? {} : { headers: { ...request.headers, cookie } };
        const response = await inner.fetch({ ...request, ...headers, url }, signal);
        ms += response.ms;
        await cookies.keep(response.headers['set-cookie'], url);
        const { location } = response.headers;
        if (!REDIRECTS.has(response.status) || location === undefined)
          return { ...response, url: request.url, ms, ...(movedTo === undefined ? {} : { movedTo }) };
        url = nextUrl(location, url);
        isMoved &&= PERMANENT.has(response.status);
        if (isMoved) movedTo = url;
        if (request.entry !== undefined) request.context.onRedirect?.(url);
      }
    },
  };
}

/** True for the status of an answer that was not followed, because it had no `Location`. */
export function leadsNowhere(status: number): boolean {
  return REDIRECTS.has(status);
}

/** The address that a hop leads to, without its fragment. Throws `TOO_MANY_REDIRECTS` for one that cannot be crawled. */
function nextUrl(location: string, base: string): string {
  const written = escapeBytes(location);
  if (!URL.canParse(written, base)) throw redirectError(`${base} redirects to ${location}, which is not an address`);
  const url = new URL(written, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw redirectError(`${base} redirects to ${url.protocol}, which is not crawled`);
  url.hash = '';
  return url.href;
}

/** Headers arrive as one character a byte; servers put raw UTF-8 (or their own charset) into them, which browsers escape byte by byte. */
function escapeBytes(location: string): string {
  return location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function redirectError(message: string): BloggerError {
  return new BloggerError(message, {
    code: 'TOO_MANY_REDIRECTS',
    hint: 'Put the final address into the list, or raise crawl.maxRedirects (--max-redirects).',
  });
}
