/** Throughput of the stages, and which stage is the bottleneck. Pure; shared by the live view, plain output and the summary. */

import type { RunEvent } from '../events.ts';
import { GOALS, type Goal } from '../goal.ts';
import type { RunStats } from './stats.ts';

export const PACED_STAGES = ['crawl', 'read', 'plan', 'write'] as const;
export type PacedStage = (typeof PACED_STAGES)[number];

/** Stages that wait for other machines; time beyond both is local work. */
export type WaitingStage = 'crawl' | 'write';

interface Busy {
  /** Items in flight. */
  readonly items: number;
  /** Milliseconds since the epoch; meaningful while items are in flight. */
  readonly since: number;
  /** Milliseconds with something in flight, up to `since`. */
  readonly ms: number;
}

export interface Pace {
  /** When the last items of each stage ended, oldest first, in milliseconds since the epoch. */
  readonly recent: Readonly<Record<PacedStage, readonly number[]>>;
  readonly busy: Readonly<Record<WaitingStage, Busy>>;
  readonly openPages: ReadonlySet<string>;
  /** Entries that have been crawled. */
  readonly crawlEnded: number;
}

/** Number of recent completions that a rate is computed from. */
const WINDOW = 32;
const IDLE: Busy = { items: 0, since: 0, ms: 0 };

export function emptyPace(): Pace {
  return {
    recent: { crawl: [], read: [], plan: [], write: [] },
    busy: { crawl: IDLE, write: IDLE },
    openPages: new Set(),
    crawlEnded: 0,
  };
}

export function reducePace(pace: Pace, event: RunEvent): Pace {
  const at = Date.parse(event.at);
  switch (event.type) {
    case 'page:start':
      return pace.openPages.has(event.url)
        ? pace
        : withBusy({ ...pace, openPages: new Set([...pace.openPages, event.url]) }, 'crawl', 1, at);
    case 'page:retry':
      return pageGone(pace, event.url, at);
    case 'page:end':
      return withEnd({ ...pageGone(pace, event.url, at), crawlEnded: pace.crawlEnded + 1 }, 'crawl', at);
    case 'entry:fail':
    case 'entry:skip':
      return event.stage === 'crawl'
        ? { ...pageGone(pace, event.failure.url, at), crawlEnded: pace.crawlEnded + 1 }
        : pace;
    case 'entry:retry':
      return { ...pace, crawlEnded: Math.max(0, pace.crawlEnded - 1) };
    case 'article:end':
      return withEnd(pace, 'read', at);
    case 'job:add':
    case 'post:unchanged':
      return withEnd(pace, 'plan', at);
    case 'job:status':
      return withBusy(pace, 'write', event.status === 'RUNNING' ? 1 : -1, at);
    case 'post:saved':
      return withEnd(pace, 'write', at);
    default:
      return pace;
  }
}

/** Recent items per second; undefined before two have ended. The first ones are measured from the start of the stage, because they complete in bursts. */
export function rateOf({ recent, busy }: Pace, stage: PacedStage, now: number): number | undefined {
  const times = recent[stage];
  const [first] = times;
  if (first === undefined || times.length < 2) return undefined;
  const atWork = stage === 'crawl' || stage === 'write' ? busyMs(busy[stage], now) : 0;
  const span = times.length < WINDOW && atWork > 0 ? atWork : now - first;
  return span > 0 ? (times.length / span) * 1000 : undefined;
}

export interface TimeLeft {
  readonly seconds: number;
  /** The stage that determines the end. */
  readonly stage: WaitingStage;
}

/** Estimated end, set by the slowest stage: remaining items at its recent rate. Undefined before the first post. */
export function timeLeft(stats: RunStats, pace: Pace, now: number, goal: Goal = 'posts'): TimeLeft | undefined {
  const reads = rateOf(pace, 'crawl', now);
  const crawl = reads === undefined ? undefined : Math.max(0, stats.entries - pace.crawlEnded) / reads;
  if (GOALS[goal].endsAt === 'article') return crawl === undefined ? undefined : { seconds: crawl, stage: 'crawl' };
  const writes = rateOf(pace, 'write', now) ?? rateOf(pace, 'plan', now);
  if (writes === undefined || stats.entries === 0 || (stats.written === 0 && stats.unchanged === 0)) return undefined;
  const write = Math.max(0, stats.entries - doneEntries(stats)) / writes;
  return crawl !== undefined && crawl > write ? { seconds: crawl, stage: 'crawl' } : { seconds: write, stage: 'write' };
}

export interface Bottleneck {
  readonly stage: WaitingStage;
  /** How long it had something in flight. */
  readonly busyMs: number;
}

/** How long a stage has had something in flight. */
export function busyTimeOf({ busy }: Pace, stage: WaitingStage, now: number): number {
  return busyMs(busy[stage], now);
}

/** The stage that was busy longest; undefined when none did any work. */
export function bottleneckOf(pace: Pace, now: number): Bottleneck | undefined {
  const [crawl, write] = [busyTimeOf(pace, 'crawl', now), busyTimeOf(pace, 'write', now)];
  if (crawl === 0 && write === 0) return undefined;
  return crawl > write ? { stage: 'crawl', busyMs: crawl } : { stage: 'write', busyMs: write };
}

export function doneEntries({ articles, entriesInPosts, skips, failures }: RunStats, goal: Goal = 'posts'): number {
  return (GOALS[goal].endsAt === 'article' ? articles : entriesInPosts) + skips.length + failures.length;
}

function pageGone(pace: Pace, url: string, at: number): Pace {
  if (!pace.openPages.has(url)) return pace;
  const openPages = new Set(pace.openPages);
  openPages.delete(url);
  return withBusy({ ...pace, openPages }, 'crawl', -1, at);
}

function withEnd(pace: Pace, stage: PacedStage, at: number): Pace {
  return { ...pace, recent: { ...pace.recent, [stage]: [...pace.recent[stage].slice(1 - WINDOW), at] } };
}

function withBusy(pace: Pace, stage: WaitingStage, change: 1 | -1, at: number): Pace {
  const before = pace.busy[stage];
  const items = Math.max(0, before.items + change);
  return { ...pace, busy: { ...pace.busy, [stage]: { items, since: at, ms: busyMs(before, at) } } };
}

function busyMs({ items, since, ms }: Busy, now: number): number {
  return items === 0 ? ms : ms + Math.max(0, now - since);
}
