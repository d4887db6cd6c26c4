import { fileURLToPath } from 'node:url';
import { BloggerError } from '../../core/errors.ts';
import type { Article, Page } from '../../core/types.ts';
import { turn } from '../../util/async/turn.ts';
import { GivenUp, openThreads } from '../../util/threads/threads.ts';
import { isHeavy, toReadable } from './documents/readers.ts';
import type { ExtractablePage } from './extract-article.ts';
import type { ExtractAnswer } from './worker.ts';

export interface Extractor extends AsyncDisposable {
  /** Useful number of calls in flight. */
  readonly concurrency: number;
  /** Changes when the same page may give another article; part of the cache key. */
  readonly version: string;
  /** Announces the number of pages: if there are more than a handful, all go to threads and this one never loads the extraction code. */
  expect(pages: number): void;
  /** Throws `EXTRACT_FAILED`; a page that takes too long or too much memory fails alone. Takes over the page's body, which may be transferred to a thread. */
  extract(page: Page, signal: AbortSignal): Promise<Article>;
}

export interface ExtractorOptions {
  /** @default one less than the machine has, so that crawling goes on; at least one */
  readonly threads?: number;
  /** Pages read on this thread before other threads are started; for fewer they are not worth it. @default 8 */
  readonly inline?: number;
  /** Time for one page. @default 20000 */
  readonly timeoutMs?: number;
  /** Memory of a thread in megabytes. @default 512 */
  readonly maxMegabytes?: number;
}

/** A larger page is never read on this thread: only a separate thread can be stopped. */
const INLINE_BYTES = 100_000;
/** Buffers up to this size may share memory with other data of a socket. */
const SHARED_BYTES = 65_536;
/** The threads load built files; a test runner that reads the sources has none, so every page is read on this thread. */
const WORKER = import.meta.url.endsWith('.js') ? fileURLToPath(new URL('./worker.js', import.meta.url)) : undefined;

/** Opens the extractor; its threads start when there is more than a handful of pages. */
export function openExtractor(options: ExtractorOptions = {}): Extractor {
  const { inline = 8, timeoutMs = 20_000 } = options;
  const threads = openThreads({ count: options.threads, maxMegabytes: options.maxMegabytes });
  let read = 0;
  let expected = 0;

  async function inThread(page: ExtractablePage, module: string, signal: AbortSignal): Promise<Article> {
    const name: keyof typeof import('./worker.ts') = 'extractInThread';
    const task = { module, name, input: page, timeoutMs, transfer: ownBuffer(page.body) };
    const answer = (await threads.run(task, signal).catch(tooHard)) as ExtractAnswer; // the return value of the worker's only function
    if (answer.kind === 'article') return answer.article;
    throw new BloggerError(answer.message, {
      code: answer.code,
      ...(answer.hint === undefined ? {} : { hint: answer.hint }),
    });
  }

  return {
    concurrency: threads.count * 2,
    version: '5',
    expect(pages) {
      expected += pages;
    },
    async extract(page, signal) {
      signal.throwIfAborted();
      const { url, finalUrl, canonicalUrl, contentType, body, fetchedAt, policy } = page;
      const extractable: ExtractablePage = {
        url,
        finalUrl,
        contentType,
        body,
        fetchedAt,
        policy,
        ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
      };
      read += 1;
      const isLarge = Math.max(read, expected) > inline || body.byteLength > INLINE_BYTES || isHeavy(contentType);
      if (WORKER !== undefined && isLarge) return inThread(extractable, WORKER, signal);
      await turn();
      const { extractArticle } = await import('./extract-article.ts');
      return extractArticle(await toReadable(extractable));
    },
    async [Symbol.asyncDispose]() {
      await threads[Symbol.asyncDispose]();
    },
  };
}

/** A body's memory if nothing else shares it: it is transferred to the thread instead of copied. Small buffers are in Node's pool. */
function ownBuffer(body: string | Uint8Array): ArrayBuffer[] {
  if (typeof body === 'string' || body.byteLength < SHARED_BYTES || !(body.buffer instanceof ArrayBuffer)) return [];
  return body.buffer.byteLength - body.byteLength <= 1 ? [body.buffer] : [];
}

function tooHard(error: unknown): never {
  if (!(error instanceof GivenUp)) throw error;
  throw new BloggerError(`Reading the page took ${error.message}, so it was given up`, {
    code: 'EXTRACT_FAILED',
    hint: 'The page is broken or hostile; take it out of the list.',
    cause: error.cause,
  });
}
