import type { Entry } from '../../core/types.ts';

/** One entry for each language that a line or the settings ask for; a line with one language of its own has that one alone. A writer that only quotes gets each entry once. Pure. */
export function inLanguages(
  entries: readonly Entry[],
  { languages, translates }: { readonly languages: readonly string[]; readonly translates: boolean },
): readonly Entry[] {
  return entries.flatMap((entry) => {
    const wanted = entry.languages ?? (entry.lang === undefined ? languages : []);
    if (wanted.length < 2) return wanted[0] === undefined ? [entry] : [{ ...entry, lang: wanted[0] }];
    if (!translates) return [{ ...entry, languages: wanted }];
    return wanted.map((lang) => ({
      ...entry,
      lang,
      languages: wanted,
      // A named post is one for each language.
      ...(entry.post === undefined ? {} : { post: `${entry.post} (${lang})` }),
    }));
  });
}
