/** What title, description, slug, language, address and structured data of a post cost. Pure. */

import { type Deduction, deduct } from './deduction.ts';
import { pixelWidth } from './pixel-width.ts';
import type { ScoredPost } from './scored-post.ts';

/** Widths at which search pages cut, in pixels. */
const TITLE_PX = { least: 200, most: 580 } as const;
const DESCRIPTION_PX = { least: 400, most: 920 } as const;

export function scoreHead({ title, description, slug, lang, canonical, structuredDataValid }: ScoredPost): Deduction[] {
  const found: Deduction[] = [];
  const titlePx = pixelWidth(title, 20);
  if (title.trim() === '') found.push(deduct('title', 20, 'There is no title', 'Give the post a title.'));
  else if (titlePx > TITLE_PX.most)
    found.push(
      deduct('title', 8, `The title is ${titlePx} px wide; search pages cut at ${TITLE_PX.most}`, 'Shorten it.', {
        excerpt: title,
      }),
    );
  else if (titlePx < TITLE_PX.least)
    found.push(
      deduct('title', 4, `The title is ${titlePx} px wide and says little`, 'Say what the post is about.', {
        excerpt: title,
      }),
    );
  const descriptionPx = pixelWidth(description, 14);
  if (description.trim() === '')
    found.push(
      deduct('description', 10, 'There is no description', 'Say in one or two sentences what the reader gets.'),
    );
  else if (descriptionPx > DESCRIPTION_PX.most)
    found.push(
      deduct(
        'description',
        5,
        `The description is ${descriptionPx} px wide; search pages cut at ${DESCRIPTION_PX.most}`,
        'Shorten it.',
      ),
    );
  else if (descriptionPx < DESCRIPTION_PX.least)
    found.push(
      deduct(
        'description',
        3,
        `The description is ${descriptionPx} px wide; there is room for more`,
        'Say more of what the reader gets.',
      ),
    );
  if (slug !== undefined && (slug.length > 80 || /[A-Z_\s]/.test(slug)))
    found.push(
      deduct(
        'slug',
        3,
        `The slug "${slug.slice(0, 60)}" is long or not in lower case with hyphens`,
        'Shorten it to a few words.',
      ),
    );
  if (lang === undefined || lang === '' || lang === 'und')
    found.push(deduct('lang', 4, 'No language is set', 'Set lang.'));
  if (canonical === undefined || canonical === '')
    found.push(
      deduct(
        'canonical',
        3,
        'No canonical address is set',
        'Set canonical to the post’s own address or to its source.',
      ),
    );
  else if (!/^https?:\/\/[^/\s]/i.test(canonical))
    found.push(
      deduct(
        'canonical',
        3,
        `The canonical address "${canonical.slice(0, 80)}" is not a whole address`,
        'Begin it with https://.',
      ),
    );
  if (structuredDataValid === false)
    found.push(deduct('structured-data', 5, 'The JSON-LD is not valid', 'Fix or remove it.'));
  return found;
}
