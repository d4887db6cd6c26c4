/** Converts a response, or the bytes of a file, to a page. Pure. */

import { BloggerError } from '../../core/errors.ts';
import type { Entry, Page } from '../../core/types.ts';
import { charsetParameter, toUtf8 } from '../../util/charset/to-utf8.ts';
import { readLinkHeader, relationsOf } from '../../util/net/link-header.ts';
import type { CrawlResponse } from './fetchers/crawl-request.ts';
import { type AiPolicySetting, type AiSignal, judgeSignals } from './policy/ai-policy.ts';
import { headerSignals, metaSignals } from './policy/page-signals.ts';
import { mayBeReadable, mediaType, namesPages, readableType } from './text/media-type.ts';
import { type DocumentSigns, scanDocument } from './text/scan-document.ts';
import { xhtmlToHtml } from './text/xhtml.ts';

export interface ToPageOptions {
  readonly aiPolicy: AiPolicySetting;
  readonly userAgent: string;
}

/** A document with what is needed to judge it. */
export interface ReadDocument {
  readonly page: Page;
  /** AI policy signals of the site. */
  readonly signals: readonly AiSignal[];
  /** Undefined for a document that is not HTML. */
  readonly signs: DocumentSigns | undefined;
}

/** The page with its AI policy verdict, derived from `signals`. Throws `UNSUPPORTED_TYPE`. */
export async function toPage(
  entry: Entry,
  response: CrawlResponse,
  { aiPolicy, userAgent }: ToPageOptions,
): Promise<ReadDocument> {
  const { headers, body } = response;
  const finalUrl = withFragmentOf(entry.url, response.finalUrl);
  const declared = headers['content-type'];
  const contentType = mayBeReadable(declared) ? readableType(declared, body, new URL(finalUrl).pathname) : undefined;
  if (contentType === undefined) throw typeError(finalUrl, response);
  const isPdf = contentType === 'application/pdf';
  const decoded = isPdf ? body : withoutNuls(await toUtf8(body, charsetParameter(declared)));
  const utf8 = contentType === 'application/xhtml+xml' ? asHtml(decoded) : decoded;
  const head = contentType.includes('html') ? scanDocument(utf8) : undefined;
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
    body: head === undefined ? utf8 : withNoscript(utf8, head.signs),
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
    bytes: body.byteLength,
    fetchedAt: new Date(response.fetchedAt).toISOString(),
    fromCache: response.fromCache,
    ...(response.stale ? { stale: true } : {}),
    policy: judgeSignals(signals, aiPolicy),
    ms: response.ms,
  };
  return { page, signals, signs: head?.signs };
}

function asHtml(utf8: Uint8Array): Uint8Array {
  return Buffer.from(xhtmlToHtml(Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength).toString()));
}

/** A fragment outlives redirects, as in browsers. */
function withFragmentOf(requested: string, finalUrl: string): string {
  const at = requested.indexOf('#');
  return at === -1 || finalUrl.includes('#') ? finalUrl : finalUrl + requested.slice(at);
}

/** A page drawn by scripts may keep its text in `noscript`; it is read without scripts, so that text is the page. */
function withNoscript(utf8: Uint8Array, { textChars, noscriptChars }: DocumentSigns): Uint8Array {
  if (noscriptChars < MIN_NOSCRIPT_CHARS || noscriptChars < 2 * textChars) return utf8;
  return Buffer.from(
    Buffer.from(utf8)
      .toString()
      .replace(/<(\/?)noscript(?=[\s>])/gi, '<$1div'),
  );
}

/** Longer than the usual "please enable JavaScript". */
const MIN_NOSCRIPT_CHARS = 400;

/** Old systems write stray NUL bytes into pages; browsers ignore them. */
function withoutNuls(utf8: Uint8Array): Uint8Array {
  return utf8.includes(0) ? utf8.filter((byte) => byte !== 0) : utf8;
}

function typeError(url: string, { headers, body }: CrawlResponse): BloggerError {
  const declared = headers['content-type'];
  const type = mediaType(declared);
  const isList = namesPages(declared, body);
  const named = isList ? 'a feed or a sitemap' : type === '' ? 'binary data without a type' : type;
  return new BloggerError(`Expected HTML, plain text, Markdown, PDF or captions from ${url}, got ${named}`, {
    code: 'UNSUPPORTED_TYPE',
    hint: isList
      ? 'Write feed=yes behind the address to read the pages that it names, or take the entry out of the list.'
      : 'Take the entry out of the list.',
    details: { type },
  });
}

/** `Link: <https://…>; rel="canonical"` (RFC 6596). */
function linkCanonical(header: string | undefined): string | undefined {
  return readLinkHeader(header).find((link) => relationsOf(link).has('canonical'))?.href;
}

function resolveCanonical(href: string | undefined, base: string): string | undefined {
  if (href === undefined || !URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.hash = '';
  return url.href;
}
