/** What the live view shows, folded from events. Pure; every text in it is fit for a terminal. */

import type { RunEvent } from '../core/events.ts';
import { emptyStats, type RunStats, reduceStats } from '../core/stats.ts';
import { terminalLine } from '../util/terminal-text.ts';

export interface ActiveItem {
  readonly key: string;
  readonly stage: 'crawl' | 'write';
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly jobId?: string;
}

export interface SavedPost {
  readonly key: string;
  readonly title: string;
  readonly file: string;
  readonly draft: boolean;
}

export interface ViewState {
  readonly stats: RunStats;
  readonly writer: string;
  readonly out: string;
  readonly capUsd: number | undefined;
  readonly active: ReadonlyMap<string, ActiveItem>;
  readonly saved: readonly SavedPost[];
  readonly paused: boolean;
  readonly stopping: string | undefined;
  readonly warning: string | undefined;
  readonly ended: boolean;
}

export function emptyView(): ViewState {
  return {
    stats: emptyStats(),
    writer: '',
    out: '',
    capUsd: undefined,
    active: new Map(),
    saved: [],
    paused: false,
    stopping: undefined,
    warning: undefined,
    ended: false,
  };
}

export function reduceView(before: ViewState, event: RunEvent): ViewState {
  const view = { ...before, stats: reduceStats(before.stats, event) };
  switch (event.type) {
    case 'run:start':
      return {
        ...view,
        writer: event.provider === 'extractive' ? 'built-in writer' : `${event.provider} ${terminalLine(event.model)}`,
        out: event.out,
        capUsd: event.capUsd,
      };
    case 'run:pause':
      return { ...view, paused: true };
    case 'run:resume':
      return { ...view, paused: false };
    case 'run:stopping':
      return { ...view, stopping: terminalLine(event.reason) };
    case 'run:warning':
      return { ...view, warning: terminalLine(event.message) };
    case 'cache:state':
      return { ...view, warning: terminalLine(event.message) };
    case 'run:end':
      return { ...view, ended: true, active: new Map() };
    case 'page:start':
      return withActive(view, {
        key: `page ${event.url}`,
        stage: 'crawl',
        label: `${terminalLine(event.host)} ${terminalLine(pathOf(event.url))}`,
        since: Date.parse(event.at),
      });
    case 'page:end':
      return withoutActive(view, `page ${event.url}`);
    case 'entry:fail':
    case 'entry:skip':
      return withoutActive(view, `page ${event.failure.url}`);
    case 'job:status':
      return event.status === 'RUNNING'
        ? withActive(view, { key: `job ${event.key}`, stage: 'write', label: terminalLine(event.title), since: Date.parse(event.at), jobId: event.key })
        : withoutActive(view, `job ${event.key}`);
    case 'post:saved':
      return { ...view, saved: [...view.saved, { key: event.key, title: terminalLine(event.title), file: terminalLine(event.file), draft: event.draft }] };
    default:
      return view;
  }
}

/** Seconds until the end by the rate so far; undefined before anything is done. */
export function secondsLeft({ stats }: ViewState, now: number): number | undefined {
  const done = doneEntries(stats);
  const elapsed = (now - Date.parse(stats.startedAt)) / 1000;
  if (done === 0 || stats.entries === 0 || !(elapsed > 0)) return undefined;
  return Math.max(0, (stats.entries - done) * (elapsed / done));
}

export function doneEntries({ written, unchanged, skips, failures }: RunStats): number {
  return written + unchanged + skips.length + failures.length;
}

function withActive(view: ViewState, item: ActiveItem): ViewState {
  return { ...view, active: new Map(view.active).set(item.key, item) };
}

function withoutActive(view: ViewState, key: string): ViewState {
  if (!view.active.has(key)) return view;
  const active = new Map(view.active);
  active.delete(key);
  return { ...view, active };
}

function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    return decodeURIComponent(pathname) + search;
  } catch {
    return url;
  }
}
