import { type Command, Option } from 'commander';
import { type LoadedSettings, loadSettings } from '../config/load.ts';
import { listOptions, type SettingOption } from '../config/options.ts';
import type { UnknownVariable } from '../config/unknown-variables.ts';
import { terminalLine } from '../util/text/terminal-text.ts';
import type { Io } from './process/io.ts';

/** Adds the flag of every setting to a command, and `--config`. */
export function addSettingsFlags(command: Command): Command {
  command.option('-c, --config <file>', 'settings file (default: looks for .blogrc, .blogrc.json, …)');
  for (const option of listOptions())
    if (option.flag !== undefined) command.addOption(settingFlag(option, option.flag));
  return command;
}

/** Reads the settings, including the flags of this command. */
export async function settingsOf(command: Command, io: Io): Promise<LoadedSettings> {
  const flags = command.optsWithGlobals<Record<string, unknown>>();
  const given = Object.fromEntries(
    Object.entries(flags).filter(([name]) => command.getOptionValueSourceWithGlobals(name) === 'cli'),
  );
  const file = typeof flags['config'] === 'string' ? flags['config'] : undefined;
  const loaded = await loadSettings({
    cwd: io.cwd,
    env: io.env,
    flags: given,
    ...(file === undefined ? {} : { file }),
  });
  if (flags['quiet'] !== true) for (const variable of loaded.unknownVariables) warnOfVariable(variable, io);
  return loaded;
}

/** Its value may be a secret, so it is not shown. */
function warnOfVariable({ name, nearest }: UnknownVariable, io: Io): void {
  io.stderr.write(
    `Warning: ${terminalLine(name)} is no variable of blogger and is ignored → Did you mean ${nearest}?\n`,
  );
}

/** Values stay strings here: the settings schema validates all sources in one place and names the source. */
function settingFlag(setting: SettingOption, flag: string): Option {
  const option = new Option(flag, describe(setting));
  if (setting.values !== undefined) option.argChoices = [...setting.values]; // shown and completed, but not checked, unlike those of `choices()`
  return option;
}

function describe({ description, defaultValue, kind }: SettingOption): string {
  const shown = defaultValue === undefined || kind === 'boolean' || kind === 'list' ? '' : ` [${String(defaultValue)}]`;
  return `${description}${shown}`;
}
