/** Validates language tags (BCP 47). */

const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** What is expected instead of this tag; undefined for a valid language. Country codes (`kr`, `jp`) are the usual mistake. */
export function languageProblem(tag: string): string | undefined {
  if (!TAG.test(tag) || !isLocale(tag)) return 'a language tag such as en, ko or pt-BR';
  if (Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0) return undefined;
  const country = tag.length === 2 ? nameOf(tag.toUpperCase(), 'region') : undefined;
  if (country !== undefined)
    return `a language: ${tag} is the code of ${country}, whose language is ${new Intl.Locale(`und-${tag}`).maximize().language}`;
  return nameOf(tag, 'language') === undefined ? 'a known language such as en, ko or pt-BR' : undefined;
}

function isLocale(tag: string): boolean {
  try {
    return new Intl.Locale(tag).language !== '';
  } catch {
    return false;
  }
}

function nameOf(code: string, type: 'language' | 'region'): string | undefined {
  return new Intl.DisplayNames('en', { type, fallback: 'none' }).of(code);
}
