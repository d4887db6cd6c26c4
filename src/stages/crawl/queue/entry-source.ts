/** The entries of a crawl, from a list in memory or from a stream. */

import type { Entry } from '../../../core/types.ts';

export interface SourceListener {
  readonly onEntry: (entry: Entry) => void;
  readonly onEnd: () => void;
  readonly onError: (error: unknown) => void;
}

export interface EntrySource {
  readonly ended: boolean;
  /** Takes up to `count` more entries (all of them where they are in memory already), unless it is busy doing so. */
  pull(count: number, listener: SourceListener): void;
  close(): Promise<void>;
}

export function createEntrySource(entries: Iterable<Entry> | AsyncIterable<Entry>): EntrySource {
  return Symbol.asyncIterator in entries ? streamSource(entries[Symbol.asyncIterator]()) : listSource(entries);
}

function listSource(entries: Iterable<Entry>): EntrySource {
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

function streamSource(iterator: AsyncIterator<Entry>): EntrySource {
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
