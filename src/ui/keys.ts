/** Key bindings and their state. */

import { inOrder } from './describe-view.ts';
import type { ActiveItem, ViewState } from './view-state.ts';

export interface ViewActions {
  pause(): void;
  resume(): void;
  stop(): void;
  /** What Ctrl-C does. */
  interrupt(): void;
  /** False when the job has already ended. */
  cancelJob(id: string): boolean;
  /** Returns the number of entries to retry. */
  retryFailed(): number;
}

export type Panel = 'work' | 'failures' | 'cancel' | 'help';

export interface KeyState {
  readonly panel: Panel;
  /** The chosen line of a panel, 0-based. */
  readonly place: number;
  /** Message in response to the last key. */
  readonly notice: string;
}

export const NO_KEY: KeyState = { panel: 'work', place: 0, notice: '' };

/** A letter, or the name of a key that writes none. */
export type Key = string | 'up' | 'down' | 'enter' | 'escape' | 'ctrl-c';

export function pressKey(before: KeyState, key: Key, view: ViewState, actions: ViewActions): KeyState {
  const state = { ...before, notice: '' };
  const toggle = (panel: Panel): KeyState => ({ ...NO_KEY, panel: state.panel === panel ? 'work' : panel });
  switch (key) {
    case 'ctrl-c':
      actions.interrupt();
      return state;
    case 'p':
      if (view.paused) actions.resume();
      else actions.pause();
      return state;
    case 'q':
      actions.stop();
      return state;
    case 'r': {
      const count = actions.retryFailed();
      return {
        ...state,
        notice:
          count === 0
            ? 'Nothing has failed that could be tried again.'
            : `${count} failed will be tried again when the list is through.`,
      };
    }
    case 'f':
      return toggle('failures');
    case 'c':
      return toggle('cancel');
    case '?':
      return toggle('help');
    case 'escape':
      return NO_KEY;
    case 'up':
      return { ...state, place: placeIn(view, state) - 1 };
    case 'down':
      return { ...state, place: placeIn(view, state) + 1 };
    case 'enter':
      return state.panel === 'cancel' ? cancelChosen(state, view, actions) : state;
    default:
      return state;
  }
}

/** Posts in progress, in the order of the panel. */
export function cancellable(view: ViewState): ActiveItem[] {
  return inOrder(view.active).filter(({ jobId }) => jobId !== undefined);
}

/** The selected index, limited to the current list. */
export function placeIn(view: ViewState, { panel, place }: KeyState): number {
  const last = panel === 'cancel' ? cancellable(view).length - 1 : view.stats.failures.length - 1;
  return Math.max(0, Math.min(place, last));
}

function cancelChosen(state: KeyState, view: ViewState, actions: ViewActions): KeyState {
  const job = cancellable(view)[placeIn(view, state)];
  if (job?.jobId === undefined) return NO_KEY;
  return { ...NO_KEY, notice: actions.cancelJob(job.jobId) ? `Cancelled: ${job.label}` : `Over already: ${job.label}` };
}
