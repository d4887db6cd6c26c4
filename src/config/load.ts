import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { BloggerError } from '../core/errors.ts';
import { nodeErrorCode } from '../util/files/node-errors.ts';
import { type ResolvedSettings, resolveSettings } from './resolve.ts';
import type { Secrets } from './schema.ts';
import { type GivenValue, readEnvironment, readFlags, readTree } from './sources.ts';
import { findUnknownVariables, type UnknownVariable } from './unknown-variables.ts';

export interface LoadOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: Readonly<Record<string, unknown>>;
  /** Settings file named by the user. @default searched */
  readonly file?: string;
}

export interface LoadedSettings extends ResolvedSettings {
  readonly secrets: Secrets;
  /** The settings file that was read, if any. */
  readonly file: string | undefined;
  /** Variables that are probably a mistyped one of blogger's. */
  readonly unknownVariables: readonly UnknownVariable[];
}

/** Settings of a project folder: flags override environment, `.env`, the file and defaults, in this order. Throws `CONFIG_INVALID`. */
export async function loadSettings({ cwd, env, flags, file }: LoadOptions): Promise<LoadedSettings> {
  const variables = { ...(await readDotEnv(cwd)), ...withoutEmpty(env) };
  const found = await readSettingsFile(cwd, file);
  const resolved = resolveSettings(found.values, readEnvironment(variables), readFlags(flags));
  const unknownVariables = findUnknownVariables(Object.keys(variables));
  return { ...resolved, secrets: readSecrets(variables), file: found.file, unknownVariables };
}

const SECRET_NAME =
  /_API_KEY$|^OPENAI_(?:ORG_ID|PROJECT_ID|API_VERSION)$|^AZURE_OPENAI_ENDPOINT$|^WORDPRESS_(?:USER|APP_PASSWORD)$|^WEBHOOK_SECRET$|^(?:GIT|GITHUB|GITLAB|FORGEJO)_TOKEN$/;

/** API keys and billing ids: every variable that ends in `_API_KEY`, OpenAI's organization and project, and credentials of targets. */
export function readSecrets(env: Readonly<Record<string, string | undefined>>): Secrets {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => SECRET_NAME.test(name) && value));
}

async function readSettingsFile(
  cwd: string,
  file: string | undefined,
): Promise<{ values: GivenValue[]; file: string | undefined }> {
  const { cosmiconfig, defaultLoaders } = await import('cosmiconfig');
  const explorer = cosmiconfig('blogger', {
    searchPlaces: SEARCH_PLACES,
    stopDir: cwd,
    loaders: { '.json': (path, text) => defaultLoaders['.json'](path, asUtf8(text)) },
  });
  try {
    if (file === undefined) refuseTwoFiles(cwd);
    const result = await (file === undefined ? explorer.search(cwd) : explorer.load(resolve(cwd, file)));
    if (result === null || result.isEmpty === true) return { values: [], file: undefined };
    return { values: readTree(result.config, relative(cwd, result.filepath)), file: result.filepath };
  } catch (error) {
    if (BloggerError.is(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new BloggerError(`The settings file cannot be read: ${message}`, {
      code: 'CONFIG_INVALID',
      hint:
        nodeErrorCode(error) === 'ENOENT'
          ? 'Name an existing file, or leave --config out.'
          : 'Fix or remove the file; `blogger init` writes a commented one.',
      cause: error,
    });
  }
}

/** Removes the byte order mark that some editors write; the YAML parser does this itself. */
function asUtf8(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** Rejects several settings files: only the first would be read, and a cap in another would be silently ignored. */
function refuseTwoFiles(cwd: string): void {
  const found = SEARCH_PLACES.filter((name) => name !== 'package.json' && existsSync(join(cwd, name)));
  if (found.length > 1)
    throw new BloggerError(`There are several settings files: ${found.join(', ')}`, {
      code: 'CONFIG_INVALID',
      hint: `Remove all but one, or name the one to read: --config ${found[0]}`,
    });
}

const SEARCH_PLACES = [
  '.blogrc',
  '.blogrc.json',
  '.blogrc.yaml',
  '.blogrc.yml',
  '.blogrc.js',
  '.blogrc.mjs',
  'blogger.config.js',
  'blogger.config.mjs',
  'package.json',
];

async function readDotEnv(cwd: string): Promise<Record<string, string | undefined>> {
  try {
    return parseEnv(await readFile(join(cwd, '.env'), 'utf8'));
  } catch (error) {
    if (nodeErrorCode(error) === 'ENOENT') return {};
    throw new BloggerError(`.env cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      code: 'CONFIG_INVALID',
      hint: 'Fix its permissions or remove it.',
      cause: error,
    });
  }
}

function withoutEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
}
