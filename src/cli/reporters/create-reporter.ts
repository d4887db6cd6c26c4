import type { EventLine } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import { jsonText } from '../../util/text/terminal-text.ts';
import type { Io } from '../process/io.ts';
import type { ReporterMode } from './choose-reporter.ts';
import { hintLine } from './render-summary.ts';
import type { Reporter } from './reporter.ts';

export async function createReporter(mode: ReporterMode, io: Io, clock: Clock): Promise<Reporter> {
  switch (mode) {
    case 'ndjson':
      return {
        sink: (event) => io.stdout.write(`${jsonText({ v: 1, ...event } satisfies EventLine)}\n`),
        onControls: () => {},
        close: async () => {},
      };
    case 'quiet':
      return createQuietReporter(io);
    case 'plain':
    case 'spoken': {
      const { createPlainReporter } = await import('./plain-reporter.ts');
      return createPlainReporter(io, clock, { bar: mode === 'plain' });
    }
    case 'live': {
      // Ink's colours depend on FORCE_COLOR, which is read at load time.
      if ((io.env['NO_COLOR'] ?? '') !== '' && io.env['FORCE_COLOR'] === undefined) process.env['FORCE_COLOR'] = '0';
      // Ink and React are loaded only for the live view.
      const { createLiveReporter } = await import('./live-reporter.ts');
      return createLiveReporter(io, clock);
    }
  }
}

function createQuietReporter({ stderr }: Io): Reporter {
  return {
    sink(event) {
      if (event.type === 'entry:fail')
        stderr.write(`${event.failure.url}: ${event.failure.code}: ${event.failure.message}\n`);
      if (event.type === 'run:end' && event.stoppedBy !== undefined)
        stderr.write(`${event.stoppedBy.code}: ${event.stoppedBy.message}${hintLine(event.stoppedBy)}\n`);
    },
    onControls: () => {},
    close: async () => {},
  };
}
