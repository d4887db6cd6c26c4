import type { Command } from 'commander';
import { examine } from '../../../api/doctor/examine.ts';
import type { Finding } from '../../../api/doctor/finding.ts';
import { type LoadedSettings, readSecrets } from '../../../config/load.ts';
import { resolveSettings } from '../../../config/resolve.ts';
import { BloggerError } from '../../../core/errors.ts';
import { systemClock } from '../../../util/clock.ts';
import { jsonText } from '../../../util/text/terminal-text.ts';
import { EXIT } from '../../process/exit.ts';
import type { Io } from '../../process/io.ts';
import { addSettingsFlags, settingsOf } from '../../settings-flags.ts';

const MARKS = { ok: '✓', warning: '!', error: '✗' } as const;

export function define(command: Command, io: Io, exit: (code: number) => void): void {
  addSettingsFlags(command, ['provider', 'model', 'baseUrl', 'browser', 'out', 'publish', 'queue', 'state'])
    .option('--json', 'print as JSON')
    .addHelpText(
      'before',
      'Examples:\n  blogger doctor          check Node, settings, folders, store and keys\n  blogger doctor --json\n\n',
    )
    .action(async (flags: { json?: boolean }) => {
      const { settings, secrets, findings: wrong } = await settingsOrDefaults(command, io);
      const findings = [
        ...wrong,
        ...(await examine({ settings, secrets, cwd: io.cwd, now: systemClock.now(), env: io.env })),
      ];
      io.stdout.write(flags.json === true ? `${jsonText(findings, 2)}\n` : findings.map(render).join(''));
      exit(findings.some(({ level }) => level === 'error') ? EXIT.usage : EXIT.ok);
    });
}

/** Invalid settings are reported as a finding like any other problem. */
async function settingsOrDefaults(
  command: Command,
  io: Io,
): Promise<Pick<LoadedSettings, 'settings' | 'secrets'> & { readonly findings: readonly Finding[] }> {
  try {
    return { ...(await settingsOf(command, io)), findings: [] };
  } catch (error) {
    if (!BloggerError.is(error) || error.code !== 'CONFIG_INVALID') throw error;
    const { message, hint } = error;
    const finding: Finding = {
      subject: 'Settings',
      level: 'error',
      message,
      ...(hint === undefined ? {} : { fix: hint }),
    };
    return { ...resolveSettings(), secrets: readSecrets(io.env), findings: [finding] };
  }
}

function render({ level, subject, message, fix: mend }: Finding): string {
  return `${MARKS[level]} ${subject}: ${message}\n${mend === undefined ? '' : `  → ${mend}\n`}`;
}
