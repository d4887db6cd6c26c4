/** Cleans metadata of a page: it is used in prompts outside the delimited page text, in front matter and in logs. */

import { decodeHTML } from 'entities';
import { stripInvisible } from '../document/invisible-characters.ts';

const MAX_LINE = 500;

/** One line without invisible characters; undefined where nothing is left. */
export function oneLine(value: string | undefined, most = MAX_LINE): string | undefined {
  if (value === undefined) return undefined;
  const text = stripInvisible(value.slice(0, most * 8))
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? undefined : [...text.slice(0, most * 2)].slice(0, most).join('').trim();
}

/** JSON has no entities, but JSON-LD often contains them, escaped once or twice. */
export function decoded(value: string): string {
  const once = value.includes('&') ? decodeHTML(value) : value;
  const twice = /&(?:#\d+|#x[\da-f]+|amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip);/i.test(once)
    ? decodeHTML(once)
    : once;
  return /<[a-z/][^<>]*>/i.test(twice) ? twice.replace(/<\/?[a-z][^<>]*>/gi, '') : twice;
}

/** Language, script and region of a language tag without any further text; undefined if it is not a tag. */
export function languageTag(value: string | undefined): string | undefined {
  const match = /^\s*([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?=[-_;,.\s]|$)/i.exec(
    value?.slice(0, 60) ?? '',
  );
  if (match === null) return undefined;
  const [, language = '', script, region] = match;
  try {
    return new Intl.Locale(language, {
      ...(script === undefined ? {} : { script }),
      ...(region === undefined ? {} : { region }),
    }).baseName;
  } catch {
    return undefined;
  }
}
