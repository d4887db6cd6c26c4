import { BloggerError } from '../../core/errors.ts';
import type { Tier } from '../../core/types.ts';
import { parseDeadline } from './deadline.ts';

const HOUR_MS = 3_600_000;
/** Vendors promise batches within 24 hours and mostly need far less; flex answers within minutes. */
const BATCH_MS = 24 * HOUR_MS;
const FLEX_MS = HOUR_MS;

/** The requested tier, or with `auto` the cheapest that meets the deadline. Throws `CONFIG_INVALID` for a deadline that is past or invalid. */
export function chooseTier(setting: Tier | 'auto', deadline: string | undefined, now: number): Tier {
  const leftMs = deadline === undefined ? undefined : parseDeadline(deadline, now) - now;
  if (leftMs !== undefined && leftMs <= 0) {
    throw new BloggerError(`The deadline "${deadline}" is in the past`, {
      code: 'CONFIG_INVALID',
      hint: 'Set deadline to a later time, such as 2h.',
    });
  }
  if (setting !== 'auto') return setting;
  if (leftMs === undefined) return 'flex';
  if (leftMs >= BATCH_MS) return 'batch';
  return leftMs >= FLEX_MS ? 'flex' : 'standard';
}
