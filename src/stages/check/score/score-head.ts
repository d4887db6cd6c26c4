/** Points lost for title, description, slug, language, address and structured data. Pure. */

import { type Deduction, deduct } from './deduction.ts';
import { pixelWidth } from './pixel-width.ts';
import type { ScoredPost } from './scored-post.ts';

/** Widths at which search pages cut titles and descriptions, in pixels. */
const TITLE_PX = { least: 200, most: 580 } as const;
const DESCRIPTION_PX = { least: 400, most: 920 } as const;

type Check = (post: ScoredPost) => Deduction | undefined;

const CHECKS: readonly Check[] = [scoreTitle, scoreDescription, scoreSlug, scoreLanguage, scoreCanonical, scoreData];

export function scoreHead(post: ScoredPost): Deduction[] {
  return CHECKS.flatMap((check) => check(post) ?? []);
}

function scoreTitle({ title }: ScoredPost): Deduction | undefined {
  const width = pixelWidth(title, 20);
  const place = { excerpt: title };
  if (title.trim() === '') return deduct('title', 20, 'There is no title', 'Give the post a title.');
  if (width > TITLE_PX.most)
    return deduct(
      'title',
      8,
      `The title is ${width} px wide; search pages cut at ${TITLE_PX.most}`,
      'Shorten it.',
      place,
    );
  return width < TITLE_PX.least
    ? deduct('title', 4, `The title is ${width} px wide and says little`, 'Say what the post is about.', place)
    : undefined;
}

function scoreDescription({ description }: ScoredPost): Deduction | undefined {
  const width = pixelWidth(description, 14);
  const { least, most } = DESCRIPTION_PX;
  if (description.trim() === '')
    return deduct('description', 10, 'There is no description', 'Say in one or two sentences what the reader gets.');
  if (width > most)
    return deduct('description', 5, `The description is ${width} px wide; search pages cut at ${most}`, 'Shorten it.');
  const room = `The description is ${width} px wide; there is room for more`;
  return width < least ? deduct('description', 3, room, 'Say more of what the reader gets.') : undefined;
}

function scoreSlug({ slug }: ScoredPost): Deduction | undefined {
  if (slug === undefined || (slug.length <= 80 && !/[A-Z_\s]/.test(slug))) return undefined;
  const message = `The slug "${slug.slice(0, 60)}" is long or not in lower case with hyphens`;
  return deduct('slug', 3, message, 'Shorten it to a few words.');
}

function scoreLanguage({ lang = '' }: ScoredPost): Deduction | undefined {
  return lang === '' || lang === 'und' ? deduct('lang', 4, 'No language is set', 'Set lang.') : undefined;
}

function scoreCanonical({ canonical = '' }: ScoredPost): Deduction | undefined {
  const fix = 'Set canonical to the post’s own address or to its source.';
  if (canonical === '') return deduct('canonical', 3, 'No canonical address is set', fix);
  if (/^https?:\/\/[^/\s]/i.test(canonical)) return undefined;
  const message = `The canonical address "${canonical.slice(0, 80)}" is not a whole address`;
  return deduct('canonical', 3, message, 'Begin it with https://.');
}

function scoreData({ structuredDataValid }: ScoredPost): Deduction | undefined {
  if (structuredDataValid !== false) return undefined;
  return deduct('structured-data', 5, 'The JSON-LD is not valid', 'Fix or remove it.');
}
