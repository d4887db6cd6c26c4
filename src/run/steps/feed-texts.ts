/** Uses the full text in a feed if the page is allowed but cannot be read. */

import { BloggerError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { Entry, ItemFacts, Page, PolicyVerdict } from '../../core/types.ts';
import type { CrawlPageReader } from '../../stages/crawl/page-reader.ts';
import { escapeHtml } from '../../util/text/escape-html.ts';

/** Feed metadata of the pages of this run, by the entry's address. */
export type FeedTexts = ReadonlyMap<string, ItemFacts>;

/** Shorter contents count as teasers. */
const MIN_CHARS = 500;

export interface FeedPageOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly aiPolicy: PolicyVerdict['policy'];
}

/** Falls back to the feed's text when a host fails. A refusal (robots, AI policy, 401, 403, 404, 410, 451) is final. */
export function withFeedTexts(reader: CrawlPageReader, texts: FeedTexts, options: FeedPageOptions): CrawlPageReader {
  return {
    ...reader,
    async read(entry, signal, context) {
      try {
        return await reader.read(entry, signal, context);
      } catch (error) {
        const page = isHostTrouble(error) ? feedPage(entry, texts, { ...options, policy: undefined }) : undefined;
        if (page === undefined) throw error;
        context?.emit({ type: 'run:warning', code: 'FEED_TEXT', message: describeUse(entry.url, error) });
        return page;
      }
    },
  };
}

/** A page built from the feed's text; undefined when the feed has too little text. */
export function feedPage(
  entry: Entry,
  texts: FeedTexts,
  { clock, aiPolicy, policy }: FeedPageOptions & { readonly policy: PolicyVerdict | undefined },
): Page | undefined {
  const facts = texts.get(entry.url);
  if (facts?.html === undefined || facts.html.replace(/<[^<>]*>/g, '').length < MIN_CHARS) return undefined;
  const body = Buffer.from(documentOf({ ...facts, html: facts.html }));
  return {
    entry,
    url: entry.url,
    finalUrl: entry.url,
    httpStatus: 200,
    contentType: 'text/html',
    body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength),
    bytes: body.byteLength,
    fetchedAt: new Date(clock.now()).toISOString(),
    fromCache: false,
    policy: policy ?? { allowed: true, policy: aiPolicy },
    ms: 0,
  };
}

/** robots.txt and AI policy are checked before a request, so a request that failed was allowed. */
export function isHostTrouble(error: unknown): boolean {
  if (!BloggerError.is(error)) return false;
  return (
    error.code === 'TOO_LARGE' ||
    (error.retryable && ['FETCH_FAILED', 'FETCH_TIMEOUT', 'HTTP_STATUS'].includes(error.code))
  );
}

export function describeUse(url: string, error: unknown): string {
  return `The text of the feed is used for ${url}: ${error instanceof Error ? error.message : String(error)}`;
}

function documentOf({ title = '', author, publishedAt, html }: ItemFacts & { readonly html: string }): string {
  const metas = [
    ...(author === undefined ? [] : [`<meta name="author" content="${escapeHtml(author)}">`]),
    ...(publishedAt === undefined
      ? []
      : [`<meta property="article:published_time" content="${escapeHtml(publishedAt)}">`]),
  ];
  const name = escapeHtml(title.replace(/<[^<>]*>/g, ''));
  return `<!doctype html><html><head><title>${name}</title>${metas.join('')}</head><body><article><h1>${name}</h1>${html}</article></body></html>`;
}
