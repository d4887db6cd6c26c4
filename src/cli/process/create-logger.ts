import { appendFileSync } from 'node:fs';
import type { Settings } from '../../config/schema.ts';
import type { Logger } from '../../core/ports.ts';
import { isoNow, systemClock } from '../../util/clock.ts';
import { jsonText } from '../../util/text/terminal-text.ts';
import type { Io } from './io.ts';

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type Level = Exclude<(typeof LEVELS)[number], 'silent'>;

/** Program log: one JSON object per line, on stderr or in a file. */
export function createLogger(
  { logLevel, logFile }: Pick<Settings, 'logLevel' | 'logFile'>,
  { stderr }: Pick<Io, 'stderr'>,
  bindings: object = {},
): Logger {
  const least = LEVELS.indexOf(logLevel);
  const write = (level: Level) => (object: object, message: string) => {
    if (LEVELS.indexOf(level) < least) return;
    const line = `${jsonText({ level, time: isoNow(systemClock), ...bindings, ...object, msg: message }, 0, errorAsText)}\n`;
    if (logFile === undefined) stderr.write(line);
    else appendFileSync(logFile, line);
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (more) => createLogger({ logLevel, logFile }, { stderr }, { ...bindings, ...more }),
  };
}

function errorAsText(_key: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
