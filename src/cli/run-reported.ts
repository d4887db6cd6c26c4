import type { Settings } from '../config/schema.ts';
import type { RuntimeOptions } from '../run/runtime-options.ts';
import { systemClock } from '../util/clock.ts';
import type { RunOutcome } from '../wiring/run-to-end.ts';
import { createLogger } from './process/create-logger.ts';
import { exitCodeOf } from './process/exit.ts';
import type { Io } from './process/io.ts';
import { listenForStop } from './process/signals.ts';
import { chooseReporter, type ReporterFlags } from './reporters/choose-reporter.ts';
import { createReporter } from './reporters/create-reporter.ts';

export interface RunReportedOptions extends Required<Pick<RuntimeOptions, 'secrets'>> {
  readonly flags: ReporterFlags;
  readonly settings: Settings;
  readonly io: Io;
  readonly exit: (code: number) => void;
}

/** Runs a command with the reporter that its flags select; signals stop it; returns the exit code. */
export async function runReported(
  { flags, settings, secrets, io, exit }: RunReportedOptions,
  work: (options: RuntimeOptions) => Promise<RunOutcome>,
): Promise<void> {
  using signals = listenForStop(io);
  const reporter = await createReporter(
    chooseReporter({ ...flags, screenReader: settings.screenReader }, io),
    io,
    systemClock,
  );
  try {
    const outcome = await work({
      settings,
      secrets,
      cwd: io.cwd,
      logger: createLogger(settings, io),
      stop: signals.stop,
      onEvent: reporter.sink,
      onControls: reporter.onControls,
    });
    exit(
      exitCodeOf(
        { ...outcome, ...(signals.received === undefined ? {} : { signal: signals.received }) },
        settings.failOn,
      ),
    );
  } finally {
    await reporter.close();
  }
}
