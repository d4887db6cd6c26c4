/** Chooses exit codes; the table of error codes is in core/errors. */

import { ERROR_CODES, type ErrorCode } from '../../core/errors.ts';
import type { RunSummary } from '../../core/events.ts';

export interface RunOutcome {
  readonly summary: RunSummary;
  /** What stopped the run early, if anything did. */
  readonly stoppedBy?: { readonly code: string };
  readonly signal?: 'SIGINT' | 'SIGTERM';
  /** The user stopped it early with a key of the live view, not by a signal. */
  readonly interrupted?: boolean;
  /** Posts that wait for a vendor's batch. */
  readonly pending?: number;
  /** Number of results when no posts are written: articles. @default the number of posts */
  readonly succeeded?: number;
}

export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  someFailed: 3,
  nothing: 6,
  pending: 75,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** Exit code of a run; `failOn` is `any`, `all` or a share such as `10%` and moves the line between 0 and 3. */
export function exitCodeOf(
  { summary, stoppedBy, signal, interrupted, pending = 0, succeeded }: RunOutcome,
  failOn: string,
): number {
  const early = exitCodeOfStop({ stoppedBy, signal, interrupted });
  if (early !== undefined) return early;
  if (pending > 0) return EXIT.pending;
  const { written, unchanged, skipped, failed } = summary.posts;
  // A feed that was read and has nothing new is a success, even when other feeds failed.
  const hasQuietFeeds = (summary.sources?.read ?? 0) > 0 && summary.entries === summary.sources?.failed;
  if ((succeeded ?? written + unchanged) === 0 && failed + skipped > 0 && !hasQuietFeeds) return EXIT.nothing;
  return failed > allowedFailures(failOn, summary.entries) ? EXIT.someFailed : EXIT.ok;
}

/** Exit code of a run that ended early; undefined when it finished. */
export function exitCodeOfStop({
  stoppedBy,
  signal,
  interrupted = false,
}: { [K in 'stoppedBy' | 'signal' | 'interrupted']: RunOutcome[K] | undefined }): number | undefined {
  if (signal !== undefined) return EXIT[signal];
  if (stoppedBy === undefined) return interrupted ? EXIT.SIGINT : undefined;
  return isErrorCode(stoppedBy.code) ? ERROR_CODES[stoppedBy.code].exitCode : EXIT.bug;
}

function allowedFailures(failOn: string, entries: number): number {
  if (failOn === 'any') return 0;
  if (failOn === 'all') return Number.POSITIVE_INFINITY;
  return (Number.parseInt(failOn, 10) / 100) * entries;
}

function isErrorCode(code: string): code is ErrorCode {
  return code in ERROR_CODES;
}
