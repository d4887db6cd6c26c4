import type { RunEvent } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import { emptyStats, reduceStats } from '../../core/stats.ts';
import type { RunControls } from '../../pipeline/run.ts';
import { mountView } from '../../ui/mount.tsx';
import type { Io } from '../io.ts';
import type { Reporter } from './create-reporter.ts';
import { renderSummary } from './render-summary.ts';

/** The live view while the run goes on, the summary when it is over. */
export function createLiveReporter({ stderr, stdin }: Io, clock: Clock): Reporter {
  let controls: RunControls | undefined;
  let stats = emptyStats();
  let end: Extract<RunEvent, { type: 'run:end' }> | undefined;
  let out = '';
  const view = mountView({
    stdout: stderr.stream,
    stdin: stdin as NodeJS.ReadStream, // the process's own; only a terminal's has keys, and the view asks for that
    clock,
    actions: {
      pause: () => controls?.pause(),
      resume: () => controls?.resume(),
      stop: () => controls?.stop(),
      interrupt: () => process.kill(process.pid, 'SIGINT'),
      cancelJob: (id) => controls?.cancelJob(id) ?? false,
      retryFailed: () => controls?.retryFailed() ?? 0,
    },
  });
  return {
    sink(event) {
      stats = reduceStats(stats, event);
      if (event.type === 'run:start') ({ out } = event);
      if (event.type === 'run:end') end = event;
      view.sink(event);
    },
    onControls(given) {
      controls = given;
    },
    async close() {
      await view.unmount();
      if (end !== undefined) stderr.write(`\n${renderSummary(end, stats, out)}`);
    },
  };
}
