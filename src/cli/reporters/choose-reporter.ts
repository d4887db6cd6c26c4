import type { Io } from '../process/io.ts';

export type ReporterMode = 'live' | 'plain' | 'spoken' | 'ndjson' | 'quiet';

export interface ReporterFlags {
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
  readonly screenReader?: boolean;
}

/** Output mode of a run: JSON for programs, live view for a terminal, lines for logs, or lines for screen readers. */
export function chooseReporter(
  { json, plain, quiet, screenReader }: ReporterFlags,
  { stderr, env }: Pick<Io, 'stderr' | 'env'>,
): ReporterMode {
  if (json === true) return 'ndjson';
  if (quiet === true) return 'quiet';
  if (screenReader === true) return 'spoken';
  const isCi = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  return plain === true || !stderr.isTTY || isCi || env['TERM'] === 'dumb' ? 'plain' : 'live';
}
