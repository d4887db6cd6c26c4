/** Cookies of one chain of requests: what a redirect sets is sent on the next hop, and dropped after the page. */

import type { CookieJar } from 'tough-cookie';

export interface ChainCookies {
  /** Stores the `Set-Cookie` lines (separated by line breaks) of a response. */
  keep(setCookie: string | undefined, url: string): Promise<void>;
  /** The `Cookie` header for a request; empty without cookies. */
  headerFor(url: string): string;
}

/** The jar and its public suffix list load with the first cookie of a chain; most chains have none. */
export function createChainCookies(): ChainCookies {
  let jar: CookieJar | undefined;
  return {
    async keep(setCookie, url) {
      if (setCookie === undefined) return;
      const { CookieJar: Jar } = await import('tough-cookie');
      jar ??= new Jar(undefined, { rejectPublicSuffixes: true, looseMode: true });
      for (const line of setCookie.split('\n').slice(0, MAX_COOKIES)) {
        if (line.length <= MAX_COOKIE_CHARS) jar.setCookieSync(line, url, { ignoreError: true });
      }
    },
    headerFor: (url) => jar?.getCookieStringSync(url) ?? '',
  };
}

/** As browsers do (RFC 6265 §6.1): a redirect chain must not grow the headers without limit. */
const MAX_COOKIES = 50;
const MAX_COOKIE_CHARS = 4096;
