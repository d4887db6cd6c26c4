/** Failed entries once more, within the run that they failed in. */

import type { Emit } from '../core/ports.ts';
import type { Entry } from '../core/types.ts';

export interface Retries {
  /** What has failed by now belongs to the next round; answers how many entries that is, 0 in a run without rounds. */
  ask(): number;
  /** All entries, and after them those that were asked for, for as long as there are any. */
  rounds(entries: readonly Entry[]): Generator<readonly Entry[], void, undefined>;
}

export interface RetriesOptions {
  /** Addresses that count as failed now. */
  readonly failed: () => readonly string[];
  readonly emit: Emit;
  /** Fires when no new work is to be taken. */
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
        // Until its round begins an entry counts as failed: a run that is stopped before tells the truth.
        const again = withGroups(entries, asked);
        for (const { url } of again) if (asked.has(url)) emit({ type: 'entry:retry', url });
        asked = new Set();
        yield again;
      }
    },
  };
}

/** The entries of these addresses; of a post with several sources all of them, because it is written from all. */
export function withGroups(entries: readonly Entry[], urls: ReadonlySet<string>): readonly Entry[] {
  const posts = new Set(entries.flatMap(({ url, post }) => (post !== undefined && urls.has(url) ? [post] : [])));
  return entries.filter(({ url, post }) => urls.has(url) || (post !== undefined && posts.has(post)));
}
