import type { TierStats } from '../services/cache/tier.ts';
import type { RunDetails } from './run-details.ts';

/** One tier over the runs of a report: counts added up, times and state as the last run saw them, and what it holds now. */
export type CacheFigures = TierStats;

const COUNTS = ['hits', 'staleHits', 'misses', 'writes', 'errors', 'evictions'] as const;

/** `now` is what the tiers hold at this moment; memory holds nothing between runs, and a tier that is not asked holds what it held when the last run ended. */
export function cacheFigures(details: readonly RunDetails[], now: readonly TierStats[]): CacheFigures[] {
  const names = [...new Set([...details.flatMap(({ cache }) => cache), ...now].map(({ tier }) => tier))];
  return names.map((name) => {
    const rows = details.flatMap(({ cache }) => cache.filter(({ tier }) => tier === name));
    const present = now.find(({ tier }) => tier === name);
    const last = rows.at(-1);
    // Runs of an older version did not count everything.
    const sum = (key: (typeof COUNTS)[number]) => rows.reduce((total, row) => total + (row[key] ?? 0), 0);
    const [hits, staleHits, misses] = [sum('hits'), sum('staleHits'), sum('misses')];
    const reads = hits + staleHits + misses;
    const { entries = 0, bytes = 0, oldestAt, newestAt } = (name === 'memory' ? undefined : (present ?? last)) ?? {};
    const waiting = present?.waiting ?? last?.waiting;
    const blocked = rows.flatMap(({ blockedMs }) => blockedMs ?? []);
    return {
      tier: name,
      hits,
      staleHits,
      misses,
      hitRate: reads === 0 ? 0 : hits / reads,
      writes: sum('writes'),
      errors: sum('errors'),
      evictions: sum('evictions'),
      entries,
      bytes,
      ...(oldestAt === undefined ? {} : { oldestAt }),
      ...(newestAt === undefined ? {} : { newestAt }),
      p50Ms: last?.p50Ms ?? 0,
      p95Ms: last?.p95Ms ?? 0,
      ...(last?.state === undefined ? {} : { state: last.state }),
      ...(blocked.length === 0 ? {} : { blockedMs: blocked.reduce((sum, ms) => sum + ms, 0) }),
      ...(waiting === undefined ? {} : { waiting }),
    };
  });
}
