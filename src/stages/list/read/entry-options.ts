/** What a list may say about an entry besides its address, whatever the list's form. */

import { PRIORITIES, type Priority } from '../../../core/types.ts';
import { languageProblem } from '../../../util/text/language-tag.ts';
import { quoted } from './quoted.ts';

export interface EntryOptions {
  readonly priority?: Priority;
  readonly keywords?: readonly string[];
  readonly lang?: string;
  /** Several, where `lang` names more than one. */
  readonly languages?: readonly string[];
  readonly length?: number;
  readonly tone?: string;
  readonly categories?: readonly string[];
  readonly post?: string;
  /** The address is a source that is read again and again: a feed, a sitemap, or a page that names its feed. */
  readonly feed?: boolean;
  /** Items taken from such a source when it is read for the first time. */
  readonly newest?: number;
}

export const OPTION_NAMES = [
  'priority',
  'keywords',
  'lang',
  'length',
  'tone',
  'categories',
  'post',
  'feed',
  'newest',
] as const satisfies readonly (keyof EntryOptions)[];
type OptionName = (typeof OPTION_NAMES)[number];

export type OptionResult =
  | { readonly ok: true; readonly options: EntryOptions }
  | { readonly ok: false; readonly problem: string };

/** Reads one `name=value`. */
export function readOption(name: string, value: string): OptionResult {
  const known = OPTION_NAMES.find((option) => option === name);
  if (known === undefined) return fail(`expected one of ${OPTION_NAMES.join(', ')}, got ${quoted(name)}`);
  const text = value.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  if (text === '') return fail(`expected a value for ${name}, got none`);
  return READERS[known](text);
}

/** The priority that a word or a number names: `high`, 0.0 to 1.0 as in sitemaps, or 1 (most urgent) to 5. */
export function readPriority(text: string): Priority | undefined {
  const level = text.trim().toLowerCase();
  const named = PRIORITIES.find((priority) => priority === level);
  if (named !== undefined || !/^\d(?:[.,]\d{1,4})?$/.test(level)) return named;
  const value = Number(level.replace(',', '.'));
  if (value > 5) return undefined;
  if (value > 1) return value < 2.5 ? 'high' : value < 3.5 ? 'medium' : 'low';
  return value >= 0.7 ? 'high' : value >= 0.4 ? 'medium' : 'low';
}

const READERS = {
  priority(value) {
    const priority = readPriority(value);
    return priority === undefined
      ? fail(`expected priority ${PRIORITIES.join(', ')}, 0.0 to 1.0 or 1 to 5, got ${quoted(value)}`)
      : ok({ priority });
  },
  keywords: (value) => ok({ keywords: words(value) }),
  lang(value) {
    const tags = [...new Set(words(value))];
    const [first = value] = tags;
    const wrong = tags.find((tag) => languageProblem(tag) !== undefined) ?? (tags.length === 0 ? value : undefined);
    if (wrong !== undefined) return fail(`expected ${languageProblem(wrong)}, got ${quoted(wrong)}`);
    return ok(tags.length === 1 ? { lang: first } : { languages: tags });
  },
  length(value) {
    const length = Number(value);
    const fits = /^\d+$/.test(value) && length >= 200 && length <= 100_000;
    return fits ? ok({ length }) : fail(`expected a length from 200 to 100000 characters, got ${quoted(value)}`);
  },
  tone: (value) => ok({ tone: value }),
  categories: (value) => ok({ categories: words(value) }),
  post: (value) => ok({ post: value }),
  feed(value) {
    if (/^(yes|true)$/i.test(value)) return ok({ feed: true });
    return /^(no|false)$/i.test(value)
      ? ok({ feed: false })
      : fail(`expected feed=yes or feed=no, got ${quoted(value)}`);
  },
  newest: (value) =>
    /^\d{1,4}$/.test(value)
      ? ok({ newest: Number(value) })
      : fail(`expected newest= a number from 0 to 9999, got ${quoted(value)}`),
} as const satisfies Record<OptionName, (value: string) => OptionResult>;

function words(list: string): string[] {
  return list.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
}

function ok(options: EntryOptions): OptionResult {
  return { ok: true, options };
}

function fail(problem: string): OptionResult {
  return { ok: false, problem };
}
