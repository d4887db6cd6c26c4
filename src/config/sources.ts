/** Reads each source of settings into a partial tree with the origin of every value. */

import { BloggerError } from '../core/errors.ts';
import { flagAttribute, listOptions, type SettingOption } from './options.ts';

/** One raw value before validation. */
export interface GivenValue {
  readonly key: string;
  readonly value: unknown;
  /** Display name of the source: `--workers`, `BLOGGER_WORKERS`, `.blogrc.json`. */
  readonly origin: string;
}

/** Values of flags that were given explicitly; `flags` comes from commander. */
export function readFlags(flags: Readonly<Record<string, unknown>>): GivenValue[] {
  return listOptions().flatMap((option) => {
    if (option.flag === undefined) return [];
    const value = flags[flagAttribute(option.flag)];
    const name = /--[a-z-]+[a-z0-9-]*/.exec(option.flag)?.[0] ?? option.flag;
    return value === undefined ? [] : [{ key: option.key, value: fromText(option, value), origin: name }];
  });
}

/** Values of environment variables; an empty variable counts as absent. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): GivenValue[] {
  return listOptions().flatMap((option) => {
    const text = option.env === undefined ? undefined : env[option.env];
    return text === undefined || text === ''
      ? []
      : [{ key: option.key, value: fromText(option, text), origin: option.env ?? '' }];
  });
}

/** Leaves of a settings file. Unknown keys are kept for the schema to report; secrets are refused here. */
export function readTree(tree: unknown, origin: string): GivenValue[] {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) {
    throw new BloggerError(
      `${origin}: expected a mapping of settings, got ${Array.isArray(tree) ? 'a list' : JSON.stringify(tree)}`,
      {
        code: 'CONFIG_INVALID',
        hint: 'See .blogrc.example.json, or run `blogger init`.',
      },
    );
  }
  const secret = listOptions().find((option) => option.secret && option.key in tree);
  if (secret !== undefined) {
    throw new BloggerError(`${origin}: ${secret.key} may hold a password, so it is read from the environment only`, {
      code: 'CONFIG_INVALID',
      hint: `Remove it from the file and set ${secret.env ?? 'its variable'} instead (a .env file is read).`,
    });
  }
  return leavesOf(tree, '', origin);
}

function leavesOf(tree: object, prefix: string, origin: string): GivenValue[] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isBranch ? leavesOf(value, key, origin) : [{ key, value, origin }];
  });
}

/** Converts the text of flags and variables to the type of the setting. Invalid text is left for the schema to reject. */
function fromText(option: SettingOption, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  switch (option.kind) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
    case 'boolean':
      return (
        { true: true, '1': true, yes: true, on: true, false: false, '0': false, no: false, off: false }[
          value.trim().toLowerCase()
        ] ?? value
      );
    case 'list':
      return value
        .split(option.separator ?? ',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'string':
    case 'enum':
      return value;
  }
}
