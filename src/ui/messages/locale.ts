/** Which language a person reads, by the environment of the process. Pure. */

import type { Say } from './translator.ts';

export type MessageLanguage = 'en' | 'ko';

export interface LocaleSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The language of the user interface, for systems that set no variable (Windows). */
  readonly system?: string;
}

/** In this order, as POSIX has it, after the variable of this program. */
const VARIABLES = ['BLOGGER_LOCALE', 'LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** English for every language without a catalogue, and where a terminal of another encoding than UTF-8 could not show the letters. */
export function messageLanguage({ env, system = '' }: LocaleSource): MessageLanguage {
  const asked = VARIABLES.map((name) => env[name] ?? '').find((value) => value !== '') ?? system;
  const [, language = '', encoding = 'UTF-8'] = /^([a-z]{2,3})(?![a-z])[^.@]*(?:\.([\w-]+))?/i.exec(asked) ?? [];
  return language.toLowerCase() === 'ko' && /^utf-?8$/i.test(encoding) ? 'ko' : 'en';
}

/** Loads the catalogue of the language; undefined for English, which needs none. */
export async function openMessages(language: MessageLanguage): Promise<Say | undefined> {
  if (language === 'en') return undefined;
  const [{ createTranslator }, { ko }] = await Promise.all([import('./translator.ts'), import('./ko/index.ts')]);
  return createTranslator(ko);
}
