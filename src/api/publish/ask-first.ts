/** The brake on a first run: many posts at once are seldom meant. Pure. */

import type { Publications, Showing } from '../../core/publishing.ts';
import { dayOf } from '../../targets/plan-times.ts';

/** Posts of one day that need no consent. */
const MOST_A_DAY = 10;

export interface VolumeQuestion {
  readonly target: string;
  readonly count: number;
  /** The day on which most of them appear; undefined where they do at once. */
  readonly day?: string;
}

/** Answers whether a person agrees. */
export type Consent = (question: VolumeQuestion) => Promise<boolean>;

export interface AskFirstOptions {
  readonly target: string;
  readonly publications: Pick<Publications, 'list'>;
  readonly timeZone: string;
  readonly now: number;
}

/** What a person is to be asked; undefined where the target has posts of this project, or few come on any day. */
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
  if (count <= MOST_A_DAY) return undefined;
  return { target, count, ...(day === today ? {} : { day }) };
}
