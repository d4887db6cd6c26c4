import { listOptions } from './options.ts';
import type { ResolvedSettings } from './resolve.ts';
import type { Settings } from './schema.ts';

export interface SettingRow {
  readonly key: string;
  /** Undefined: not set. Secrets are shown as `set`. */
  readonly value: unknown;
  readonly origin: string;
}

/** All settings with value and source. */
export function describeSettings({ settings, origins }: ResolvedSettings): SettingRow[] {
  return listOptions().map(({ key, secret }) => {
    const value = settingAt(settings, key);
    return {
      key,
      value: secret && value !== undefined ? 'set' : withoutUser(value),
      origin: origins.get(key) ?? 'default',
    };
  });
}

/** Removes user and password from an address. */
function withoutUser(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, '$1***@') : value;
}

/**
 * The README's table of settings, as Markdown.
 * @public
 */
export function settingsTable(): string {
  const rows = listOptions()
    .filter(({ key }) => key !== '$schema')
    .map(({ key, flag, env, defaultValue, description, values }) => {
      const shownDefault = defaultValue === undefined ? 'none' : `\`${JSON.stringify(defaultValue)}\``;
      const choice = values === undefined ? '' : ` (${values.map((value) => `\`${value}\``).join(', ')})`;
      return `| \`${key}\` | ${flag === undefined ? 'none' : `\`${flag}\``} | ${env === undefined ? 'none' : `\`${env}\``} | ${shownDefault} | ${description}${choice} |`;
    });
  return ['| key | flag | environment | default | meaning |', '|---|---|---|---|---|', ...rows].join('\n');
}

function settingAt(settings: Settings, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
      settings,
    );
}
