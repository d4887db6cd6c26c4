/** State of the live view, reduced from events. Pure; all text is safe for a terminal. */

import type { EventOf, RunEvent } from '../core/events.ts';
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

type Reducers = { readonly [Type in RunEvent['type']]?: (view: ViewState, event: EventOf<Type>) => ViewState };

/** Events without a row change the figures only. */
const REDUCERS: Reducers = {
  'run:start': atStart,
  'run:pause': (view) => ({ ...view, paused: true }),
  'run:resume': (view) => ({ ...view, paused: false }),
  'run:stopping': (view, { reason }) => ({ ...view, stopping: terminalLine(reason) }),
  'run:warning': (view, { message, hint = '' }) =>
    withLine(view, { mark: '!', text: terminalLine(message), detail: terminalLine(hint) }),
  'cache:state': (view, { message }) => withLine(view, { mark: '!', text: terminalLine(message), detail: '' }),
  'run:end': (view) => ({ ...view, ended: true, active: new Map() }),
  'page:start': (view, { url, host, attempt, at }) =>
    withActive(view, {
      key: `page ${url}`,
      stage: 'crawl',
      label: `${terminalLine(host)} ${terminalLine(pathOf(url))}${attempt > 1 ? ` (attempt ${attempt})` : ''}`,
      since: Date.parse(at),
    }),
  'page:retry': (view, { url }) => withoutActive(view, `page ${url}`),
  'page:end': (view, { url }) => withoutActive(view, `page ${url}`),
  'entry:fail': (view, { failure }) => withoutActive(view, `page ${failure.url}`),
  'entry:skip': (view, { failure }) => withoutActive(view, `page ${failure.url}`),
  'worker:job': (view, { kind, what, done }) =>
    withLine(view, { mark: done ? '✓' : '!', text: terminalLine(what), detail: done ? kind : `${kind} failed` }),
  'job:status': atJobStatus,
  'call:start': (view, event) => atStage(view, event, 'write'),
  'call:end': (view, event) => atStage(view, event, 'check'),
  'check:end': (view, event) => atStage(view, event, 'save'),
  'post:saved': (view, { title, file, draft }) =>
    withLine(view, {
      mark: '✓',
      text: terminalLine(title),
      detail: `${terminalLine(file)}${draft ? ' (draft)' : ''}`,
    }),
};

export function reduceView(before: ViewState, event: RunEvent): ViewState {
  const view = { ...before, stats: reduceStats(before.stats, event), pace: reducePace(before.pace, event) };
  const reduce = REDUCERS[event.type] as ((view: ViewState, event: RunEvent) => ViewState) | undefined; // the row of this event's type
  return reduce === undefined ? view : reduce(view, event);
}

function atStart(before: ViewState, { goal, provider, model, capUsd, queue }: EventOf<'run:start'>): ViewState {
  const asksModel = !isFreeProvider(provider);
  const writer = asksModel ? terminalLine(`${provider} ${model}`) : 'built-in writer';
  const view =
    queue === undefined
      ? before
      : withLine(before, { mark: '✓', text: terminalLine(queue), detail: 'pages and posts are taken from this queue' });
  return { ...view, goal, asksModel, writer, capUsd };
}

function atJobStatus(view: ViewState, { key, status, title, at }: EventOf<'job:status'>): ViewState {
  if (status !== 'RUNNING') return withoutActive(view, `job ${key}`);
  return withActive(view, {
    key: `job ${key}`,
    stage: view.asksModel ? 'wait' : 'write',
    label: terminalLine(title),
    since: Date.parse(at),
    jobId: key,
  });
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
