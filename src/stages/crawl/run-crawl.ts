/** One crawl: pulls entries, starts reads when slots are free and yields pages. A failed read does not end the crawl. */

import { setMaxListeners } from 'node:events';
import { BloggerError, reasonOf } from '../../core/errors.ts';
import type { Clock, Emit } from '../../core/ports.ts';
import type { Entry, Failure, Page } from '../../core/types.ts';
import { createDuplicateCheck } from './duplicate-check.ts';
import type { ReadContext } from './fetchers/crawl-request.ts';
import { createEntrySource } from './queue/entry-source.ts';
import { createFrontier } from './queue/frontier.ts';
import { createPageBuffer } from './queue/page-buffer.ts';
import { createSlots } from './queue/slots.ts';

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
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // every read in flight adds a listener
  let failure: { readonly error: unknown } | undefined;
  let wakeReader = () => {};
  const fail = (error: unknown) => {
    failure ??= { error };
    wakeReader();
  };
  const reads = createReads(entries, options, { stop: stop.signal, fail, onProgress: () => wakeReader() });
  const abort = () => fail(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    reads.start();
    for (;;) {
      if (failure !== undefined) throw failure.error;
      const page = reads.next();
      if (page !== undefined) {
        yield page;
        continue;
      }
      if (reads.ended) return;
      await new Promise<void>((resolve) => {
        wakeReader = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort(signal.aborted ? signal.reason : undefined);
    await reads.close();
  }
}

interface ReadsContext {
  /** Aborted when the crawl ends. */
  readonly stop: AbortSignal;
  readonly fail: (error: unknown) => void;
  /** Called when a page is ready, or the last read has ended. */
  readonly onProgress: () => void;
}

/** The reads in flight: takes entries from the source, in their order of priority, and starts a read for each free slot. */
function createReads(
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  options: RunCrawlOptions,
  { stop, fail, onProgress }: ReadsContext,
) {
  const { maxConcurrent, lookAhead, clock } = options;
  const frontier = createFrontier(options);
  const source = createEntrySource(entries);
  const buffer = createPageBuffer(options);
  const readOne = createEntryReader(options, stop);
  const inFlight = new Set<Promise<void>>();
  // In a later turn: entries that are ready are taken first, so that the one with the highest priority starts first.
  const schedule = inLaterTurn(() => {
    start();
    onProgress();
  });
  const slots = createSlots((taken) => stop.aborted || buffer.hasRoom(taken), schedule);

  function onEntry(entry: Entry): void {
    frontier.add(entry, clock.monotonic());
    schedule();
  }

  function start(): void {
    if (stop.aborted) return;
    source.pull(lookAhead - frontier.size, { onEntry, onEnd: schedule, onError: fail });
    slots.admit();
    while (inFlight.size < maxConcurrent + MAX_PARKED && slots.free) {
      const entry = frontier.take();
      if (entry === undefined) return;
      slots.take();
      const reading = readOne(entry, slots.park)
        .then((page) => {
          if (page !== undefined) buffer.push(page);
        })
        .finally(() => {
          inFlight.delete(reading);
          frontier.release(entry);
          slots.giveBack();
        });
      inFlight.add(reading);
    }
  }

  return {
    start,
    next(): Page | undefined {
      const page = buffer.shift();
      if (page !== undefined) schedule();
      return page;
    },
    get ended() {
      return source.ended && frontier.size === 0 && inFlight.size === 0;
    },
    async close() {
      slots.admit(); // all waiters for a slot see the aborted signal
      await Promise.allSettled([source.close(), ...inFlight]);
    },
  };
}

/** Runs `work` once in a later turn of the event loop, however often it is called until then. */
function inLaterTurn(work: () => void): () => void {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      work();
    });
  };
}

type ReadEntry = (entry: Entry, park: ReadContext['park']) => Promise<Page | undefined>;

/** Reads one entry; undefined when it failed or was skipped, which is emitted. */
function createEntryReader({ read, emit, onPage }: RunCrawlOptions, stop: AbortSignal): ReadEntry {
  const duplicates = createDuplicateCheck();
  return async (entry, park) => {
    const refuseKnown = (finalUrl: string) => {
      const known = duplicates.find(entry, finalUrl);
      if (known !== undefined) throw duplicateError({ url: entry.url, finalUrl }, known);
    };
    try {
      refuseKnown(entry.url);
      const page = await read(entry, stop, { emit, park, onRedirect: refuseKnown });
      const same = duplicates.add(page);
      if (same !== undefined) throw duplicateError(page, same);
      onPage(page);
      return page;
    } catch (error) {
      if (stop.aborted) return undefined; // the crawl has ended; its reason is known
      const failed = toFailure(entry, error);
      emit({ type: isOnPurpose(failed.code) ? 'entry:skip' : 'entry:fail', stage: 'crawl', failure: failed });
      return undefined;
    }
  };
}

function toFailure(entry: Entry, error: unknown): Failure {
  const { url, position } = entry;
  if (BloggerError.is(error)) return { url, position, ...reasonOf(error) };
  return { url, position, code: 'BUG', message: error instanceof Error ? error.message : String(error) };
}

function duplicateError({ url, finalUrl }: Pick<Page, 'url' | 'finalUrl'>, first: string): BloggerError {
  const same = url === finalUrl ? 'is the same page as' : `leads to ${finalUrl}, the same page as`;
  return new BloggerError(`${url} ${same} ${first}, which is already in this run`, { code: 'DUPLICATE' });
}
