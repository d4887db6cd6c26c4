import type { RunEvent } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import type { RunControls } from '../../run/run.ts';
import { mountView } from '../../ui/mount.tsx';
import type { Io } from '../process/io.ts';
import { renderSummary } from './render-summary.ts';
import type { Reporter } from './reporter.ts';
import { emptyFigures, reduceFigures } from './run-figures.ts';

/** The live view during the run, then the summary. */
export function createLiveReporter(io: Io, clock: Clock): Reporter {
  const { stderr, stdin } = io;
  let controls: RunControls | undefined;
  let figures = emptyFigures(io);
  let end: Extract<RunEvent, { type: 'run:end' }> | undefined;
  const view = mountView({
    stdout: stderr.stream,
    stdin: stdin as NodeJS.ReadStream, // the process's stdin; the view reads keys only when it is a terminal
    clock,
    say: stderr.say,
    actions: {
      pause: () => controls?.pause(),
      resume: () => controls?.resume(),
      stop: () => controls?.stop(),
      interrupt: () => process.kill(process.pid, 'SIGINT'),
      suspend() {
        if (process.platform !== 'win32') process.kill(0, 'SIGTSTP'); // stops the whole process group, like Ctrl-Z in cooked mode
      },
      cancelJob: (id) => controls?.cancelJob(id) ?? false,
      retryFailed: () => controls?.retryFailed() ?? 0,
    },
  });
  return {
    sink(event) {
      figures = reduceFigures(figures, event);
      if (event.type === 'run:end') end = event;
      view.sink(event);
    },
    onControls(given) {
      controls = given;
    },
    async close() {
      await view.unmount();
      if (end !== undefined) stderr.write(`\n${renderSummary(end, figures)}`);
    },
  };
}
