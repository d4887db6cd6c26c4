/** An answer of a server, or the bytes of a file, as a page. Pure. */

import { BloggerError } from '../../core/errors.ts';
import type { Entry, Page } from '../../core/types.ts';
import type { CrawlResponse } from './fetchers/crawl-request.ts';
import { type AiPolicySetting, type AiSignal, judgeSignals } from './policy/ai-policy.ts';
import { headerSignals, metaSignals } from './policy/page-signals.ts';
import { charsetParameter, toUtf8 } from './text/decode-text.ts';
import { mayBeReadable, mediaType, readableType } from './text/media-type.ts';
import { scanHead } from './text/scan-head.ts';

export interface ToPageOptions {
  readonly aiPolicy: AiPolicySetting;
  readonly userAgent: string;
}

/** The page, judged by all that the site said; `signals` says what that was. Throws `UNSUPPORTED_TYPE`. */
export function toPage(
  entry: Entry,
  response: CrawlResponse,
  { aiPolicy, userAgent }: ToPageOptions,
): { readonly page: Page; readonly signals: readonly AiSignal[] } {
  const { headers, body } = response;
  const finalUrl = withFragmentOf(entry.url, response.finalUrl);
  const declared = headers['content-type'];
  const contentType = mayBeReadable(declared) ? readableType(declared, body, new URL(finalUrl).pathname) : undefined;
  if (contentType === undefined) throw typeError(finalUrl, mediaType(declared));
  const utf8 = contentType === 'application/pdf' ? body : toUtf8(body, charsetParameter(declared));
  const head = contentType.includes('html') ? scanHead(utf8) : undefined;
  const signals = [
    ...(response.signals ?? []),
    ...headerSignals(headers, userAgent),
    ...(head === undefined ? [] : metaSignals(head, userAgent)),
  ];
  const canonicalUrl = resolveCanonical(head?.canonical ?? linkCanonical(headers['link']), finalUrl);
  const page: Page = {
    entry,
    url: entry.url,
    finalUrl,
    httpStatus: response.status,
    contentType,
    body: utf8,
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
    bytes: body.byteLength,
    fetchedAt: new Date(response.fetchedAt).toISOString(),
    fromCache: response.fromCache,
    ...(response.stale ? { stale: true } : {}),
    policy: judgeSignals(signals, aiPolicy),
    ms: response.ms,
  };
  return { page, signals };
}

/** A fragment outlives redirects, as in browsers. */
function withFragmentOf(requested: string, finalUrl: string): string {
  const at = requested.indexOf('#');
  return at === -1 || finalUrl.includes('#') ? finalUrl : finalUrl + requested.slice(at);
}

function typeError(url: string, type: string): BloggerError {
  const named = type === '' ? 'binary data without a type' : type;
  return new BloggerError(`Expected HTML, plain text, Markdown, PDF or captions from ${url}, got ${named}`, {
    code: 'UNSUPPORTED_TYPE',
    hint: 'Take the entry out of the list.',
    details: { type },
  });
}

/** `Link: <https://…>; rel="canonical"` (RFC 6596). */
function linkCanonical(header: string | undefined): string | undefined {
  return /<([^<>]*)>\s*;[^,]*\brel="?canonical"?/i.exec(header ?? '')?.[1];
}

function resolveCanonical(href: string | undefined, base: string): string | undefined {
  if (href === undefined || !URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.hash = '';
  return url.href;
}
