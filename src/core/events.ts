/** Events of a run, for all subscribers: live view, NDJSON, statistics, tests. */

import type { Goal } from './goal.ts';
import type { Failure, Finding, JobStatus, Priority, Tier, Usage } from './types.ts';

export const STAGES = ['crawl', 'extract', 'plan', 'write', 'check', 'publish'] as const;
export type Stage = (typeof STAGES)[number];

export interface RunSummary {
  readonly runId: string;
  readonly entries: number;
  readonly crawled: number;
  readonly fromCache: number;
  /** Cached pages served from an expired copy because the host did not respond. */
  readonly stale: number;
  /** `written` and `unchanged` count posts, `skipped` and `failed` count entries: a post can have several. */
  readonly posts: {
    readonly written: number;
    readonly unchanged: number;
    readonly skipped: number;
    readonly failed: number;
  };
  /** Jobs of the shared queue that a worker has done; absent for other runs. */
  readonly jobs?: { readonly pages: number; readonly posts: number; readonly failed: number };
  /** Requests to a model. */
  readonly calls: number;
  readonly tokens: { readonly input: number; readonly cachedInput: number; readonly output: number };
  /** Null when any price was unknown. */
  readonly costUsd: number | null;
  /** Spending under the cap; absent without one. */
  readonly budget?: {
    readonly capUsd: number;
    /** Spent and reserved by all runs that share the cap. */
    readonly spentUsd: number;
    /** Written by this run. */
    readonly posts: number;
    /** Entries without a result yet. */
    readonly left: number;
    /** Their estimated cost at the average price per post; null when no post was written. */
    readonly leftUsd: number | null;
  };
  readonly durationMs: number;
  /** Watched feeds and sitemaps; absent if the lists have none. */
  readonly sources?: { readonly read: number; readonly failed: number; readonly taken: number };
  readonly failures: readonly Failure[];
  /** Entries left out on purpose: duplicates, thin pages, robots, policies. */
  readonly skips: readonly Failure[];
}

/** What a run would write, and its maximum cost. */
export interface Estimate {
  readonly provider: string;
  readonly model: string;
  readonly tier: string;
  readonly posts: number;
  /** Posts that are finished and unchanged. */
  readonly unchanged: number;
  /** Posts that a person edited or decided about: their sources changed, but a run would not write them. */
  readonly kept: number;
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
  /** Cost with answers of usual length, and a repair for some of the posts; absent if the price is unknown. */
  readonly likelyUsd?: number;
  /** Cost with every repair and every section of long posts at its worst case; absent if the price is unknown. */
  readonly worstUsd?: number;
  readonly titles: readonly string[];
}

interface At {
  /** ISO time. */
  readonly at: string;
}

