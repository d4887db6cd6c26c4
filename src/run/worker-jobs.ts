/** What goes through the queue between a run and its workers. */

import type { Settings } from '../config/schema.ts';
import { BloggerError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { Article, Brief, Draft, Entry } from '../core/types.ts';
import type { CapOfCall } from '../stages/write/calls/shared-model.ts';

export interface PageJob {
  readonly entry: Entry;
}

export interface PageAnswer {
  readonly article: Article;
  /** The event of the page, as the worker saw it. */
  readonly page: Omit<Extract<RunEvent, { type: 'page:end' }>, 'at' | 'type'>;
}

interface AnyPostJob {
  /** Hash of what shapes an answer. */
  readonly shape: string;
  readonly cap?: CapOfCall;
  /** Set where an answer that could not be used is to be asked for again. */
  readonly retrySalt?: string;
}

/** What the run that a post is written for wishes of its writing. */
export type PostWishes = Pick<AnyPostJob, 'cap' | 'retrySalt'>;

export type PostJob = AnyPostJob &
  (
    | { readonly do: 'write'; readonly brief: Brief }
    | { readonly do: 'repair'; readonly draft: Draft; readonly problems: readonly string[] }
  );

export type PostAnswer = Pick<Draft, 'content' | 'provenance' | 'digest'>;

/** Finished jobs that Redis keeps for a run that was broken off; each carries its article. */
const KEPT = 2000;

/** Where the queues are; throws `CONFIG_INVALID` without Redis. */
export function queueOptions({ redisUrl, cache: { prefix }, jobs: { leaseMs } }: Settings, name: 'pages' | 'posts') {
  if (redisUrl === undefined) {
    throw new BloggerError('Workers share their queue through Redis, but none is set', {
      code: 'CONFIG_INVALID',
      hint: 'Set REDIS_URL, or leave out --queue redis and let this machine do the work.',
    });
  }
  return { redisUrl, name, prefix: `${prefix}queue`, leaseMs, keep: KEPT };
}
