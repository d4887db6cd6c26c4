/** The language of a post. A writer that only quotes cannot translate: its posts keep the language of their source. Pure. */

import type { Article, Entry } from '../../core/types.ts';

export interface LanguageOptions {
  /** Language of entries without their own; `auto`: the source's. */
  readonly lang: string;
  /** False for a writer that only quotes. */
  readonly translates: boolean;
}

type Asking = Pick<Entry, 'lang' | 'languages'>;
type Source = Pick<Article, 'lang'>;

/** The language asked for by an entry or the settings; otherwise, and where it would need a translation, the source's. */
export function languageOf(entries: readonly Asking[], source: Source, options: LanguageOptions): string {
  const asked = entries.find(({ lang }) => lang !== undefined)?.lang ?? options.lang;
  if (asked !== 'auto' && (options.translates || isSame(asked, source.lang))) return asked;
  return source.lang === 'und' ? 'en' : source.lang;
}

/** Languages asked for in which the post of this source will not be written. */
export function untranslated(entries: readonly Asking[], source: Source, options: LanguageOptions): readonly string[] {
  if (options.translates) return [];
  const asked = entries.flatMap(({ lang, languages }) => languages ?? lang ?? []);
  const wanted = asked.length === 0 ? [options.lang] : asked;
  return [...new Set(wanted)].filter((lang) => lang !== 'auto' && !isSame(lang, source.lang));
}

/** Regions and scripts are ignored; nothing contradicts what is asked of a text whose language is unknown. */
function isSame(asked: string, source: string): boolean {
  return source === 'und' || baseOf(asked) === baseOf(source);
}

function baseOf(tag: string): string {
  return (tag.split('-')[0] ?? tag).toLowerCase();
}
