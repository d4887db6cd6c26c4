/** State of the live view, reduced from events. Pure; all text is safe for a terminal. */

import type { RunEvent } from '../core/events.ts';
import { emptyPace, type Pace, reducePace } from '../core/figures/pace.ts';
import { emptyStats, type RunStats, reduceStats } from '../core/figures/stats.ts';
import type { Goal } from '../core/goal.ts';
import { isFreeProvider } from '../core/providers.ts';
import { terminalLine } from '../util/text/terminal-text.ts';

/** `wait`: the post is in progress, its request is not sent yet. */
export type ActiveStage = 'crawl' | 'wait' | 'write' | 'check' | 'save';

export interface ActiveItem {
  readonly key: string;
  readonly stage: ActiveStage;
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Set where the item is a job, which can be cancelled. */
  readonly jobId?: string;
}

/** A line printed above the view. */
export interface ScrolledLine {
  readonly mark: '✓' | '!';
  readonly text: string;
  readonly detail: string;
}

export interface ViewState {
  readonly goal: Goal;
  readonly stats: RunStats;
  readonly pace: Pace;
  readonly writer: string;
  /** False for the built-in writer, which sends no requests. */
  readonly asksModel: boolean;
  readonly capUsd: number | undefined;
  readonly active: ReadonlyMap<string, ActiveItem>;
  /** Lines added since the last frame. */
  readonly scrolled: readonly ScrolledLine[];
  readonly paused: boolean;
  readonly stopping: string | undefined;
  readonly ended: boolean;
}

export function emptyView(goal: Goal = 'posts'): ViewState {
  return {
    goal,
    stats: emptyStats(),
    pace: emptyPace(),
    writer: '',
    asksModel: false,
    capUsd: undefined,
    active: new Map(),
    scrolled: [],
    paused: false,
    stopping: undefined,
    ended: false,
  };
}

export function reduceView(before: ViewState, event: RunEvent): ViewState {
  const view = { ...before, stats: reduceStats(before.stats, event), pace: reducePace(before.pace, event) };
  switch (event.type) {
    case 'run:start': {
      const asksModel = !isFreeProvider(event.provider);
      return {
        ...view,
        goal: event.goal,
        asksModel,
        writer: asksModel ? terminalLine(`${event.provider} ${event.model}`) : 'built-in writer',
        capUsd: event.capUsd,
      };
    }
    case 'run:pause':
      return { ...view, paused: true };
    case 'run:resume':
      return { ...view, paused: false };
    case 'run:stopping':
      return { ...view, stopping: terminalLine(event.reason) };
    case 'run:warning':
      return withLine(view, { mark: '!', text: terminalLine(event.message), detail: terminalLine(event.hint ?? '') });
    case 'cache:state':
      return withLine(view, { mark: '!', text: terminalLine(event.message), detail: '' });
    case 'run:end':
      return { ...view, ended: true, active: new Map() };
    case 'page:start':
      return withActive(view, {
        key: `page ${event.url}`,
        stage: 'crawl',
        label: `${terminalLine(event.host)} ${terminalLine(pathOf(event.url))}${event.attempt > 1 ? ` (attempt ${event.attempt})` : ''}`,
        since: Date.parse(event.at),
      });
    case 'page:retry':
    case 'page:end':
      return withoutActive(view, `page ${event.url}`);
    case 'entry:fail':
    case 'entry:skip':
      return withoutActive(view, `page ${event.failure.url}`);
    case 'job:status':
      return event.status === 'RUNNING'
        ? withActive(view, {
            key: `job ${event.key}`,
            stage: view.asksModel ? 'wait' : 'write',
            label: terminalLine(event.title),
            since: Date.parse(event.at),
            jobId: event.key,
          })
        : withoutActive(view, `job ${event.key}`);
    case 'call:start':
      return atStage(view, event, 'write');
    case 'call:end':
      return atStage(view, event, 'check');
    case 'check:end':
      return atStage(view, event, 'save');
    case 'post:saved':
      return withLine(view, {
        mark: '✓',
        text: terminalLine(event.title),
        detail: `${terminalLine(event.file)}${event.draft ? ' (draft)' : ''}`,
      });
    default:
      return view;
  }
}

function withLine(view: ViewState, line: ScrolledLine): ViewState {
  return { ...view, scrolled: [...view.scrolled, line] };
}

/** A call's key is the key of its brief, optionally followed by a colon and the part. */
function atStage(
  view: ViewState,
  { key, at }: { readonly key: string; readonly at: string },
  stage: ActiveStage,
): ViewState {
  const item = view.active.get(`job ${key.split(':', 1)[0]}`);
  return item === undefined ? view : withActive(view, { ...item, stage, since: Date.parse(at) });
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
