import type { EventSink } from '../../core/ports.ts';
import type { RunControls } from '../../run/run.ts';

/** Presents the events of a run to a person or a program. */
export interface Reporter {
  readonly sink: EventSink;
  /** Receives the controls to pause and stop the run, for reporters with a keyboard. */
  readonly onControls: (controls: RunControls) => void;
  /** Restores the terminal. */
  close(): Promise<void>;
}
