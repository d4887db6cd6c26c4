import { type Command, Option } from 'commander';
import { type LoadedSettings, loadSettings } from '../config/load.ts';
import { listOptions, type SettingOption } from '../config/options.ts';
import { type SettingSection, sectionOf } from '../config/schema.ts';
import type { UnknownVariable } from '../config/unknown-variables.ts';
import { terminalLine } from '../util/text/terminal-text.ts';
import type { Io } from './process/io.ts';

/** Headings of the settings in the help of a command. */
const HEADINGS: Readonly<Record<SettingSection, string>> = {
  reading: 'Reading pages:',
  models: 'Model and cost:',
  writing: 'Text of the posts:',
  checking: 'Checks:',
  publishing: 'Files and site:',
  targets: 'Publishing:',
  operation: 'Operation:',
};

/** Adds the flag of every setting to a command, and `--config`. Help lists those with the keys `shown`, or all. */
export function addSettingsFlags(command: Command, shown?: readonly string[]): Command {
  command.option('-c, --config <file>', 'settings file (default: looks for .blogrc, .blogrc.json, …)');
  for (const option of listOptions()) {
    if (option.flag === undefined) continue;
    const flag = settingFlag(option, option.flag);
    const section = sectionOf(option.key);
    if (shown === undefined && section !== undefined) flag.helpGroup(HEADINGS[section]);
    command.addOption(flag.hideHelp(shown?.includes(option.key) === false));
  }
  return shown === undefined ? command : command.addHelpText('after', OTHER_FLAGS);
}

/** Every command accepts every setting, so that the flags of one project can be repeated to each. */
const OTHER_FLAGS = '\nThe flags of all other settings are accepted as well: `blogger generate --help` lists them.\n';

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

function describe({ description, flagDescription = description, defaultValue, kind }: SettingOption): string {
  const shown = defaultValue === undefined || kind === 'boolean' || kind === 'list' ? '' : ` [${String(defaultValue)}]`;
  return `${flagDescription}${shown}`;
}
