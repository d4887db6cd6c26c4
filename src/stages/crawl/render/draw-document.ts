/** Renders a document that is almost empty without scripts: from its embedded data first, otherwise in a browser. */

import type { PageRenderer } from '../../../core/ports.ts';
import type { CrawlFetcher, CrawlResponse, ReadContext } from '../fetchers/crawl-request.ts';
import type { ReadDocument } from '../to-page.ts';
import { withEmbeddedText } from './embedded-state.ts';
import { isShell } from './is-shell.ts';

export type RenderSetting = 'never' | 'auto' | 'always';

export interface DrawingOptions {
  readonly render: RenderSetting;
  /** Absent: pages are read without scripts. */
  readonly renderer: PageRenderer | undefined;
  /** Fetches the requests of rendered pages, by the same rules as a page of the list. */
  readonly pages: CrawlFetcher;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** The response with the text that scripts would write; undefined when the document needs no rendering. */
export type Drawing = (
  document: ReadDocument,
  response: CrawlResponse,
  signal: AbortSignal,
) => Promise<CrawlResponse | undefined>;

/** JSON-LD with a whole article: the extractor reads it. */
const ARTICLE_BODY = /"articleBody"\s*:\s*"[^"]{400}/;

export function createDrawing({ render, renderer, pages, maxBytes, timeoutMs }: DrawingOptions): Drawing {
  const context: ReadContext = { emit: () => {}, park: (wait) => wait() };
  const load = (url: string, { accept = '*/*' }: Readonly<Record<string, string>>, signal: AbortSignal) =>
    pages.fetch({ url, context, attempt: 1, maxBytes, headers: { accept } }, signal);

  return async ({ page, signs }, response, signal) => {
    if (signs === undefined || !/^https?:/.test(page.finalUrl)) return undefined;
    const shell = isShell(signs);
    if (shell) {
      const html = Buffer.from(page.body).toString();
      if (ARTICLE_BODY.test(html)) return undefined;
      const embedded = withEmbeddedText(html);
      if (embedded !== undefined) return withBody(response, embedded, response.finalUrl, 0);
    }
    if (renderer === undefined || render === 'never' || (render === 'auto' && !shell)) return undefined;
    const startedAt = performance.now();
    const request = { url: page.finalUrl, html: page.body, load, maxBytes, timeoutMs };
    const { html, finalUrl } = await renderer.render(request, signal);
    return withBody(response, html, finalUrl, Math.round(performance.now() - startedAt));
  };
}

function withBody(response: CrawlResponse, html: string, finalUrl: string, ms: number): CrawlResponse {
  return {
    ...response,
    finalUrl: /^https?:/.test(finalUrl) ? finalUrl : response.finalUrl,
    headers: { ...response.headers, 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from(html),
    ms: response.ms + ms,
  };
}
