/** Retries failed entries within the same run. */

import type { Emit } from '../core/ports.ts';
import type { Entry } from '../core/types.ts';

export interface Retries {
  /** Queues all entries that failed so far for the next round; returns their number, 0 in a run without rounds. */
  ask(): number;
  /** Yields all entries, then requested retries until there are none. */
  rounds(entries: readonly Entry[]): Generator<readonly Entry[], void, undefined>;
}

export interface RetriesOptions {
  /** Addresses currently counted as failed. */
  readonly failed: () => readonly string[];
  readonly emit: Emit;
  /** Aborted when no new work is to be taken. */
  readonly stopping: AbortSignal;
}

export function createRetries({ failed, emit, stopping }: RetriesOptions): Retries {
  let hasRounds = false;
  let asked = new Set<string>();
  return {
    ask() {
      if (!hasRounds || stopping.aborted) return 0;
      asked = new Set([...asked, ...failed()]);
      return asked.size;
    },
    *rounds(entries) {
      hasRounds = true;
      yield entries;
      while (asked.size > 0 && !stopping.aborted) {
        // An entry counts as failed until its round begins, so the figures are right when the run stops before that.
        const again = withGroups(entries, asked);
        for (const { url } of again) if (asked.has(url)) emit({ type: 'entry:retry', url });
        asked = new Set();
        yield again;
      }
    },
  };
}

/** Entries of these addresses; for a post with several sources, all of its entries. */
export function withGroups(entries: readonly Entry[], urls: ReadonlySet<string>): readonly Entry[] {
  const posts = new Set(entries.flatMap(({ url, post }) => (post !== undefined && urls.has(url) ? [post] : [])));
  return entries.filter(({ url, post }) => urls.has(url) || (post !== undefined && posts.has(post)));
}
