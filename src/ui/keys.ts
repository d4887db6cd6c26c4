/** Key bindings and their state. */

import { inOrder } from './describe-view.ts';
import type { ActiveItem, ViewState } from './view-state.ts';

export interface ViewActions {
  pause(): void;
  resume(): void;
  stop(): void;
  /** What Ctrl-C does. */
  interrupt(): void;
  /** What Ctrl-Z does. */
  suspend(): void;
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
export type Key = string | 'up' | 'down' | 'enter' | 'escape' | 'ctrl-c' | 'ctrl-z';

/** What the terminal sent at once: a key with its name, or several letters where they were typed fast or pasted. */
export interface TypedInput {
  readonly text: string;
  readonly named: 'up' | 'down' | 'enter' | 'escape' | undefined;
  readonly ctrl: boolean;
  readonly alt: boolean;
}

/** In raw mode the terminal sends no signals; several keys may arrive in one chunk, as their characters. */
const CONTROLS: Readonly<Record<string, Key>> = {
  '\u0003': 'ctrl-c',
  '\u001a': 'ctrl-z',
  '\r': 'enter',
  '\n': 'enter',
};
const PASTE_BEGINS = '[200~';
const PASTE_ENDS = '[201~';
/** Nobody types more letters between two reads; terminals that do not mark a paste send it so. */
const MOST_TYPED = 16;

/** The keys in an input. Empty for pasted text, and for keys that the view does not use. */
export function keysIn(
  { text, named, ctrl, alt }: TypedInput,
  isPasting: boolean,
): { readonly keys: readonly Key[]; readonly isPasting: boolean } {
  if (text === PASTE_BEGINS) return { keys: [], isPasting: true };
  if (text === PASTE_ENDS) return { keys: [], isPasting: false };
  if (isPasting) return { keys: [], isPasting };
  if (ctrl) return { keys: text === 'c' || text === 'z' ? [`ctrl-${text}`] : [], isPasting };
  if (named !== undefined) return { keys: [named], isPasting };
  if (alt || /^[[O]./.test(text)) return { keys: [], isPasting };
  const keys = [...text].map((letter) => CONTROLS[letter] ?? letter);
  return { keys: keys.length > MOST_TYPED ? keys.filter((key) => key === 'ctrl-c') : keys, isPasting };
}

export function pressKey(before: KeyState, key: Key, view: ViewState, actions: ViewActions): KeyState {
  const state = { ...before, notice: '' };
  const toggle = (panel: Panel): KeyState => ({ ...NO_KEY, panel: state.panel === panel ? 'work' : panel });
  switch (key) {
    case 'ctrl-c':
      actions.interrupt();
      return state;
    case 'ctrl-z':
      actions.suspend();
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
