import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { BloggerError } from '../../core/errors.ts';
import type { Article, Page } from '../../core/types.ts';
import { isHeavy, toReadable } from './documents/readers.ts';
import type { ExtractablePage } from './extract-article.ts';
import type { ExtractAnswer } from './worker.ts';

export interface Extractor extends AsyncDisposable {
  /** Calls in flight that make sense. */
  readonly concurrency: number;
  /** Changes when the same page may give another article; part of the cache key. */
  readonly version: string;
  /** So many pages are to come: more than a handful go to threads from the first on, and this thread never loads what reads them. */
  expect(pages: number): void;
  /** Throws `EXTRACT_FAILED`; a page that takes too long or too much memory fails alone. The page's body is used up: it may be handed to a thread. */
  extract(page: Page, signal: AbortSignal): Promise<Article>;
}

export interface ExtractorOptions {
  /** @default one less than the machine has, so that crawling goes on; at least one */
  readonly threads?: number;
  /** Pages that are read on this thread before others are started: a handful is not worth them. @default 8 */
  readonly inline?: number;
  /** Time for one page. @default 20000 */
  readonly timeoutMs?: number;
  /** Memory of a thread in megabytes. @default 512 */
  readonly maxMegabytes?: number;
}

/** A page larger than this is never read on this thread: only a thread of its own can be stopped. */
const INLINE_BYTES = 100_000;
/** Buffers up to this size may be parts of one that a socket was read into. */
const SHARED_BYTES = 65_536;
/** The threads load built files; under a test runner that reads the sources there is none, and every page is read here. */
const WORKER = import.meta.url.endsWith('.js') ? fileURLToPath(new URL('./worker.js', import.meta.url)) : undefined;

/** Opens the extractor; its threads start when there is more than a handful of pages. */
export function openExtractor(options: ExtractorOptions = {}): Extractor {
  const {
    threads = Math.max(1, availableParallelism() - 1),
    inline = 8,
    timeoutMs = 20_000,
    maxMegabytes = 512,
  } = options;
  let read = 0;
  let expected = 0;
  let pool: Piscina | undefined;
  const openPool = (filename: string) =>
    new Piscina({
      filename,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: 1,
      resourceLimits: { maxOldGenerationSizeMb: maxMegabytes, maxYoungGenerationSizeMb: 3 },
    });

  async function inThread(page: ExtractablePage, filename: string, signal: AbortSignal): Promise<Article> {
    pool ??= openPool(filename);
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const name: keyof typeof import('./worker.ts') = 'extractInThread';
      const options = { name, signal: AbortSignal.any([signal, timeout]), transferList: ownBuffer(page.body) };
      const answer = (await pool.run(page, options)) as ExtractAnswer; // what the worker's one function returns
      if (answer.kind === 'article') return answer.article;
      throw new BloggerError(answer.message, {
        code: answer.code,
        ...(answer.hint === undefined ? {} : { hint: answer.hint }),
      });
    } catch (error) {
      if (BloggerError.is(error)) throw error;
      signal.throwIfAborted();
      throw tooHard(timeout.aborted ? `longer than ${timeoutMs} ms` : `more than it may (${String(error)})`, error);
    }
  }

  return {
    concurrency: threads * 2,
    version: '3',
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
      // Gives timers and sockets their turn between two pages.
      await new Promise((resolve) => setImmediate(resolve));
      const { extractArticle } = await import('./extract-article.ts');
      return extractArticle(await toReadable(extractable));
    },
    async [Symbol.asyncDispose]() {
      await pool?.destroy();
    },
  };
}

/** The memory of a body that shares it with nothing else: it goes to the thread instead of being copied. Small buffers live in a pool of Node's. */
function ownBuffer(body: string | Uint8Array): ArrayBuffer[] {
  if (typeof body === 'string' || body.byteLength < SHARED_BYTES || !(body.buffer instanceof ArrayBuffer)) return [];
  return body.buffer.byteLength - body.byteLength <= 1 ? [body.buffer] : [];
}

function tooHard(what: string, cause: unknown): BloggerError {
  return new BloggerError(`Reading the page took ${what}, so it was given up`, {
    code: 'EXTRACT_FAILED',
    hint: 'The page is broken or hostile; take it out of the list.',
    cause,
  });
}
