import { render } from 'ink';
import type { Clock, EventSink } from '../core/ports.ts';
import { App } from './App.tsx';
import type { ViewActions } from './keys.ts';
import type { Say } from './messages/translator.ts';
import { SayContext } from './use-say.ts';
import { emptyView, reduceView, type ScrolledLine } from './view-state.ts';

export interface MountOptions {
  /** Output terminal. */
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly clock: Clock;
  readonly actions: ViewActions;
  readonly say: Say;
}

export interface MountedView {
  readonly sink: EventSink;
  /** Restores the terminal; finished posts stay above. */
  unmount(): Promise<void>;
}

const FRAME_MS = 100;
/** Makes the terminal mark pasted text, so that none of its letters counts as a key. */
const PASTE_MARKS = { on: '\u001b[?2004h', off: '\u001b[?2004l' } as const;

/** Draws the live view, at most ten times a second. */
export function mountView({ stdout, stdin, clock, actions, say }: MountOptions): MountedView {
  let view = emptyView();
  let scrolled: readonly ScrolledLine[] = [];
  let drawnAt = 0;
  const stop = new AbortController();
  const keyboard = stdin.isTTY === true;
  let isSuspended = false;
  /** Gives the terminal back to the shell before this process stops. */
  const suspend = () => {
    isSuspended = true;
    stdout.write(PASTE_MARKS.off);
    instance.unmount();
    actions.suspend();
    setTimeout(goOn, FRAME_MS); // also when it was not suspended, for example without a shell with job control
  };
  /** After `fg`: begins below what the shell has written. */
  const goOn = () => {
    if (!isSuspended) return;
    isSuspended = false;
    scrolled = [];
    instance = open();
  };
  const element = () => (
    <SayContext value={say}>
      <App {...{ view, scrolled, keyboard, ...sizeOf(stdout) }} now={clock.now()} actions={{ ...actions, suspend }} />
    </SayContext>
  );
  const open = () => {
    if (keyboard) stdout.write(PASTE_MARKS.on);
    return render(element(), { stdout, stdin, exitOnCtrlC: false, patchConsole: false, maxFps: 10 });
  };
  let instance = open();
  const draw = () => {
    if (isSuspended) return;
    drawnAt = clock.now();
    // Copied once per frame, not per event: a run may save a hundred thousand posts.
    if (view.scrolled.length > 0) {
      scrolled = [...scrolled, ...view.scrolled];
      view = { ...view, scrolled: [] };
    }
    instance.rerender(element());
  };
  void repeat(draw, clock, stop.signal);
  return {
    sink(event) {
      view = reduceView(view, event);
      if (event.type === 'run:end' || clock.now() - drawnAt >= FRAME_MS) draw();
    },
    async unmount() {
      stop.abort();
      if (keyboard) stdout.write(PASTE_MARKS.off);
      draw();
      instance.unmount();
      await instance.waitUntilExit().catch(() => {}); // aborted by `dispose`
    },
  };
}

/** Draws without events too, for elapsed time and pending lines. Ends with the signal. */
async function repeat(draw: () => void, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(FRAME_MS * 2, signal).catch(() => {}); // the loop's head sees the end
    if (!signal.aborted) draw();
  }
}

function sizeOf({ columns, rows }: NodeJS.WriteStream) {
  return { columns: columns || 80, rows: rows || 24 };
}
