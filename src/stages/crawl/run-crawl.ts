/** One crawl: pulls entries, starts reads when slots are free and yields pages. A failed read does not end the crawl. */

import { setMaxListeners } from 'node:events';
import { BloggerError } from '../../core/errors.ts';
import type { Clock, Emit } from '../../core/ports.ts';
import type { Entry, Failure, Page } from '../../core/types.ts';
import { createDuplicateCheck } from './duplicate-check.ts';
import type { ReadContext } from './fetchers/crawl-request.ts';
import { createFrontier } from './frontier.ts';
import { createPlaces } from './places.ts';

export interface RunCrawlOptions {
  readonly read: (entry: Entry, signal: AbortSignal, context: ReadContext) => Promise<Page>;
  readonly maxConcurrent: number;
  readonly perHost: number;
  readonly queueSize: number;
  readonly lookAhead: number;
  readonly ageMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Called for each page before it is yielded. */
  readonly onPage: (page: Page) => void;
}

/**
 * Memory limit: bytes of pages being read (estimated by the mean so far) plus twice the bytes of buffered pages, because they arrive faster than
 * they are consumed. Above it no new read starts, however few the pages are.
 */
const MAX_HELD_BYTES = 3_145_728;
/** Reads that only wait for their host (a delay, a pause, a backoff) beyond those in flight; each is a few small objects. */
const MAX_PARKED = 2000;
const SKIPS: ReadonlySet<string> = new Set([
  'ROBOTS_DENIED',
  'POLICY_DENIED',
  'UNSUPPORTED_TYPE',
  'DUPLICATE',
  'THIN_SOURCE',
  'NOT_AN_ARTICLE',
]);

/** True for reasons to skip a page that are not failures. */
export function isOnPurpose(code: string): boolean {
  return SKIPS.has(code);
}

export async function* runCrawl(
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  options: RunCrawlOptions,
  signal: AbortSignal,
): AsyncGenerator<Page, void, undefined> {
  const { read, maxConcurrent, queueSize, lookAhead, clock, emit, onPage } = options;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // every read in flight adds a listener
  const frontier = createFrontier(options);
  const duplicates = createDuplicateCheck();
  const ready: Page[] = [];
  const reads = new Set<Promise<void>>();
  const source = createSource(entries);
  let readyBytes = 0;
  const pageBytes = createMean();
  let failure: { readonly error: unknown } | undefined;
  let wakeReader = () => {};
  let scheduled = false;

  const hasRoom = (taken: number) =>
    taken < maxConcurrent &&
    taken + ready.length < queueSize &&
    (2 * readyBytes + taken * pageBytes.mean() < MAX_HELD_BYTES || taken + ready.length === 0);
  const places = createPlaces((taken) => stop.signal.aborted || hasRoom(taken), schedule);

  /** Starts in a later turn of the event loop: entries that are ready are taken first, so that the one with the highest priority starts first. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      pump();
      wakeReader();
    });
  }

  function pump(): void {
    if (stop.signal.aborted) return;
    source.pull(lookAhead - frontier.size, {
      onEntry: (entry) => {
        frontier.add(entry, clock.monotonic());
        schedule();
      },
      onEnd: schedule,
      onError: fail,
    });
    places.admit();
    while (reads.size < maxConcurrent + MAX_PARKED && places.free) {
      const entry = frontier.take();
      if (entry === undefined) return;
      places.take();
      const reading = readOne(entry).finally(() => {
        reads.delete(reading);
        frontier.release(entry);
        places.giveBack();
      });
      reads.add(reading);
    }
  }

  async function readOne(entry: Entry): Promise<void> {
    try {
      const refuseKnown = (finalUrl: string) => {
        const known = duplicates.find(entry, finalUrl);
        if (known !== undefined) throw duplicateError({ url: entry.url, finalUrl }, known);
      };
      refuseKnown(entry.url);
      const page = await read(entry, stop.signal, { emit, park: places.park, onRedirect: refuseKnown });
      const same = duplicates.add(page);
      if (same !== undefined) throw duplicateError(page, same);
      onPage(page);
      ready.push(page);
      readyBytes += page.body.byteLength;
      pageBytes.add(page.body.byteLength);
    } catch (error) {
      if (stop.signal.aborted) return; // the crawl has ended; its reason is known
      const failed = toFailure(entry, error);
      emit({ type: isOnPurpose(failed.code) ? 'entry:skip' : 'entry:fail', stage: 'crawl', failure: failed });
    }
  }

  function fail(error: unknown): void {
    failure ??= { error };
    wakeReader();
  }
  const abort = () => fail(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) throw signal.reason;
    pump();
    for (;;) {
      if (failure !== undefined) throw failure.error;
      const page = ready.shift();
      if (page !== undefined) {
        readyBytes -= page.body.byteLength;
        schedule();
        yield page;
        continue;
      }
      if (source.ended && frontier.size === 0 && reads.size === 0) return;
      await new Promise<void>((resolve) => {
        wakeReader = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort(signal.aborted ? signal.reason : undefined);
    places.admit(); // all waiters for a slot see the aborted signal
    await source.close();
    await Promise.allSettled(reads);
  }
}

function createMean(): { add(value: number): void; mean(): number } {
  let sum = 0;
  let count = 0;
  return {
    add(value) {
      sum += value;
      count += 1;
    },
    mean: () => (count === 0 ? 0 : sum / count),
  };
}

interface SourceListener {
  readonly onEntry: (entry: Entry) => void;
  readonly onEnd: () => void;
  readonly onError: (error: unknown) => void;
}

interface Source {
  readonly ended: boolean;
  /** Takes up to `count` more entries (all of them where they are in memory already), unless it is busy doing so. */
  pull(count: number, listener: SourceListener): void;
  close(): Promise<void>;
}

