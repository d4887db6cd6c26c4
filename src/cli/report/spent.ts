import type { Report } from '../../api/report.ts';
import { formatUsd } from '../reporters/describe.ts';

type Spending = Report['spending'];

/** Total cost of all calls. Calls without a known cost count at their worst case; without a price either, the total is unknown. */
export function spentUsd(spending: Spending): number | undefined {
  if (spending.some(({ unpriced }) => unpriced > 0)) return undefined;
  return spending.reduce((sum, { costUsd }) => sum + costUsd, 0);
}

/** The sum in words: `$0.012`, `at most $0.012` or `more than $0.012`, `unknown`. */
export function spentText(spending: Spending): string {
  const known = spending.reduce((sum, { costUsd }) => sum + costUsd, 0);
  if (spentUsd(spending) === undefined) return known === 0 ? 'unknown' : `more than ${formatUsd(known)}`;
  return `${spending.some(({ unknown }) => unknown > 0) ? 'at most ' : ''}${formatUsd(known)}`;
}
