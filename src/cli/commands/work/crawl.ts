import type { Command } from 'commander';
import { crawlArticles } from '../../../api/crawl-articles.ts';
import type { Priority } from '../../../core/types.ts';
import { systemClock } from '../../../util/clock.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { createLogger } from '../../process/create-logger.ts';
import { exitCodeOf } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { openLineWriter } from '../../process/line-writer.ts';
import { listenForStop } from '../../process/signals.ts';
import { readAll } from '../../process/stdin.ts';
import { chooseReporter } from '../../reporters/choose-reporter.ts';
import { createReporter } from '../../reporters/create-reporter.ts';
import { reportToGithub } from '../../reporters/github.ts';
import { settingsOf } from '../../settings-flags.ts';
import { addListFlags, sinceOf } from './generate.ts';

interface CrawlFlags {
  readonly priority: Priority;
  readonly only?: Priority;
  readonly skipBadLines?: boolean;
  readonly since?: string;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly quiet?: boolean;
  readonly out?: string;
}

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addListFlags(command, { json: 'one JSON page record a line on stdout, as without it' })
    .addHelpText('before', EXAMPLES)
    .action(async (lists: string[], flags: CrawlFlags) => {
      const { settings, origins } = await settingsOf(command, io);
      using signals = listenForStop(io);
      const file = origins.get('out') === '--out' ? settings.out : undefined;
      // stdout is reserved for articles, so progress goes to stderr in every mode.
      const mode = chooseReporter({ ...flags, json: false, screenReader: settings.screenReader }, io);
      const reporter = await createReporter(
        file === undefined && mode === 'live' && io.stdout.isTTY ? 'plain' : mode,
        io,
        systemClock,
      );
      const lines = await openLineWriter(file, io);
      let came: Parameters<typeof lines.close>[0] = 'nothing';
      try {
        const outcome = await crawlArticles(
          lists,
          {
            settings,
            cwd: io.cwd,
            logger: createLogger(settings, io),
            stop: AbortSignal.any([signals.stop, lines.closed]),
            onEvent: reporter.sink,
            onControls: reporter.onControls,
            priority: flags.priority,
            ...(flags.only === undefined ? {} : { only: flags.only }),
            skipBadLines: flags.skipBadLines ?? false,
            ...sinceOf(flags),
            readStdin: () => readAll(io.stdin, signals.stop),
          },
          (record) => lines.write(jsonText(record)),
        );
        came = outcome.stoppedBy === undefined && !outcome.interrupted ? 'whole' : 'part';
        await reportToGithub(outcome, io);
        const interrupted = outcome.interrupted && !lines.closed.aborted; // a closed reader is not an error
        exit(
          exitCodeOf(
            { ...outcome, interrupted, ...(signals.received === undefined ? {} : { signal: signals.received }) },
            settings.failOn,
          ),
        );
      } finally {
        await reporter.close();
        await lines.close(came);
      }
    });
}

const EXAMPLES = `Examples:
  blogger crawl --priority high                    the default list, read first what carries no priority
  blogger crawl urls.txt --only high | jq .title   the articles of high entries
  blogger crawl urls.txt --out articles.ndjson     into a file

A file is replaced when the crawl is whole; one that fails or is stopped leaves the file as it was. Pipes and devices get each line as it comes.

`;
