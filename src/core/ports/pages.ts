/** Ports of page sources. */

import type { Entry, Page } from '../types.ts';

export interface FetchRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Redirects followed before `TOO_MANY_REDIRECTS`; 0 returns the 3xx itself. */
  readonly maxRedirects: number;
  /** What to do with a body over `maxBytes`: fail with `TOO_LARGE`, or keep its first `maxBytes`. @default 'fail' */
  readonly overflow?: 'fail' | 'cut';
  /** Called after the headers; when it returns false the body is not read and stays empty. Default: read every body below status 400. */
  readonly wantsBody?: (head: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  }) => boolean;
}

export interface FetchResponse {
  readonly url: string;
  /** The address that answered. */
  readonly finalUrl: string;
  readonly status: number;
  /** Lower-case names; repeated headers joined by `, `, the lines of `x-robots-tag` by line breaks. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded (unzipped) bytes, at most `maxBytes`. */
  readonly body: Uint8Array;
  readonly ms: number;
}

/** One HTTP exchange: redirects, decoding, size and time limits, and the guard against private addresses. No retries, no cache; error statuses do not throw. */
export interface Fetcher {
  fetch(request: FetchRequest, signal: AbortSignal): Promise<FetchResponse>;
}

/** Reads the page of an entry, or throws a `BloggerError` with the reason. */
export interface PageReader {
  read(entry: Entry, signal: AbortSignal): Promise<Page>;
}

export interface RenderRequest {
  readonly url: string;
  /** The document as the server sent it, in UTF-8. */
  readonly html: Uint8Array;
  /** Answers each request of the page, within the rules of its host; throws if there is no answer. */
  readonly load: (
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<Pick<FetchResponse, 'status' | 'headers' | 'body'>>;
  /** Limit for the rendered document plus everything that it loads. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export interface RenderedPage {
  readonly finalUrl: string;
  readonly html: string;
}

/** Renders a document by running its scripts. Throws `NEEDS_BROWSER` when no browser is available. */
export interface PageRenderer {
  render(request: RenderRequest, signal: AbortSignal): Promise<RenderedPage>;
}
