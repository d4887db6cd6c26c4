import type { Io } from '../io.ts';

export type ReporterMode = 'live' | 'plain' | 'ndjson' | 'quiet';

export interface ReporterFlags {
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
}

/** How a run is told: for programs, for a terminal, or as lines for logs. */
export function chooseReporter({ json, plain, quiet }: ReporterFlags, { stderr, env }: Pick<Io, 'stderr' | 'env'>): ReporterMode {
  if (json === true) return 'ndjson';
  if (quiet === true) return 'quiet';
  const isCi = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  return plain === true || !stderr.isTTY || isCi || env['TERM'] === 'dumb' ? 'plain' : 'live';
}