export type RunEvent = At &
  (
    | {
        readonly type: 'run:start';
        readonly runId: string;
        readonly goal: Goal;
        readonly entries: number;
        readonly provider: string;
        readonly model: string;
        readonly tier: Tier | 'auto';
        readonly capUsd?: number;
        readonly out: string;
        /** The shared queue that a worker serves, such as `Redis at localhost:6379 (blogger:queue)`; absent for other runs. */
        readonly queue?: string;
      }
    /** A watched feed or sitemap was read or failed. Items taken from it count as entries. */
    | {
        readonly type: 'source:end';
        readonly url: string;
        readonly outcome: 'read' | 'unchanged' | 'not due' | 'failed';
        /** Items taken in this run. */
        readonly taken: number;
      }
    /** The last event of every run. */
    | {
        readonly type: 'run:end';
        readonly summary: RunSummary;
        readonly stoppedBy?: { readonly code: string; readonly message: string; readonly hint?: string };
      }
    /** A notice or warning to show the user once. */
    | { readonly type: 'run:warning'; readonly code: string; readonly message: string; readonly hint?: string }
    /** Result of a dry run. */
    | ({ readonly type: 'run:estimate' } & Estimate)
    /** The run takes no new work: Ctrl-C, budget, quota. */
    | { readonly type: 'run:stopping'; readonly reason: string }
    | { readonly type: 'run:pause' }
    | { readonly type: 'run:resume' }
    /** A request for the entry's page is sent (not emitted for a cached page). */
    | {
        readonly type: 'page:start';
        readonly url: string;
        readonly host: string;
        readonly priority: Priority;
        readonly attempt: number;
      }
    | {
        readonly type: 'page:retry';
        readonly url: string;
        readonly host: string;
        readonly attempt: number;
        readonly delayMs: number;
        readonly code: string;
        readonly message: string;
      }
    | {
        readonly type: 'page:end';
        readonly url: string;
        readonly host: string;
        readonly finalUrl: string;
        readonly httpStatus: number;
        readonly bytes: number;
        readonly ms: number;
        readonly fromCache: boolean;
        readonly stale: boolean;
        /** The site's AI policy, and the decision under the current setting. */
        readonly policy: string;
      }
    /** Final event of an entry without a post: failed (an error) or skipped (on purpose). */
    | { readonly type: 'entry:fail'; readonly stage: Stage; readonly failure: Failure }
    | { readonly type: 'entry:skip'; readonly stage: Stage; readonly failure: Failure }
    /** The user asked to retry a failed entry; it no longer counts as failed. */
    | { readonly type: 'entry:retry'; readonly url: string }
    | {
        readonly type: 'article:end';
        readonly url: string;
        readonly title: string;
        readonly lang: string;
        readonly chars: number;
        readonly ms: number;
      }
    /** A post is planned; `key` is its job's id. */
    | {
        readonly type: 'job:add';
        readonly key: string;
        readonly title: string;
        readonly urls: readonly string[];
        readonly priority: Priority;
      }
    | {
        readonly type: 'job:status';
        readonly key: string;
        readonly status: JobStatus;
        readonly title: string;
        readonly error?: { readonly code: string; readonly message: string };
      }
    /** A worker has done a job of the shared queue, or could not do it. */
    | {
        readonly type: 'worker:job';
        readonly kind: 'page' | 'post';
        /** Address of the page, or title of the post's source. */
        readonly what: string;
        readonly done: boolean;
      }
    | { readonly type: 'job:progress'; readonly key: string; readonly percent: number; readonly message: string }
    /** A batch is submitted. */
    | {
        readonly type: 'batch:start';
        readonly id: string;
        readonly size: number;
        readonly reason: 'size' | 'time' | 'flush';
      }
    | { readonly type: 'batch:end'; readonly id: string; readonly size: number; readonly ms: number }
    /** A request to a model is sent. */
    | {
        readonly type: 'call:start';
        readonly key: string;
        readonly provider: string;
        readonly model: string;
        readonly tier: Tier;
        readonly reservedUsd?: number;
      }
    | {
        readonly type: 'call:retry';
        readonly key: string;
        readonly attempt: number;
        readonly delayMs: number;
        readonly code: string;
        readonly message: string;
      }
    | {
        readonly type: 'call:end';
        readonly key: string;
        readonly tier: Tier;
        readonly usage?: Usage;
        readonly costUsd?: number;
        readonly finishReason: string;
        readonly ms: number;
        readonly reused: boolean;
      }
    | { readonly type: 'call:error'; readonly key: string; readonly code: string; readonly message: string }
    /** A vendor batch changed its state. */
    | {
        readonly type: 'vendor-batch:status';
        readonly id: string;
        readonly shardId: string;
        readonly status: string;
        readonly done: number;
        readonly total: number;
      }
    | {
        readonly type: 'money:change';
        readonly spentUsd: number;
        readonly reservedUsd: number;
        readonly capUsd?: number;
      }
    | {
        readonly type: 'check:end';
        readonly key: string;
        readonly findings: readonly Finding[];
        readonly score?: number;
        readonly holdAsDraft: boolean;
      }
    | {
        readonly type: 'post:saved';
        readonly key: string;
        readonly title: string;
        readonly file: string;
        readonly urls: readonly string[];
        readonly draft: boolean;
        readonly costUsd?: number;
        readonly score?: number;
      }
    | {
        readonly type: 'post:unchanged';
        readonly key: string;
        readonly title: string;
        readonly file: string;
        readonly urls: readonly string[];
      }
    | {
        readonly type: 'cache:state';
        readonly tier: string;
        readonly state: 'open' | 'half-open' | 'closed';
        readonly message: string;
      }
  );

export type RunEventType = RunEvent['type'];

/** The event of one type. */
export type EventOf<Type extends RunEventType> = Extract<RunEvent, { readonly type: Type }>;

/** An event as a line of `--json`; later versions may add events and fields under the same `v`. */
export type EventLine = { readonly v: 1 } & RunEvent;

/** One output line of `blogger crawl`: an entry with its article, or with the reason why there is none. */
export interface PageRecord {
  readonly v: 1;
  readonly type: 'page';
  readonly url: string;
  readonly finalUrl: string | null;
  readonly canonicalUrl: string | null;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly priority: Priority;
  readonly fromCache: boolean;
  readonly httpStatus: number | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly publishedAt: string | null;
  readonly lang: string | null;
  readonly siteName: string | null;
  readonly text: string | null;
  readonly markdown: string | null;
  readonly contentHash: string | null;
  readonly ms: number | null;
}
