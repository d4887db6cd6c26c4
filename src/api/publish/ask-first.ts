/** Confirmation for a first run that would send many posts at once. Pure. */

import type { Publications, Showing } from '../../core/publishing.ts';
import { dayOf } from '../../targets/plan-times.ts';

/** Maximum posts per day without confirmation. */
const MAX_PER_DAY = 10;

export interface VolumeQuestion {
  readonly target: string;
  readonly count: number;
  /** The day with most posts; undefined if they appear at once. */
  readonly day?: string;
}

/** Resolves true if a person confirms. */
export type Consent = (question: VolumeQuestion) => Promise<boolean>;

export interface AskFirstOptions {
  readonly target: string;
  readonly publications: Pick<Publications, 'list'>;
  readonly timeZone: string;
  readonly now: number;
}

/** The question to ask; undefined if the target already has posts of this project, or each day has few. */
export function askFirst(
  posts: readonly { readonly showing: Showing }[],
  { target, publications, timeZone, now }: AskFirstOptions,
): VolumeQuestion | undefined {
  if (publications.list(target).some(({ remote }) => remote !== undefined)) return undefined;
  const today = dayOf(now, timeZone);
  const counts = new Map<string, number>();
  for (const { showing } of posts) {
    const day = showing.as === 'schedule' ? dayOf(showing.at, timeZone) : today;
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const [day, count] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? ['', 0];
  if (count <= MAX_PER_DAY) return undefined;
  return { target, count, ...(day === today ? {} : { day }) };
}
