import type { Command } from 'commander';
import { examine, type Finding } from '../../pipeline/examine.ts';
import { systemClock } from '../../util/clock.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { addSettingsFlags, settingsOf } from '../settings-flags.ts';

const MARKS = { ok: '✓', warning: '!', error: '✗' } as const;

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command)
    .option('--json', 'print as JSON')
    .addHelpText('before', 'Examples:\n  blogger doctor          check Node, settings, folders, store and keys\n  blogger doctor --json\n\n')
    .action(async (flags: { json?: boolean }) => {
      const { settings, secrets } = await settingsOf(command, io);
      const findings = await examine({ settings, secrets, cwd: io.cwd, now: systemClock.now(), env: io.env });
      io.stdout.write(flags.json === true ? `${JSON.stringify(findings, null, 2)}\n` : findings.map(render).join(''));
      exit(findings.some(({ level }) => level === 'error') ? EXIT.usage : EXIT.ok);
    });
}

function render({ level, subject, message, mend }: Finding): string {
  return `${MARKS[level]} ${subject}: ${message}\n${mend === undefined ? '' : `  → ${mend}\n`}`;
}
