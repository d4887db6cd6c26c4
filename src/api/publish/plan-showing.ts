/** How and when each post of a run appears. */

import type { Showing } from '../../core/publishing.ts';
import { planTimes, timeOf } from '../../targets/plan-times.ts';
import type { PublishingRoom } from './publishing-room.ts';
import type { PostFile } from './read-posts.ts';

export interface PlannedPost extends PostFile {
  readonly showing: Showing;
  /** True if the post has no record at the target. */
  readonly isNew: boolean;
}

export interface Planner {
  plan(posts: readonly PostFile[]): readonly PlannedPost[];
}

export function openPlanner(place: string, { settings, publications, timeZone, clock }: PublishingRoom): Planner {
  const { publishAt, perDay, between } = settings;
  const hasRhythm = publishAt !== undefined || perDay !== undefined || between !== undefined;
  const as = settings.publishAs ?? (hasRhythm ? 'schedule' : 'draft');
  return {
    plan(posts) {
      const now = clock.now();
      const known = new Map(posts.map(({ document: { key } }) => [key, publications.find(place, key)]));
      const isNew = ({ document: { key } }: PostFile) => known.get(key)?.remote === undefined;
      // Keeps an assigned time, unless it passed before the post arrived.
      const keptAt = ({ document: { key }, front }: PostFile): number | undefined => {
        const before = known.get(key)?.at;
        if (before !== undefined && before > now) return before;
        if (hasRhythm) return undefined;
        const own = ownTime({ front }, timeZone);
        return own !== undefined && own > now ? own : undefined;
      };
      const waiting =
        as === 'schedule' && hasRhythm ? posts.filter((post) => isNew(post) && keptAt(post) === undefined) : [];
      const taken = publications.list(place).flatMap(({ at }) => at ?? []);
      const times = planTimes({ now, taken, count: waiting.length, publishAt, perDay, between, timeZone });
      const timeByKey = new Map(waiting.map((post, index) => [post.document.key, times[index]]));
      return posts.map((post) => {
        const at = keptAt(post) ?? timeByKey.get(post.document.key);
        return { ...post, isNew: isNew(post), showing: showingAs(as, at ?? ownTime(post, timeZone), now) };
      });
    },
  };
}

function ownTime({ front }: Pick<PostFile, 'front'>, timeZone: string): number | undefined {
  return timeOf(front.publishAt, timeZone);
}

/** A post without a time, or with a past one, appears now; one with a later time waits for it, since its date is an embargo. */
function showingAs(as: Showing['as'], at: number | undefined, now: number): Showing {
  if (as === 'draft') return { as };
  return at === undefined || at <= now ? { as: 'publish' } : { as: 'schedule', at };
}
