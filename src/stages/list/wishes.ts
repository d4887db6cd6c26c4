/** What a list may say of an entry behind its URL, whatever the list's form. */

import { PRIORITIES, type Priority } from '../../core/types.ts';

export interface Wishes {
  readonly priority?: Priority;
  readonly keywords?: readonly string[];
  readonly lang?: string;
  readonly length?: number;
  readonly tone?: string;
  readonly categories?: readonly string[];
  readonly post?: string;
}

export const WISH_NAMES = ['priority', 'keywords', 'lang', 'length', 'tone', 'categories', 'post'] as const;
export type WishName = (typeof WISH_NAMES)[number];

export type WishResult =
  | { readonly ok: true; readonly wishes: Wishes }
  | { readonly ok: false; readonly problem: string };

/** Reads one `name=value`. */
export function readWish(name: string, value: string): WishResult {
  if (!isWishName(name)) return fail(`expected one of ${WISH_NAMES.join(', ')}, got "${name}"`);
  if (value.trim() === '') return fail(`expected a value for ${name}, got none`);
  return READERS[name](value.trim());
}

export function isPriority(text: string): text is Priority {
  return PRIORITIES.some((priority) => priority === text);
}

const READERS = {
  priority(value) {
    const level = value.toLowerCase();
    return isPriority(level)
      ? ok({ priority: level })
      : fail(`expected priority ${PRIORITIES.join(', ')}, got "${value}"`);
  },
  keywords: (value) => ok({ keywords: words(value) }),
  lang: (value) =>
    /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value)
      ? ok({ lang: value })
      : fail(`expected a language tag such as en or ko, got "${value}"`),
  length(value) {
    const length = Number(value);
    const fits = /^\d+$/.test(value) && length >= 200 && length <= 100_000;
    return fits ? ok({ length }) : fail(`expected a length from 200 to 100000 characters, got "${value}"`);
  },
  tone: (value) => ok({ tone: value }),
  categories: (value) => ok({ categories: words(value) }),
  post: (value) => ok({ post: value }),
} as const satisfies Record<WishName, (value: string) => WishResult>;

function words(list: string): string[] {
  return list.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
}

function isWishName(name: string): name is WishName {
  return WISH_NAMES.some((known) => known === name);
}

function ok(wishes: Wishes): WishResult {
  return { ok: true, wishes };
}

function fail(problem: string): WishResult {
  return { ok: false, problem };
}
