import { render } from 'ink';
import type { Clock, EventSink } from '../core/ports.ts';
import { App } from './App.tsx';
import type { ViewActions } from './keys.ts';
import { emptyView, reduceView, type ScrolledLine } from './view-state.ts';

export interface MountOptions {
  /** Output terminal. */
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly clock: Clock;
  readonly actions: ViewActions;
}

export interface MountedView {
  readonly sink: EventSink;
  /** Restores the terminal; finished posts stay above. */
  unmount(): Promise<void>;
}

const FRAME_MS = 100;

/** Draws the live view, at most ten times a second. */
export function mountView({ stdout, stdin, clock, actions }: MountOptions): MountedView {
  let view = emptyView();
  let scrolled: readonly ScrolledLine[] = [];
  let drawnAt = 0;
  const stop = new AbortController();
  const keyboard = stdin.isTTY === true;
  const element = () => (
    <App
      view={view}
      scrolled={scrolled}
      now={clock.now()}
      columns={stdout.columns || 80}
      rows={stdout.rows || 24}
      keyboard={keyboard}
      actions={actions}
    />
  );
  const instance = render(element(), { stdout, stdin, exitOnCtrlC: false, patchConsole: false, maxFps: 10 });
  const draw = () => {
    drawnAt = clock.now();
    // Copied once per frame, not per event: a run may save a hundred thousand posts.
    if (view.scrolled.length > 0) {
      scrolled = [...scrolled, ...view.scrolled];
      view = { ...view, scrolled: [] };
    }
    instance.rerender(element());
  };
  void (async () => {
    // Redraw without events too, for elapsed time and pending lines. Ends with the signal.
    while (!stop.signal.aborted) {
      await clock.sleep(FRAME_MS * 2, stop.signal).catch(() => {});
      if (!stop.signal.aborted) draw();
    }
  })();
  return {
    sink(event) {
      view = reduceView(view, event);
      if (event.type === 'run:end' || clock.now() - drawnAt >= FRAME_MS) draw();
    },
    async unmount() {
      stop.abort();
      draw();
      instance.unmount();
      await instance.waitUntilExit().catch(() => {}); // aborted by `dispose`
    },
  };
}