function createSource(entries: Iterable<Entry> | AsyncIterable<Entry>): Source {
  return Symbol.asyncIterator in entries ? streamSource(entries[Symbol.asyncIterator]()) : listSource(entries);
}

function listSource(entries: Iterable<Entry>): Source {
  let ended = false;
  return {
    get ended() {
      return ended;
    },
    pull(_count, { onEntry }) {
      if (ended) return;
      ended = true;
      for (const entry of entries) onEntry(entry);
    },
    close: async () => {},
  };
}

function streamSource(iterator: AsyncIterator<Entry>): Source {
  let ended = false;
  let pulling: Promise<void> | undefined;

  async function take(count: number, { onEntry, onEnd, onError }: SourceListener): Promise<void> {
    try {
      for (let taken = 0; taken < count; taken += 1) {
        const next = await iterator.next();
        if (next.done === true) {
          ended = true;
          onEnd();
          return;
        }
        onEntry(next.value);
      }
    } catch (error) {
      ended = true;
      onError(error);
    }
  }

  return {
    get ended() {
      return ended;
    },
    pull(count, listener) {
      if (ended || pulling !== undefined || count <= 0) return;
      pulling = take(count, listener).finally(() => {
        pulling = undefined;
        listener.onEnd();
      });
    },
    async close() {
      if (ended) return;
      ended = true;
      // A source that waits for its next entry may never settle return(): call it without awaiting.
      void iterator.return?.()?.then(undefined, () => {});
    },
  };
}

function toFailure(entry: Entry, error: unknown): Failure {
  const { url, position } = entry;
  if (BloggerError.is(error)) return { url, position, code: error.code, message: error.message };
  return { url, position, code: 'BUG', message: error instanceof Error ? error.message : String(error) };
}

function duplicateError({ url, finalUrl }: Pick<Page, 'url' | 'finalUrl'>, first: string): BloggerError {
  const same = url === finalUrl ? 'is the same page as' : `leads to ${finalUrl}, the same page as`;
  return new BloggerError(`${url} ${same} ${first}, which is already in this run`, { code: 'DUPLICATE' });
}
